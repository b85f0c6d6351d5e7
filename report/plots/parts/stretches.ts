/** Latencies in stretches that follow one another, their moving average, and what both say in words. */

import { largest, smallest } from "../../../measure/statistics/statistics.ts";
import { formatNumber } from "../../summary/text.ts";
import { LAYOUTS } from "./layout.ts";

/** Latencies that follow one another without a gap. */
export interface Stretch {
  /** The position of each on the axis, ascending: a time or a number. */
  readonly x: readonly number[];
  /** The latencies. */
  readonly y: readonly number[];
}

/** The latencies of one server, under a unique name. */
export interface OverTimeSeries {
  readonly name: string;
  /** For example rounds; no average goes from one to the next. */
  readonly stretches: readonly Stretch[];
}

/**
 * The mean of the values around each; at the ends of the list, of those that exist.
 *
 * @param window number of values, at least 1; an even number takes one more before than after
 * @throws {RangeError} if the window is not a positive integer
 */
export function movingAverage(values: readonly number[], window: number): number[] {
  if (!Number.isSafeInteger(window) || window < 1) {
    throw new RangeError(
      `Cannot average as 'window' must be a positive integer: received ${window}`,
    );
  }
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  const before = Math.floor(window / 2);
  return values.map((_, index) => {
    const from = Math.max(0, index - before);
    const to = Math.min(values.length, index - before + window);
    return (sums[to]! - sums[from]!) / (to - from);
  });
}

/** Indices of at most `most` values: the smallest and the largest of each part. */
export function outline(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values.keys()];
  const parts = Math.max(1, Math.floor(most / 2));
  const kept = new Set<number>();
  for (let part = 0; part < parts; part++) {
    const from = Math.floor(part * values.length / parts);
    const to = Math.floor((part + 1) * values.length / parts);
    let [low, high] = [from, from];
    for (let index = from; index < to; index++) {
      if (values[index]! < values[low]!) low = index;
      if (values[index]! > values[high]!) high = index;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** Whether stretches have too many points to draw all of them. */
export function isThinned(stretches: readonly Stretch[], most: number): boolean {
  return stretches.reduce((sum, { x }) => sum + x.length, 0) > most;
}

const WINDOW_SHARE = 0.1;
const SHORTEST_WINDOW = 5;

/** The default number of points of a moving average: a tenth of the longest stretch, but at least 5. */
export function windowOf(series: readonly OverTimeSeries[]): number {
  const longest = largest(series.flatMap(({ stretches }) => stretches.map(({ y }) => y.length)));
  return Math.max(SHORTEST_WINDOW, Math.round(longest * WINDOW_SHARE));
}

/** How to read the picture, in sentences. */
export function reading(
  series: readonly OverTimeSeries[],
  window: number,
  point: string,
): string[] {
  return [
    `Each point is ${point}; lines: mean of ${formatNumber(window, 0)} ${
      window === 1 ? "point" : "points"
    } around each.`,
    ...(series.some(({ stretches }) => isThinned(stretches, LAYOUTS.file.points / series.length))
      ? ["Of many points the lowest and the highest of each short stretch are drawn."]
      : []),
  ];
}

/** The mean of a server's points, and the range of its moving average. */
export function averageInWords({ name, stretches }: OverTimeSeries, window: number): string {
  const all = stretches.flatMap(({ y }) => y);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const averages = stretches.flatMap(({ y }) => movingAverage(y, window));
  const [m, low, high] = [mean, smallest(averages), largest(averages)].map((one) =>
    formatNumber(one)
  );
  return `${name}: mean of the points ${m}, moving average ${low} to ${high}.`;
}
