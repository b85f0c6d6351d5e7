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
/** What a limit costs that is off the throughput that was seen, for each square of a logarithm, in squares of errors. */
const OFF_LIMIT = 1;
/** Without load the response time is at least this share of the lowest that was seen: a curve from 0 has no knee. */
const LEAST_UNLOADED = 0.5;
/** A curve that leaves more of the squares than this share, compared with a level line, follows something else. */
const MOST_LEFT = 0.7;

/**
 * Fits R = R₀ + a ρᵏ / (1 − ρ), ρ being the rate divided by a limit, by least squares of the relative errors, and finds
 * where the slope of log R over log rate is 1.
 *
 * @param points below the rate that the server sustains, in any order; of one above it the response time is that of the
 * queue, which depends on how long one waits
 * @param capacity the highest throughput that was seen in overload: the limit is near it
 * @returns undefined for fewer than five points, if the knee is not among these rates, or if the response time does not
 * follow the rate: if it does not grow, or scatters too much
 */
export function kneeOf(points: readonly CurvePoint[], capacity?: number): Knee | undefined {
  if (points.length < FEWEST) return undefined;
  const most = points.reduce((highest, { rate }) => Math.max(highest, rate), 0);
  const lowest = points.reduce((least, { response }) => Math.min(least, response), Infinity);
  let best: Fit | undefined;
  for (const exponent of EXPONENTS) {
    const at = (index: number): Fit =>
      fitted(points, most * (1 + NEAREST * STEP ** index), exponent, lowest, capacity);
    const tried = Array.from({ length: LIMITS }, (_, index) => at(index));
    const nearest = tried.reduce((a, b, index) => b.cost < tried[a]!.cost ? index : a, 0);
    const fit = leastBetween(nearest - 1, nearest + 1, at);
    if (best === undefined || fit.cost < best.cost) best = fit;
  }
  const { unloaded, growth, limit, exponent, left } = best!;
  if (!(growth > 0) || left > MOST_LEFT) return undefined;
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
  const least = points.reduce((low, { rate }) => Math.min(low, rate), Infinity);
  return rate >= least && rate <= most ? { rate, unloaded, limit } : undefined;
}

/** The fit with the least error between two places, by thirds. */
function leastBetween(low: number, high: number, at: (place: number) => Fit): Fit {
  for (let step = 0; step < 30; step++) {
    const third = (high - low) / 3;
    if (at(low + third).cost < at(high - third).cost) high -= third;
    else low += third;
  }
  return at((low + high) / 2);
}

interface Fit {
  readonly unloaded: number;
  readonly growth: number;
  readonly limit: number;
  readonly exponent: number;
  /** Sum of the squares of the relative errors, and what the limit costs. */
  readonly cost: number;
  /** That sum as a share of what a level line leaves. */
  readonly left: number;
}

/** Both coefficients enter in proportion, so that they are found at once. */
function fitted(
  points: readonly CurvePoint[],
  limit: number,
  exponent: number,
  lowest: number,
  capacity: number = limit,
): Fit {
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
  const least = LEAST_UNLOADED * lowest;
  if (!(unloaded >= least)) [unloaded, growth] = [least, (b - least * ab) / bb];
  if (!(growth >= 0)) [unloaded, growth] = [a / aa, 0];
  const error = terms.reduce(
    (sum, [one, queue]) => sum + (unloaded * one + growth * queue - 1) ** 2,
    0,
  );
  const level = points.length - a * a / aa;
  return {
    unloaded,
    growth,
    limit,
    exponent,
    cost: error + OFF_LIMIT * Math.log(limit / capacity) ** 2,
    left: level > 0 ? error / level : 1,
  };
}
