/** Student's t distribution. */

import { falls, logGamma } from "./gamma.ts";

/** Levels of the continued fraction, far more than any degrees of freedom take. */
const LEVELS = 10_000;

/**
 * How likely a variable of Student's distribution is at least as far from 0 as `t`: the two-sided p value, to some 12
 * significant digits, however small.
 *
 * @param t any number, ∞ too
 * @param df degrees of freedom, above 0, not only whole ones
 * @throws {RangeError} for NaN, and for degrees of freedom that are not above 0
 */
export function studentP(t: number, df: number): number {
  if (!(df > 0 && df < Infinity)) {
    throw new RangeError(
      `Cannot find a p value as the degrees of freedom must be above 0: received ${df}`,
    );
  }
  if (Number.isNaN(t)) throw new RangeError("Cannot find a p value as 't' is NaN");
  if (t * t === Infinity) return 0;
  const share = df / (df + t * t);
  const rest = t * t / (df + t * t);
  return incompleteBeta(share, rest, df / 2, 0.5);
}

/**
 * What a variable of Student's distribution does not exceed with probability `p`.
 *
 * @param p above 0, below 1
 * @param df degrees of freedom, above 0
 * @throws {RangeError} for anything else
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) {
    throw new RangeError(`Cannot find a quantile as 'p' must be between 0 and 1: received ${p}`);
  }
  if (p < 0.5) return -studentQuantile(1 - p, df);
  const outside = 2 * (1 - p);
  let high = 1;
  while (studentP(high, df) > outside) high *= 2;
  return falls((t) => studentP(t, df), outside, 0, high);
}

/**
 * The regularized incomplete beta function I_x(a, b), by the continued fraction of DLMF 8.17.22, evaluated by Lentz's
 * method.
 *
 * @param y 1 − x, given as well because it may be too close to 0 to be told from x
 */
function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x === 0) return 0;
  if (y === 0) return 1;
  // Where it converges slowly, the other side converges fast.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(y),
  );
  let [c, d] = [1, 1 / (1 - (a + b) * x / (a + 1))];
  let fraction = d;
  for (let m = 1; m < LEVELS; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    [c, d] = [1 + even / c, 1 / (1 + even * d)];
    fraction *= c * d;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    [c, d] = [1 + odd / c, 1 / (1 + odd * d)];
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * fraction / a;
}
