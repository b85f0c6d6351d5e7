/**
 * Latencies over time in words.
 *
 * @module
 */

import { formatNumber } from "../../summary/text.ts";
import { isThinned, movingAverage, type OverTimeSeries } from "./spec.ts";

/** The default window is of this part of the longest stretch. */
const WINDOW_SHARE = 0.1;
const SHORTEST_WINDOW = 5;

/** How many points a moving average is of where nobody said: a tenth of the longest stretch, and 5 at the least. */
export function windowOf(series: readonly OverTimeSeries[]): number {
  const lengths = series.flatMap(({ stretches }) => stretches.map(({ y }) => y.length));
  const longest = lengths.reduce((a, b) => Math.max(a, b));
  return Math.max(SHORTEST_WINDOW, Math.round(longest * WINDOW_SHARE));
}

/** How to read the picture, in sentences. */
export function reading(
  series: readonly OverTimeSeries[],
  window: number,
  point: string,
): string[] {
  return [
    `Each point is ${point}; lines: mean of ${formatNumber(window, 0)} points around each.`,
    ...(series.some(isThinned)
      ? ["Of many points the lowest and the highest of each short stretch are drawn."]
      : []),
  ];
}

/** Mean of a server, and between what its average moves. */
export function inWords({ name, stretches }: OverTimeSeries, window: number): string {
  const all = stretches.flatMap(({ y }) => y);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const averages = stretches.flatMap(({ y }) => movingAverage(y, window));
  const low = averages.reduce((a, b) => Math.min(a, b));
  const high = averages.reduce((a, b) => Math.max(a, b));
  const [m, l, h] = [mean, low, high].map((value) => formatNumber(value));
  return `${name}: mean ${m}, moving average ${l} to ${h}.`;
}
