/** The bars of a small histogram, from the many buckets of a measured one. */

import type { Histogram } from "../../measure/record/histogram.ts";

/** How many bars there are at most. */
export const MOST_BARS = 32;
/** How many labels the axis has at most. */
const MOST_TICKS = 8;
const NS_PER_MS = 1e6;

/** Bars of equal width, in milliseconds. */
export interface Bars {
  readonly fromMs: number;
  readonly toMs: number;
  /** Width of a bar: 1, 2 or 5 times a power of ten. */
  readonly widthMs: number;
  readonly counts: readonly number[];
  readonly ticksMs: readonly number[];
}

/** Makes bars of a histogram of nanoseconds; undefined if it is empty. */
export function barsOf(histogram: Histogram): Bars | undefined {
  const values = [...histogram.entries()].map(([ns, count]) => ({ ms: ns / NS_PER_MS, count }));
  const least = values[0]?.ms;
  const most = values.at(-1)?.ms;
  if (least === undefined || most === undefined) return undefined;
  // One bar for values that hardly differ: the histogram's resolution is a thousandth.
  const widthMs = roundStep(Math.max((most - least) / (MOST_BARS - 2), most / 1000, 1e-3));
  const first = Math.floor(least / widthMs);
  const counts: number[] = new Array(Math.floor(most / widthMs) - first + 1).fill(0);
  for (const { ms, count } of values) counts[Math.floor(ms / widthMs) - first]! += count;
  const last = first + counts.length;
  return {
    fromMs: tidy(first * widthMs),
    toMs: tidy(last * widthMs),
    widthMs,
    counts,
    ticksMs: ticks(first * widthMs, last * widthMs),
  };
}

/** The next number from `least` on that is 1, 2 or 5 times a power of ten. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return tidy(factor * power);
}

function ticks(from: number, to: number): number[] {
  const step = roundStep((to - from) / (MOST_TICKS - 1));
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => tidy((first + index) * step));
}

/** Removes the error of binary fractions: 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
