/**
 * The latencies of single messages: too many to hold as cells. This module has the columns, and which trial fills which
 * rows; a format makes the rows one by one.
 */

import type { CompletedTrial, LatencySamples, Result } from "../../measure/model/result.ts";
import { largest, smallest } from "../../measure/statistics/statistics.ts";
import { namer } from "../summary/names.ts";
import { type Column, type Row, type Table, textColumns, words } from "./table.ts";
import { counted, formatNumber } from "../summary/text.ts";

const WHAT =
  "At: when the reply came, since the window began. Latency: response time where there is a schedule of arrivals, " +
  "else service time. Index: the place among those kept of the trial.";

/** The columns; the last three differ from sample to sample, the others from trial to trial. */
export const SAMPLE_COLUMNS: readonly Column[] = [
  { title: "Trial", kind: "integer" },
  ...textColumns("Server", "Scenario", "Case"),
  { title: "Round", kind: "integer" },
  { title: "Index", kind: "integer" },
  { title: "At", unit: "ms", kind: "number", decimals: 3 },
  { title: "Latency", unit: "ms", kind: "number", decimals: 4 },
];

/** A completed trial with the latencies of single messages. */
export type SampledTrial = CompletedTrial & { readonly samples: LatencySamples };

/** The trials that kept latencies of single messages, in the order in which they ran. */
export function sampledTrials({ trials }: Result): SampledTrial[] {
  return trials.filter((trial): trial is SampledTrial =>
    trial.state === "completed" && trial.samples !== undefined && lengthOf(trial.samples) > 0
  );
}

/** The number of samples. */
export function lengthOf({ atMs, latencyMs }: LatencySamples): number {
  return Math.min(atMs.length, latencyMs.length);
}

/** Consecutive samples of a trial: from an index up to another one, which is not included. */
export interface SampleRange {
  readonly trial: SampledTrial;
  readonly from: number;
  readonly to: number;
}

/** Distributes all samples over pages of at most `size` samples, a positive integer. */
export function samplePages(result: Result, size: number): SampleRange[][] {
  const pages: SampleRange[][] = [];
  let room = 0;
  for (const trial of sampledTrials(result)) {
    const length = lengthOf(trial.samples);
    for (let from = 0; from < length;) {
      if (room === 0) room = pages.push([]) && size;
      const to = Math.min(length, from + room);
      pages.at(-1)!.push({ trial, from, to });
      room -= to - from;
      from = to;
    }
  }
  return pages;
}

/** The table of a page, numbered from 1, with one row for each range: the largest figures stand for all its samples. */
export function samplesTable(
  result: Result,
  ranges: readonly SampleRange[],
  number: number = 1,
): Table {
  const name = namer(result);
  return {
    id: number === 1 ? "samples" : `samples-${number}`,
    title: number === 1 ? "Samples" : `Samples ${number}`,
    note: `${keptNote(result)} ${WHAT}`,
    columns: SAMPLE_COLUMNS,
    keyColumns: 1,
    rows: ranges.map(({ trial, from, to }): Row => {
      const names = name(trial);
      const { atMs, latencyMs } = trial.samples;
      return [
        { value: trial.trial },
        words(names.server),
        words(names.scenario),
        words(names.case),
        { value: trial.round },
        { value: to },
        { value: largest(atMs.slice(from, to), 0) },
        { value: largest(latencyMs.slice(from, to), 0) },
      ];
    }),
    empty: "No latencies of single messages were kept.",
  };
}

/** How many latencies of how many messages were kept. */
function keptNote(result: Result): string {
  const trials = sampledTrials(result);
  if (trials.length === 0) return "Latencies of single messages, for plots of your own.";
  const sum = (read: (trial: SampledTrial) => number): string =>
    formatNumber(trials.reduce((total, trial) => total + read(trial), 0), 0);
  const kept = sum(({ samples }) => lengthOf(samples));
  const of = sum(({ counts }) => counts.replies);
  return `Latencies kept: ${kept} of the ${of} messages that were answered in the windows of ` +
    `${counted(trials.length, "trial")}: ${howMany(trials.map(({ samples }) => samples.every))}.`;
}

function howMany(every: readonly number[]): string {
  const least = smallest(every);
  const most = largest(every);
  if (most === 1) return "every message";
  if (least === most) return `every ${ordinal(least)} message`;
  const from = least === 1 ? "every" : `every ${ordinal(least)}`;
  return `${from} to every ${ordinal(most)} message, by trial`;
}

function ordinal(number: number): string {
  const tens = number % 100;
  const ending = tens > 10 && tens < 14 ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th";
  return `${formatNumber(number, 0)}${ending}`;
}
