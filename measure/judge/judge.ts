/**
 * Whether one server differs from another: the ratio of their figures, how well it is known, and what may be said of it.
 *
 * The figure of a server is the geometric mean of its rounds, so that two printed figures divide to the printed ratio.
 * Interval and test are one statistic, and cannot contradict each other: Student's t of the logarithms of the rounds'
 * ratios, with variances that are drawn together ({@linkcode moderate}). docs/method.md says how often it errs.
 */

import type { Absent } from "../model/result.ts";
import { benjaminiHochberg } from "../statistics/false_discovery.ts";
import { moderate } from "../statistics/moderate.ts";
import { type Interval, median } from "../statistics/statistics.ts";
import { studentP, studentQuantile } from "../statistics/student.ts";

export type { Interval } from "../statistics/statistics.ts";

/** These rules in a few words: a result says by which it was judged. */
export const RULES = "2: moderated paired t of logarithms, Benjamini-Hochberg";
/** A difference is clear where its adjusted p value is at most this. */
export const SIGNIFICANCE = 0.05;
/** A smaller difference, as a share, is never claimed: on another day it may be the other way round. */
export const NOISE = 0.02;
/** Figures are the same where they differ by less than this share, as far as one can tell. */
export const SAME = 0.05;
/** Fewer rounds are not judged. */
export const FEWEST = 5;

/** Figures of one kind vary alike from round to round: those of a tail more than rates. */
export type Kind = "tail" | "memory" | "other";

/** A ratio of two figures, not judged yet. */
export interface Estimate {
  /** The geometric mean of the figures divided by that of the baseline. */
  readonly ratio: number;
  /** Rounds that it comes from: of the one with fewer, where they differ. */
  readonly rounds: number;
  /** The variance from round to round of what the logarithm of the ratio is a mean of. */
  readonly variance: number;
  /** Degrees of freedom of the variance. */
  readonly df: number;
  /** The variance of the logarithm of the ratio itself, as a share of {@linkcode Estimate.variance}. */
  readonly share: number;
  /** What it is a ratio of. */
  readonly kind: Kind;
  /** Set where nothing shows how much of it is due to the time between: at most it is probable then. */
  readonly isApart?: boolean;
}

/** What may be said of a ratio. */
export type Certainty =
  /** The figures differ by less than {@linkcode SAME}, with 95 % confidence. */
  | "same"
  /** They differ, also among all that was judged together. */
  | "clear"
  /** They differ when looked at alone; among so many comparisons this may be chance. */
  | "probable"
  /** They may differ or not. */
  | "not told apart";

