/**
 * Puts the rounds of a case together: the figure that a table shows for a server, and which server is best.
 *
 * @module
 */

import { decodeHistogram } from "./hdr.ts";
import { Histogram, readStatistic } from "./histogram.ts";
import {
  type CompletedTrial,
  type Figure,
  type HistogramName,
  isMeasured,
  type MetricDefinition,
  type Trial,
} from "./result.ts";
import { median } from "./statistics.ts";

/** A metric over the rounds of one case on one server. */
export interface Aggregate {
  /** The figure for all rounds, in the metric's unit. */
  readonly value: Figure;
  /** The least of the rounds' own figures. */
  readonly min: Figure;
  /** The greatest of the rounds' own figures. */
  readonly max: Figure;
  /** Rounds that completed. */
  readonly rounds: number;
  /** Rounds that failed. */
  readonly failed: number;
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

/** Adds up a histogram of each trial. */
function merged(trials: readonly CompletedTrial[], name: HistogramName): Histogram {
  const sum = new Histogram();
  for (const trial of trials) sum.add(entriesOf(trial, name));
  return sum;
}

/**
 * Puts the rounds of a metric together: a pooled metric is read off the merged histogram, any other is the median of
 * the rounds' figures.
 *
 * @param trials the trials of one case on one server
 */
export function aggregate(trials: readonly Trial[], metric: MetricDefinition): Aggregate {
  const completed = trials.filter((trial): trial is CompletedTrial => trial.state === "completed");
  const failed = trials.length - completed.length;
  const figures = completed.map((trial) => trial.metrics[metric.id]);
  const values = figures.filter(isMeasured);
  if (values.length === 0) {
    const absent = { absent: reasonOf(trials, figures) };
    return { value: absent, min: absent, max: absent, rounds: completed.length, failed };
  }
  const value = metric.pooled === undefined
    ? median(values)
    : readStatistic(merged(completed, metric.pooled.histogram), metric.pooled.statistic);
  return {
    value,
    min: Math.min(...values),
    max: Math.max(...values),
    rounds: completed.length,
    failed,
  };
}

function reasonOf(trials: readonly Trial[], figures: readonly (Figure | undefined)[]): string {
  for (const figure of figures) {
    if (figure !== undefined && !isMeasured(figure)) return figure.absent;
  }
  const failed = trials.find((trial) => trial.state === "failed");
  return failed?.state === "failed" ? failed.reason : "no trial has run";
}

/**
 * Which of several servers' figures are best. A server whose range over the rounds overlaps with the range of the
 * best one is level with it: the rounds do not tell them apart. Absent figures never are best, and none is where there
 * is nothing to compare with.
 *
 * @param aggregates the same metric of each server
 * @param better which way is better; with `none` nothing is best
 */
export function bestOf(
  aggregates: readonly Aggregate[],
  better: MetricDefinition["better"],
): boolean[] {
  const measured = aggregates.filter(({ value }) => isMeasured(value));
  if (better === "none" || measured.length < 2) return aggregates.map(() => false);
  const sign = better === "higher" ? 1 : -1;
  const [leader] = measured.toSorted((a, b) => sign * ((b.value as number) - (a.value as number)));
  return aggregates.map((one) => measured.includes(one) && overlap(one, leader!));
}

function overlap(a: Aggregate, b: Aggregate): boolean {
  return isMeasured(a.min) && isMeasured(a.max) && isMeasured(b.min) && isMeasured(b.max) &&
    a.min <= b.max && b.min <= a.max;
}
