/** The standard normal distribution. */

/** From here on the tail is computed directly: as ½ minus the rest it would lose its digits. */
const TAIL = 2;
/** Levels of the continued fraction: from {@linkcode TAIL} on more of them change no digit. */
const LEVELS = 100;

/**
 * The probability that a standard normal variable is at most `z`, to some 13 significant digits in
 * both tails. Near zero by the series of Marsaglia, "Evaluating the Normal Distribution", Journal of
 * Statistical Software 11(4), 2004; further out by Laplace's continued fraction (Abramowitz and
 * Stegun 26.2.14).
 *
 * @returns 0 to 1; NaN for NaN
 */
export function normalCdf(z: number): number {
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  const distance = Math.abs(z);
  if (distance < TAIL) {
    let [term, sum] = [z, 0];
    for (let odd = 3; sum + term !== sum; odd += 2) {
      sum += term;
      term *= z * z / odd;
    }
    return 0.5 + density * sum;
  }
  let fraction = distance;
  for (let level = LEVELS; level > 0; level--) fraction = distance + level / fraction;
  const tail = density / fraction;
  return z < 0 ? tail : 1 - tail;
}

/** A quotient of two polynomials, coefficients from the constant term upwards. */
type Rational = readonly [numerator: readonly number[], denominator: readonly number[]];

// deno-fmt-ignore
const CENTRE: Rational = [
  [3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
   4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3],
  [1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
   2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3],
];
// deno-fmt-ignore
const FLANK: Rational = [
  [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
   1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4],
  [1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
   1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9],
];
// deno-fmt-ignore
const FAR_TAIL: Rational = [
  [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
   2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
  [1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
   7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15],
];

function evaluate([numerator, denominator]: Rational, x: number): number {
  const horner = (sum: number, coefficient: number) => sum * x + coefficient;
  return numerator.reduceRight(horner) / denominator.reduceRight(horner);
}

/**
 * The value that a standard normal variable does not exceed with probability `p`, to some 15
 * significant digits: the inverse of {@linkcode normalCdf}, by PPND16 of Wichura, "Algorithm AS 241:
 * The Percentage Points of the Normal Distribution", Applied Statistics 37(3), 1988.
 *
 * @param p 0 to 1
 * @returns −∞ for 0, ∞ for 1
 * @throws {RangeError} for a probability outside 0…1 or NaN
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`Cannot find a normal quantile as 'p' must be from 0 to 1: received ${p}`);
  }
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * evaluate(CENTRE, 0.180625 - q * q);
  const tail = Math.min(p, 1 - p);
  if (tail === 0) return q * Infinity;
  const r = Math.sqrt(-Math.log(tail));
  return Math.sign(q) * (r <= 5 ? evaluate(FLANK, r - 1.6) : evaluate(FAR_TAIL, r - 5));
}