/** A ratio with what may be said of it. */
export interface Judgement {
  /** The geometric mean of the figures divided by that of the baseline. */
  readonly ratio: number;
  /** The 95 % interval of the ratio. */
  readonly interval: Interval;
  /** Two-sided p value of the moderated t test that there is no difference. */
  readonly p: number;
  /** The p value, adjusted by Benjamini and Hochberg's method for all that was judged together. */
  readonly adjustedP: number;
  /** How many ratios were judged together. */
  readonly comparisons: number;
  /** Rounds that it comes from: of the one with fewer, where they differ. */
  readonly rounds: number;
  /** Set where it was not measured side by side. */
  readonly isApart: boolean;
  /** What may be said of it. */
  readonly certainty: Certainty;
  /** Whether the figure is clearly higher or lower than the baseline's; none where that is not clear. */
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
 * The ratio to the baseline where both ran in the same rounds, so that what hits a round as a whole cancels out.
 *
 * @returns why there is none, for fewer than {@linkcode FEWEST} rounds and for figures that are not above 0
 */
export function pairedRatio(pairs: readonly Pair[], kind: Kind = "other"): Estimate | Absent {
  const obstacle = obstacleOf(pairs.flatMap(({ value, baseline }) => [value, baseline])) ??
    tooFew(pairs.length);
  if (obstacle !== undefined) return obstacle;
  const changes = pairs.map(({ value, baseline }) => Math.log(value / baseline));
  const rounds = pairs.length;
  const change = meanOf(changes);
  return known({
    ratio: Math.exp(change),
    rounds,
    variance: squaresAbout(change, changes) / (rounds - 1),
    df: rounds - 1,
    share: 1 / rounds,
    kind,
  });
}

/**
 * The ratio to the baseline where both ran at different times, as independent samples.
 *
 * @returns as {@linkcode pairedRatio}
 */
export function unpairedRatio(
  values: readonly number[],
  baselines: readonly number[],
  kind: Kind = "other",
): Estimate | Absent {
  const rounds = Math.min(values.length, baselines.length);
  const obstacle = obstacleOf([...values, ...baselines]) ?? tooFew(rounds);
  if (obstacle !== undefined) return obstacle;
  const [a, b] = [values.map(Math.log), baselines.map(Math.log)];
  const df = a.length + b.length - 2;
  return known({
    ratio: Math.exp(meanOf(a) - meanOf(b)),
    rounds,
    variance: (squaresAbout(meanOf(a), a) + squaresAbout(meanOf(b), b)) / df,
    df,
    share: 1 / a.length + 1 / b.length,
    kind,
    isApart: true,
  });
}

/** The change of a ratio from one run to another: what hits a run as a whole cancels out of each. */
export function changeOf(before: Estimate | Absent, after: Estimate | Absent): Estimate | Absent {
  if ("absent" in before) return before;
  if ("absent" in after) return after;
  const df = before.df + after.df;
  return known({
    ratio: after.ratio / before.ratio,
    rounds: Math.min(before.rounds, after.rounds),
    variance: (before.df * before.variance + after.df * after.variance) / df,
    df,
    share: before.share + after.share,
    kind: after.kind,
  });
}

function tooFew(rounds: number): Absent | undefined {
  if (rounds >= FEWEST) return undefined;
  return {
    absent: rounds === 0
      ? "there is no round with both figures"
      : `${rounds} round${
        rounds === 1 ? "" : "s"
      } cannot show a difference: it takes ${FEWEST} or more`,
  };
}

function obstacleOf(figures: readonly number[]): Absent | undefined {
  return figures.every((figure) => figure > 0)
    ? undefined
    : { absent: "a figure of zero or below has no ratio" };
}

/** Rounding leaves this much of the variance of figures that are all in one ratio. */
const ROUNDING = 1e-24;

function known(estimate: Estimate): Estimate | Absent {
  return estimate.variance > ROUNDING
    ? estimate
    : { absent: "each round has exactly the same ratio, so nothing is known about its spread" };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresAbout(centre: number, values: readonly number[]): number {
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/** The geometric mean of figures above 0, NaN for none; that of equal figures is the figure, to the last digit. */
export function geometricMean(values: readonly number[]): number {
  const [first = NaN] = values;
  return values.every((value) => value === first) ? first : Math.exp(meanOf(values.map(Math.log)));
}

/** The figure of several rounds: their geometric mean, or their median if one is not above 0; NaN for none. */
export function figureOfRounds(values: readonly number[]): number {
  return values.every((value) => value > 0) ? geometricMean(values) : median(values);
}

/**
 * The 95 % interval of the {@linkcode geometricMean} of figures above 0, by Student's t of their logarithms.
 *
 * @returns undefined for fewer than {@linkcode FEWEST}
 */
export function meanInterval(values: readonly number[]): Interval | undefined {
  if (values.length < FEWEST) return undefined;
  const logarithms = values.map(Math.log);
  const mean = meanOf(logarithms);
  const df = values.length - 1;
  const half = studentQuantile(0.975, df) *
    Math.sqrt(squaresAbout(mean, logarithms) / df / values.length);
  return { low: Math.exp(mean - half), high: Math.exp(mean + half) };
}

/**
 * Judges ratios that are shown together. Of those that are said to differ clearly one in twenty does not, on average.
 *
 * @param estimates all of the family, in any order; those that are absent are passed through
 * @returns in the same order
 */
export function judge(estimates: readonly (Estimate | Absent)[]): (Judgement | Absent)[] {
  const present = estimates.filter((one): one is Estimate => !("absent" in one));
  const quantilesOf = remembering((df) => ({
    wide: studentQuantile(0.975, df),
    narrow: studentQuantile(0.95, df),
  }));
  const tests = moderate(present).map(({ variance, df }, index) => {
    const { ratio, share } = present[index]!;
    const error = Math.sqrt(variance * share);
    const change = Math.log(ratio);
    const within = (quantile: number): Interval => {
      const half = quantile * error;
      return { low: Math.exp(change - half), high: Math.exp(change + half) };
    };
    const { wide, narrow } = quantilesOf(df);
    return { p: studentP(change / error, df), interval: within(wide), narrower: within(narrow) };
  });
  const adjusted = benjaminiHochberg(tests.map(({ p }) => p));
  const judgements = present.map((estimate, index) => ({
    ...judgementOf(estimate, tests[index]!, adjusted[index]!),
    comparisons: present.length,
  })).values();
  return estimates.map((one) => "absent" in one ? one : judgements.next().value!);
}

/** Most comparisons of a run have the same degrees of freedom. */
function remembering<T>(make: (df: number) => T): (df: number) => T {
  const known = new Map<number, T>();
  return (df) => {
    const value = known.get(df) ?? make(df);
    known.set(df, value);
    return value;
  };
}

interface Test {
  readonly p: number;
  readonly interval: Interval;
  /** The 90 % interval: where it is within bounds, either side is left with a probability of 5 %. */
  readonly narrower: Interval;
}

function judgementOf(
  { ratio, rounds, isApart = false }: Estimate,
  { p, interval, narrower }: Test,
  adjustedP: number,
): Omit<Judgement, "comparisons"> {
  const isSame = narrower.low > 1 / (1 + SAME) && narrower.high < 1 + SAME && !isApart;
  const isDifferent = (interval.low > 1 || interval.high < 1) && Math.abs(ratio - 1) > NOISE;
  const isClear = isDifferent && adjustedP <= SIGNIFICANCE && !isApart;
  const certainty = isSame
    ? "same"
    : isClear
    ? "clear"
    : isDifferent
    ? "probable"
    : "not told apart";
  const difference = certainty !== "clear" ? "none" : ratio > 1 ? "higher" : "lower";
  return { ratio, interval, p, adjustedP, rounds, isApart, certainty, difference };
}

/**
 * The smallest difference in figures that are neither of a tail nor of memory which would mostly have been shown, as a
 * share: with a probability of 80 % if its variance is the median one, so in about two cases of three.
 *
 * @param estimates all that is judged together
 * @returns undefined if there is no such figure
 */
export function smallestShown(estimates: readonly (Estimate | Absent)[]): number | undefined {
  const present = estimates.filter((one): one is Estimate => !("absent" in one));
  const errors = moderate(present).flatMap(({ variance, df }, index) => {
    const { share, kind } = present[index]!;
    return kind === "other" ? [{ df, error: Math.sqrt(variance * share) }] : [];
  }).sort((a, b) => a.error - b.error);
  const middle = errors[errors.length >> 1];
  if (middle === undefined) return undefined;
  const { df, error } = middle;
  return Math.exp((studentQuantile(0.9875, df) + studentQuantile(0.8, df)) * error) - 1;
}
