/**
 * The knee of a curve of response times over arrival rates: the rate beyond which the response time grows faster than the
 * rate, in proportion. There the rate divided by the response time, Kleinrock's "power" ("Power and Deterministic Rules of
 * Thumb for Probabilistic Problems in Computer Communications", ICC 1979), is highest: more load costs more than it brings.
 */

/** A point of the curve. */
export interface CurvePoint {
  /** Arrivals per second. */
  readonly rate: number;
  /** Their response time, in any unit; above 0. */
  readonly response: number;
}

/** The knee, and the curve that was fitted to find it. */
export interface Knee {
  /** Its arrival rate per second. */
  readonly rate: number;
  /** Response time by the curve without load, in the unit of the points. */
  readonly unloaded: number;
  /** The arrival rate per second at which the curve has no end. */
  readonly limit: number;
}

/** Fewer points say nothing of the form of a curve. */
const FEWEST = 5;
/**
 * Exponents of the load: 1 for one server and any service times (Pollaczek and Khinchine), √(2(c + 1)) for c servers that
 * share a queue (Sakasegawa, "An Approximation Formula Lq ≃ αρ^β/(1 − ρ)", Annals of the Institute of Statistical
 * Mathematics 29, 1977); 24 is that of 287 servers.
 */
const EXPONENTS = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24];
/** How far above the highest rate the limits begin that are tried, as a share of it, and how that grows to 3 times. */
const NEAREST = 1e-3;
const STEP = 1.3;
const LIMITS = 30;

/**
 * Fits R = R₀ + a ρᵏ / (1 − ρ), ρ being the rate divided by a limit, by least squares of the relative errors, and finds
 * where the slope of log R over log rate is 1.
 *
 * @param points below the rate that the server sustains, in any order; of one above it the response time is that of the
 * queue, which depends on how long one waits
 * @returns undefined for fewer than five points, or if the response time does not grow: the knee is not among these rates
 */
export function kneeOf(points: readonly CurvePoint[]): Knee | undefined {
  if (points.length < FEWEST) return undefined;
  const most = points.reduce((highest, { rate }) => Math.max(highest, rate), 0);
  let best: Fit | undefined;
  for (const exponent of EXPONENTS) {
    const at = (index: number): Fit =>
      fitted(points, most * (1 + NEAREST * STEP ** index), exponent);
    const tried = Array.from({ length: LIMITS }, (_, index) => at(index));
    const nearest = tried.reduce((a, b, index) => b.error < tried[a]!.error ? index : a, 0);
    const fit = leastBetween(nearest - 1, nearest + 1, at);
    if (best === undefined || fit.error < best.error) best = fit;
  }
  const { unloaded, growth, limit, exponent } = best!;
  if (!(growth > 0)) return undefined;
  // ρR′ − R grows with the load, from below 0 to no end.
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const load = (low + high) / 2;
    const queue = growth * load ** exponent / (1 - load);
    const slope = queue * (exponent + load / (1 - load));
    if (slope < unloaded + queue) low = load;
    else high = load;
  }
  const rate = low * limit;
  return rate <= most ? { rate, unloaded, limit } : undefined;
}

/** The fit with the least error between two places, by thirds. */
function leastBetween(low: number, high: number, at: (place: number) => Fit): Fit {
  for (let step = 0; step < 30; step++) {
    const third = (high - low) / 3;
    if (at(low + third).error < at(high - third).error) high -= third;
    else low += third;
  }
  return at((low + high) / 2);
}

interface Fit {
  readonly unloaded: number;
  readonly growth: number;
  readonly limit: number;
  readonly exponent: number;
  /** Sum of the squares of the relative errors. */
  readonly error: number;
}

/** Both coefficients enter in proportion, so that they are found at once; none may be below 0. */
function fitted(points: readonly CurvePoint[], limit: number, exponent: number): Fit {
  let [aa, ab, bb, a, b] = [0, 0, 0, 0, 0];
  const terms = points.map(({ rate, response }) => {
    const load = rate / limit;
    return [1 / response, load ** exponent / (1 - load) / response] as const;
  });
  for (const [one, queue] of terms) {
    aa += one * one;
    ab += one * queue;
    bb += queue * queue;
    a += one;
    b += queue;
  }
  const determinant = aa * bb - ab * ab;
  let unloaded = (a * bb - b * ab) / determinant;
  let growth = (b * aa - a * ab) / determinant;
  if (!(unloaded >= 0)) [unloaded, growth] = [0, b / bb];
  if (!(growth >= 0)) [unloaded, growth] = [a / aa, 0];
  const error = terms.reduce(
    (sum, [one, queue]) => sum + (unloaded * one + growth * queue - 1) ** 2,
    0,
  );
  return { unloaded, growth, limit, exponent, error };
}
