/** The logarithm of the gamma function, and the derivatives of that. */

/** From here on the asymptotic series of this file are exact to the last digits; below, recurrence leads up to it. */
const FAR = 16;

/**
 * The natural logarithm of the gamma function, to some 14 significant digits: Stirling's series (Abramowitz and Stegun
 * 6.1.41), after the recurrence.
 *
 * @param x above 0
 * @throws {RangeError} for anything else
 */
export function logGamma(x: number): number {
  check(x);
  let product = 1;
  for (; x < FAR; x++) product *= x;
  const s = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 - Math.log(product) +
    (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / x;
}

/**
 * The digamma function ψ, the derivative of {@linkcode logGamma}, to some 14 significant digits (Abramowitz and Stegun
 * 6.3.18).
 *
 * @param x above 0
 * @throws {RangeError} for anything else
 */
export function digamma(x: number): number {
  check(x);
  let below = 0;
  for (; x < FAR; x++) below += 1 / x;
  const s = 1 / (x * x);
  return Math.log(x) - 0.5 / x - below -
    s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s / 132))));
}

/**
 * The trigamma function ψ′, the derivative of {@linkcode digamma}, to some 14 significant digits (Abramowitz and Stegun
 * 6.4.12).
 *
 * @param x above 0
 * @throws {RangeError} for anything else
 */
export function trigamma(x: number): number {
  check(x);
  let below = 0;
  for (; x < FAR; x++) below += 1 / (x * x);
  const s = 1 / (x * x);
  return below +
    (1 + 0.5 / x + s * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * 5 / 66))))) / x;
}

/**
 * Where {@linkcode trigamma} has a value: it falls from ∞ to 0, and so there is one place.
 *
 * @param value above 0
 * @throws {RangeError} for anything else
 */
export function trigammaInverse(value: number): number {
  check(value);
  // ψ′(y) is between 1/y and 1/y + 1/y².
  return falls(trigamma, value, 1 / value, 1 / value + Math.sqrt(1 / value) + 1);
}

/**
 * Where a function that falls has a value, by bisection to the last digit.
 *
 * @param low where it is not below the value
 * @param high where it is not above it
 */
export function falls(
  f: (x: number) => number,
  value: number,
  low: number,
  high: number,
): number {
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) > value) low = middle;
    else high = middle;
  }
}

function check(x: number): void {
  if (!(x > 0 && x < Infinity)) {
    throw new RangeError(`Cannot find a gamma function as 'x' must be above 0: received ${x}`);
  }
}
