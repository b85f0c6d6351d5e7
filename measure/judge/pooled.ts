/** What all messages of all rounds together say, which a single round can decide. */

import type {
  CompletedTrial,
  HistogramName,
  MetricDefinition,
  Statistic,
} from "../model/result.ts";
import { decodeHistogram } from "../record/hdr.ts";
import { Histogram, readStatistic } from "../record/histogram.ts";
import type { Interval } from "./judge.ts";
import { largest, smallest } from "../statistics/statistics.ts";

/** A statistic of the merged histogram of all rounds. */
export interface Pooled {
  /** It, in the metric's unit. */
  readonly value: number;
  /** The least and the most that it is without one of the rounds; undefined for one round. */
  readonly range: Interval | undefined;
  /** The round that holds most of what is above it, and the share of that which it holds; undefined where nothing is. */
  readonly heaviest: { readonly round: number; readonly share: number } | undefined;
}

/** The merged histogram of all rounds, from which several metrics are read. */
export interface Pool {
  /** Reads a statistic off it; undefined if nothing was recorded. */
  read(statistic: Statistic): Pooled | undefined;
}

/**
 * Merges the histograms of this name of all rounds.
 *
 * @param trials the completed trials of one case on one server
 */
export function poolOf(trials: readonly CompletedTrial[], name: HistogramName): Pool {
  const rounds = trials.flatMap(({ round, histograms: { [name]: encoded } }) => {
    const histogram = encoded === undefined ? new Histogram() : decodeHistogram(encoded);
    return histogram.count === 0 ? [] : [{ round, histogram }];
  });
  const { all, without } = merged(rounds.map(({ histogram }) => histogram));
  const statisticOf = (histogram: Histogram, statistic: Statistic): number[] => {
    const figure = readStatistic(histogram, statistic);
    return typeof figure === "number" ? [figure] : [];
  };
  return {
    read(statistic) {
      const [value] = statisticOf(all, statistic);
      if (value === undefined) return undefined;
      const others = without.flatMap((histogram) => statisticOf(histogram, statistic));
      const above = rounds.map(({ round, histogram }) => ({
        round,
        count: countAbove(histogram, value),
      })).sort((a, b) => b.count - a.count);
      const total = above.reduce((sum, { count }) => sum + count, 0);
      return {
        value,
        range: rounds.length < 2 ? undefined : { low: smallest(others), high: largest(others) },
        heaviest: total === 0
          ? undefined
          : { round: above[0]!.round, share: above[0]!.count / total },
      };
    },
  };
}

/** Reads a metric as {@linkcode poolOf} does; undefined also where it is not read off a histogram. */
export function pooledOf(
  trials: readonly CompletedTrial[],
  { pooled }: MetricDefinition,
): Pooled | undefined {
  return pooled && poolOf(trials, pooled.histogram).read(pooled.statistic);
}

/** The sum of all, and the sums without each of them: what is before it and what is behind it, each added up once. */
function merged(
  histograms: readonly Histogram[],
): { readonly all: Histogram; readonly without: readonly Histogram[] } {
  const all = new Histogram();
  const without = histograms.map((histogram) => {
    const before = new Histogram();
    before.merge(all);
    all.merge(histogram);
    return before;
  });
  const behind = new Histogram();
  for (let place = histograms.length - 1; place >= 0; place--) {
    without[place]!.merge(behind);
    behind.merge(histograms[place]!);
  }
  return { all, without };
}

/** How many values are larger than one in milliseconds. */
function countAbove(histogram: Histogram, ms: number): number {
  let above = 0;
  for (const [ns, count] of histogram.entries()) if (ns / NS_PER_MS > ms) above += count;
  return above;
}

const NS_PER_MS = 1e6;
