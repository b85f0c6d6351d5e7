/** What all messages of all rounds together say, which a single round can decide. */

import type { CompletedTrial, HistogramName, MetricDefinition } from "../model/result.ts";
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

type Entries = readonly (readonly [ns: number, count: number])[];

/** Several metrics are read off the same histogram of a trial: it is decoded once, and kept small. */
const decoded = new WeakMap<CompletedTrial, Map<HistogramName, Entries>>();

function entriesOf(trial: CompletedTrial, name: HistogramName): Entries {
  const known = decoded.get(trial) ?? new Map<HistogramName, Entries>();
  decoded.set(trial, known);
  const encoded = trial.histograms[name];
  const entries = known.get(name) ??
    (encoded === undefined ? [] : [...decodeHistogram(encoded).entries()]);
  known.set(name, entries);
  return entries;
}

/**
 * Reads a metric off the merged histogram of all rounds.
 *
 * @param trials the completed trials of one case on one server
 * @returns undefined where the metric is not read off a histogram, or nothing was recorded in it
 */
export function pooledOf(
  trials: readonly CompletedTrial[],
  { pooled }: MetricDefinition,
): Pooled | undefined {
  if (pooled === undefined) return undefined;
  const { histogram: name, statistic } = pooled;
  const rounds = trials.map((trial) => ({ round: trial.round, entries: entriesOf(trial, name) }))
    .filter(({ entries }) => entries.length > 0);
  const read = (some: readonly { entries: Entries }[]): number | undefined => {
    const sum = new Histogram();
    for (const { entries } of some) sum.add(entries);
    const figure = readStatistic(sum, statistic);
    return typeof figure === "number" ? figure : undefined;
  };
  const value = read(rounds);
  if (value === undefined) return undefined;
  const without = rounds.flatMap((one) => read(rounds.filter((other) => other !== one)) ?? []);
  const above = rounds.map(({ round, entries }) => ({
    round,
    count: entries.reduce((sum, [ns, count]) => ns / NS_PER_MS > value ? sum + count : sum, 0),
  })).sort((a, b) => b.count - a.count);
  const total = above.reduce((sum, { count }) => sum + count, 0);
  return {
    value,
    range: rounds.length < 2 ? undefined : { low: smallest(without), high: largest(without) },
    heaviest: total === 0 ? undefined : { round: above[0]!.round, share: above[0]!.count / total },
  };
}

const NS_PER_MS = 1e6;
