/** What a server tells of its runtime, counted inside of it. */

import { z } from "zod";
import { type Figure, isMeasured } from "../../../measure/model/result.ts";
import { largest } from "../../../measure/statistics/statistics.ts";
import { shown } from "../../../measure/text/shown.ts";
import type { CounterId } from "../../../measure/explain/counters.ts";

const figure = z.union([
  z.number().min(0),
  z.object({ absent: z.string().transform((reason) => shown(reason, 200)) }),
]);

/** What is counted of one process, or of one of its threads that has a heap of its own, in the window. */
export const Report = z.object({
  /** How long it counted, by its own clock, in milliseconds. */
  windowMs: z.number().positive(),
  /** Collections of garbage. */
  collections: figure,
  /** How long they let nothing else run in all, in milliseconds. */
  pausedMs: figure,
  /** The longest of these pauses, in milliseconds. */
  longestMs: figure,
  /** The share of its CPU time that went into collecting. */
  cpuShare: figure,
  /** Bytes that were allocated on the heap. */
  allocatedBytes: figure,
  /** The 99th percentile of how late timers of 10 ms were, in milliseconds. */
  delayMs: figure,
});
export type Report = z.infer<typeof Report>;

type RuntimeCounter = Extract<CounterId, `${"gc" | "alloc" | "loop"}.${string}`>;

/** By counter, totals of the window. */
export type RuntimeTotals = { readonly [id in RuntimeCounter]: Figure };

/** Puts what several processes or threads of a server tell together: at least one. */
export function totalsOf(reports: readonly [Report, ...Report[]]): RuntimeTotals {
  return {
    "gc.count": all(reports, (one) => one.collections, sum),
    "gc.pause": all(reports, ({ pausedMs }) => timesOf(pausedMs, 1000), sum),
    // Each stops only itself: a sum would be above 100 % of the time.
    "gc.share": all(
      reports,
      ({ pausedMs, windowMs }) => timesOf(pausedMs, 100 / windowMs),
      largest,
    ),
    "gc.longest": all(reports, (one) => one.longestMs, largest),
    "gc.cpu": all(reports, ({ cpuShare }) => timesOf(cpuShare, 100), largest),
    "alloc.bytes": all(reports, (one) => one.allocatedBytes, sum),
    // A process that only starts others may have no loop.
    "loop.delay": some(reports.map((one) => one.delayMs), largest),
  };
}

/** The same reason for all. */
export function absentTotals(reason: string): RuntimeTotals {
  const absent = { absent: reason };
  return {
    "gc.count": absent,
    "gc.pause": absent,
    "gc.share": absent,
    "gc.longest": absent,
    "gc.cpu": absent,
    "alloc.bytes": absent,
    "loop.delay": absent,
  };
}

function timesOf(value: Figure, factor: number): Figure {
  return isMeasured(value) ? value * factor : value;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What is known of each; the first reason otherwise. */
function all(
  reports: readonly Report[],
  of: (report: Report) => Figure,
  together: (values: readonly number[]) => number,
): Figure {
  const figures = reports.map(of);
  return figures.find((one) => !isMeasured(one)) ?? together(figures.filter(isMeasured));
}

/** What is known of some; the first reason if it is known of none. */
function some(figures: readonly Figure[], together: (values: readonly number[]) => number): Figure {
  const known = figures.filter(isMeasured);
  return known.length === 0 ? figures[0]! : together(known);
}
