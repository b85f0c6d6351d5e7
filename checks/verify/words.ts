/** Figures of findings in words. */

import { decodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type { CompletedTrial, HistogramName } from "../../measure/model/result.ts";
import type { CheckFinding } from "./types.ts";

const NS_PER_MS = 1e6;

/** A histogram of a trial; empty where it recorded nothing. */
export function histogramOf(trial: CompletedTrial, name: HistogramName): Histogram {
  const encoded = trial.histograms[name];
  return encoded === undefined ? new Histogram() : decodeHistogram(encoded);
}

/** A percentile of a trial's histogram, in milliseconds; NaN where it recorded nothing. */
export function percentileMs(
  trial: CompletedTrial,
  name: HistogramName,
  percentile: number,
): number {
  return histogramOf(trial, name).percentile(percentile) / NS_PER_MS;
}

/** `5.17 ms`, with two decimals below 10 ms and one above. */
export function ms(value: number): string {
  return `${value.toFixed(Math.abs(value) < 10 ? 2 : 1)} ms`;
}

/** `12,345`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** `12 %`, of a share. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** How far below its truth other programs may bring a time, in tolerances: they move stalls as well as replies. */
const EXCUSED_BELOW = 3;

/** A time in milliseconds that must be as expected, within a tolerance. */
export function near(
  what: string,
  measured: number,
  expected: number,
  tolerance: number,
): CheckFinding {
  const holds = Math.abs(measured - expected) <= tolerance;
  const isExcusable = !holds && measured > expected - EXCUSED_BELOW * tolerance;
  const range = `${ms(expected - tolerance)} to ${ms(expected + tolerance)}`;
  return { what, expected: range, measured: ms(measured), holds, isExcusable };
}

/** A time in milliseconds that must be below a limit, with the reason in words. */
export function below(what: string, measured: number, why: string, limit: number): CheckFinding {
  return {
    what,
    expected: `${why}: < ${ms(limit)}`,
    measured: ms(measured),
    holds: measured < limit,
    isExcusable: measured >= limit,
  };
}
