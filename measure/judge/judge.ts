/**
 * Whether one server differs from another: the ratio of their figures, how well it is known, and what may be claimed.
 */

import { bootstrapInterval, type Interval } from "./bootstrap.ts";
import { FEWEST, medianInterval } from "./median_interval.ts";
import type { Absent } from "../model/result.ts";
import { mannWhitney, smallestP } from "./significance.ts";
import { holm, largest, median } from "./statistics.ts";

/** A difference is claimed if its adjusted p value is at most this. */
export const SIGNIFICANCE = 0.05;
/** A smaller difference, as a share, is never claimed: on another day it may be the other way round. */
export const NOISE = 0.02;

/** A ratio of two figures. */
export interface Estimate {
  /** The figure divided by that of the baseline. */
  readonly ratio: number;
  /** The 95 % interval of the ratio. */
  readonly interval: Interval;
  /** Two-sided p value of the exact Mann-Whitney test that there is no difference. */
  readonly p: number;
  /** Rounds that it comes from; the smaller number if they differ. */
  readonly rounds: number;
}

/** What may be claimed about a ratio. */
export interface Judgement extends Estimate {
  /** The p value, adjusted by Holm's method for all that was judged together. */
  readonly adjustedP: number;
  /** Whether the figure is higher or lower than the baseline's; `none` if no difference is shown. */
  readonly difference: "higher" | "lower" | "none";
}

/** A figure and that of the baseline in the same round. */
export interface Pair {
  /** The figure. */
  readonly value: number;
  /** The baseline's. */
  readonly baseline: number;
}

/**
 * The ratio to the baseline if both ran in the same rounds: the median of the rounds' ratios, so that what affects a
 * round as a whole cancels out, with Hettmansperger and Sheather's interval.
 *
 * @returns why there is no ratio, for fewer than 5 rounds and for figures that are not above 0
 */
export function pairedRatio(pairs: readonly Pair[]): Estimate | Absent {
  const [values, baselines] = [pairs.map(({ value }) => value), pairs.map((one) => one.baseline)];
  const obstacle = obstacleOf(values, baselines);
  if (obstacle !== undefined) return obstacle;
  const ratios = pairs.map(({ value, baseline }) => value / baseline);
  return {
    ratio: median(ratios),
    interval: medianInterval(ratios)!,
    p: mannWhitney(values, baselines).p,
    rounds: pairs.length,
  };
}

/**
 * The ratio to the baseline if both ran at different times: that of the medians, with the BCa bootstrap interval of two
 * independent samples.
 *
 * @returns why there is no ratio, for fewer than 5 rounds and for figures that are not above 0
 */
export function unpairedRatio(
  values: readonly number[],
  baselines: readonly number[],
): Estimate | Absent {
  const obstacle = obstacleOf(values, baselines);
  if (obstacle !== undefined) return obstacle;
  return {
    ratio: median(values) / median(baselines),
    interval: bootstrapInterval([values, baselines], ([a, b]) => median(a!) / median(b!)),
    p: mannWhitney(values, baselines).p,
    rounds: Math.min(values.length, baselines.length),
  };
}

function obstacleOf(values: readonly number[], baselines: readonly number[]): Absent | undefined {
  const rounds = Math.min(values.length, baselines.length);
  if (rounds < FEWEST) {
    return {
      absent: rounds === 0
        ? "there is no round with both figures"
        : `${rounds} round${
          rounds === 1 ? "" : "s"
        } cannot show a difference: it takes ${FEWEST} or more`,
    };
  }
  if ([...values, ...baselines].every((figure) => figure > 0)) return undefined;
  return { absent: "a figure of zero or below has no ratio" };
}

/**
 * Judges ratios that are shown together: a difference is claimed if the p value, adjusted for all of them, is at most
 * {@linkcode SIGNIFICANCE}, the interval does not contain 1, and the ratio differs from 1 by more than
 * {@linkcode NOISE}. Of the tables in which nothing differs, at most one in twenty claims anything.
 *
 * @param estimates the whole family, in any order; absent ones are passed through
 * @returns in the same order; all absent if so few rounds could not show any difference among so many
 */
export function judge(estimates: readonly (Estimate | Absent)[]): (Judgement | Absent)[] {
  const present = estimates.flatMap((one) => "absent" in one ? [] : [one]);
  const rounds = largest(present.map((one) => one.rounds), 0);
  const isHopeless = rounds > 0 && smallestP(rounds, rounds) * present.length > SIGNIFICANCE;
  const adjusted = holm(present.map(({ p }) => p)).values();
  return estimates.map((one) => {
    if ("absent" in one) return one;
    if (isHopeless) {
      return {
        absent: `${rounds} rounds cannot show a difference among ${present.length} comparisons`,
      };
    }
    const adjustedP = adjusted.next().value!;
    const { ratio, interval: { low, high } } = one;
    const isClear = adjustedP <= SIGNIFICANCE && Math.abs(ratio - 1) > NOISE;
    const difference = isClear && low > 1 ? "higher" : isClear && high < 1 ? "lower" : "none";
    return { ...one, adjustedP, difference };
  });
}
