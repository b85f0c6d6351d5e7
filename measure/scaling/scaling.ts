/** How a server scales: the law of {@link ./usl.ts} fitted to its rounds, and how well it is known. */

import { seededRandom } from "../record/random.ts";
import { type Interval, largest, median, quantile } from "../statistics/statistics.ts";
import { fitUsl, peakOf, type Throughput, throughputOf, type Usl } from "./usl.ts";

/** Rates that were measured of so many, one in each round. */
export interface Rates {
  /** How many asked or worked, N. */
  readonly n: number;
  /** At least one. */
  readonly rates: readonly number[];
}

/** The law of a server. */
export interface Scaling {
  /** Fitted to the median rate of each N. */
  readonly model: Usl;
  /** By how much the law misses the medians, as a share of them: the root of the mean square. */
  readonly missedBy: number;
  /** N of the highest throughput; undefined unless that is told apart from growing as far as was measured. */
  readonly peak?: number;
  /** 95 % of all bootstraps; undefined for fewer than {@linkcode FEWEST_ROUNDS} rounds. */
  readonly intervals?: { readonly [name in "alpha" | "beta" | "peak"]: Interval };
}

/** Why the law is not shown, as a phrase. */
export interface Unfitted {
  readonly why: string;
}

/** Three coefficients are always found; what is left over of the numbers shows whether they say anything. */
const FEWEST_NUMBERS = 5;
/** With fewer, drawing from them again repeats the same few values. */
export const FEWEST_ROUNDS = 5;
/** A law that misses more has another shape than the rates. */
const MOST_MISSED = 0.1;
const BOOTSTRAPS = 400;
const PERCENT = 100;

/**
 * Fits the law to the medians of the rounds. The intervals are those of a bootstrap: as many rounds are drawn from the
 * rounds of each N, with replacement, and the law is fitted to their medians (Efron and Tibshirani, "An Introduction to the
 * Bootstrap", 1993, percentile interval). They tell how much the rounds differ, not whether the law is the right one: that
 * is for `missedBy`, and a law that misses the rates by more than a tenth is not given.
 *
 * @param all in any order
 */
export function scalingOf(all: readonly Rates[], seed: number = 1): Scaling | Unfitted {
  const measured = all.filter(({ rates }) => rates.length > 0);
  if (measured.length < FEWEST_NUMBERS) {
    return {
      why: `needs ${FEWEST_NUMBERS} numbers of connections at least, has ${measured.length}`,
    };
  }
  const medians = measured.map(({ n, rates }) => ({ n, rate: median(rates) }));
  const model = fitUsl(medians);
  if (model === undefined) return { why: "nothing was answered" };
  const missedBy = missed(medians, model);
  if (missedBy > MOST_MISSED) {
    return { why: `the law misses the rates by ${Math.round(missedBy * PERCENT)} %` };
  }
  const most = largest(medians.map(({ n }) => n));
  const peak = peakOf(model);
  if (measured.some(({ rates }) => rates.length < FEWEST_ROUNDS)) {
    return { model, missedBy, ...(peak <= most ? { peak } : {}) };
  }
  const random = seededRandom(seed);
  const drawn = Array.from({ length: BOOTSTRAPS }, () =>
    fitUsl(measured.map(({ n, rates }) => ({
      n,
      rate: median(rates.map(() => rates[Math.floor(random() * rates.length)]!)),
    })))).filter((one) => one !== undefined);
  const intervals = {
    alpha: intervalOf(drawn.map(({ alpha }) => alpha)),
    beta: intervalOf(drawn.map(({ beta }) => beta)),
    peak: intervalOf(drawn.map(peakOf)),
  };
  return { model, missedBy, intervals, ...(intervals.peak.high <= most ? { peak } : {}) };
}

function missed(points: readonly Throughput[], model: Usl): number {
  const sum = points.reduce(
    (total, { n, rate }) => total + (rate / throughputOf(model, n) - 1) ** 2,
    0,
  );
  return Math.sqrt(sum / points.length);
}

function intervalOf(values: readonly number[]): Interval {
  return { low: quantile(values, 0.025), high: quantile(values, 0.975) };
}
