/** How far a figure may be off: confidence intervals by resampling. */

import { normalCdf, normalQuantile } from "./normal.ts";
import { seededRandom } from "../record/random.ts";
import { quantileOfSorted } from "./statistics.ts";

/** The ends of an interval, in the unit of the figure. */
export interface Interval {
  /** The lower end: at most {@linkcode Interval.high}. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}

/** Computes a figure of one or several samples, which it must neither change nor keep. */
export type SampleStatistic = (samples: readonly ArrayLike<number>[]) => number;

/** How an interval is made. */
export interface BootstrapOptions {
  /** The share of experiments whose interval should contain the true figure: above 0, below 1 (0.95). */
  readonly confidence?: number;
  /** How many times the samples are drawn again (4,999). */
  readonly resamples?: number;
  /** The same seed gives the same interval. */
  readonly seed?: number;
}

/**
 * The bias-corrected and accelerated bootstrap interval (BCa) of a statistic of one or several
 * independent samples: Efron, "Better Bootstrap Confidence Intervals", Journal of the American
 * Statistical Association 82(397), 1987; as in `scipy.stats.bootstrap(method="BCa")`.
 *
 * What 95 % is worth with few values, simulated with normal ones: the interval of a median contains
 * the true one in 93 % of experiments with 5 values, 87 % with 7, 93 % with 10 and 94 % with 30; that
 * of a mean in 83, 88, 90 and 93 %; that of the ratio of the medians of two samples of that size in 95
 * to 96 %. The 87 % are not a mistake: of 7 values the ends are nearly always the second least and the
 * second largest, and the median is between them with a probability of 1 − 2 · 8 / 2⁷ = 87.5 %.
 *
 * It is widened to the estimate if it would leave it out. Degenerate input:
 * - if the values of each sample are all equal, both ends are the estimate; the same for one value a
 *   sample, which says nothing about its spread;
 * - if the statistic is the same whichever value is left out, the acceleration is 0;
 * - if all resamples are on one side of the estimate, the bias is not known, and the interval is that
 *   between the percentiles of the resamples, widened to the estimate;
 * - if the statistic is NaN for the samples or a resample, so are both ends.
 *
 * @param samples at least one, of at least one value each
 * @throws {RangeError} for no sample, an empty sample or an option out of its range
 */
export function bootstrapInterval(
  samples: readonly (readonly number[])[],
  statistic: SampleStatistic,
  { confidence = 0.95, resamples = 4999, seed = 1 }: BootstrapOptions = {},
): Interval {
  if (samples.length === 0 || samples.some(({ length }) => length === 0)) {
    const sizes = samples.map(({ length }) => length).join(", ") || "none";
    throw new RangeError(`Cannot resample as every sample must hold a value: received ${sizes}`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `Cannot make an interval as 'confidence' must be between 0 and 1: received ${confidence}`,
    );
  }
  if (!(Number.isSafeInteger(resamples) && resamples > 0)) {
    throw new RangeError(
      `Cannot resample as 'resamples' must be a positive integer: received ${resamples}`,
    );
  }
  const estimate = statistic(samples);
  if (samples.every((sample) => sample.every((value) => value === sample[0]))) {
    return { low: estimate, high: estimate };
  }
  const distribution = resampledStatistics(samples, statistic, resamples, seededRandom(seed))
    .sort();
  const ends = endShares(
    biasCorrection(distribution, estimate),
    acceleration(samples, statistic),
    -normalQuantile((1 - confidence) / 2),
  );
  const [low, high] = ends.map((share) => quantileOfSorted(distribution, share));
  return { low: Math.min(estimate, low!), high: Math.max(estimate, high!) };
}

/** The statistic of `count` times as many values drawn from each sample, with replacement. */
function resampledStatistics(
  samples: readonly (readonly number[])[],
  statistic: SampleStatistic,
  count: number,
  random: () => number,
): Float64Array {
  const drawn = samples.map(({ length }) => new Float64Array(length));
  const statistics = new Float64Array(count);
  for (let round = 0; round < count; round++) {
    for (let at = 0; at < samples.length; at++) {
      const [from, to] = [samples[at]!, drawn[at]!];
      const size = from.length;
      for (let index = 0; index < size; index++) {
        to[index] = from[Math.floor(random() * size)]!;
      }
    }
    statistics[round] = statistic(drawn);
  }
  return statistics;
}

/**
 * How far the estimate is from the median of its resamples, as a standard normal deviate (z₀):
 * those equal to it count half on either side.
 *
 * @returns ±∞ if all of them are on one side
 */
export function biasCorrection(distribution: ArrayLike<number>, estimate: number): number {
  let halves = 0;
  for (let index = 0; index < distribution.length; index++) {
    const value = distribution[index]!;
    halves += value < estimate ? 2 : value === estimate ? 1 : 0;
  }
  return normalQuantile(halves / (2 * distribution.length));
}

/**
 * How fast the standard error of the statistic changes with its value (a), by leaving out one value
 * after the other: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 14.3; for
 * several samples as scipy does it. A sample of one value does not count.
 *
 * @returns 0 if it makes no difference which value is left out, or if the differences are NaN
 */
export function acceleration(
  samples: readonly (readonly number[])[],
  statistic: SampleStatistic,
): number {
  let [squares, cubes] = [0, 0];
  for (const [at, sample] of samples.entries()) {
    const count = sample.length;
    if (count === 1) continue;
    const estimates = sample.map((_, left) =>
      statistic(samples.with(at, sample.toSpliced(left, 1)))
    );
    // If all are equal, the differences from the first are exactly 0; those from their mean might not be.
    const differences = estimates.map((estimate) => estimate - estimates[0]!);
    const mean = differences.reduce((sum, difference) => sum + difference) / count;
    for (const difference of differences) {
      const influence = (count - 1) * (mean - difference) / count;
      squares += influence ** 2;
      cubes += influence ** 3;
    }
  }
  const skew = cubes / (6 * squares ** 1.5);
  return Number.isFinite(skew) ? skew : 0;
}

/** The shares of the resamples below the two ends of an interval of ± `half` standard deviates. */
function endShares(bias: number, skew: number, half: number): [low: number, high: number] {
  if (!Number.isFinite(bias)) return [normalCdf(-half), normalCdf(half)];
  const share = (deviate: number): number => {
    const shifted = bias + deviate;
    // At 0 and below the formula is beyond its pole, where its limit is the end of the distribution.
    return normalCdf(bias + shifted / Math.max(0, 1 - skew * shifted));
  };
  return [share(-half), share(half)];
}
