/**
 * Latencies over time as faint points, and their moving average above them.
 *
 * @module
 */

import type { Result } from "../../../measure/model/result.ts";
import { serverEncoding } from "../palette.ts";
import { facetByServer, heightOf } from "../rows.ts";
import { isWide, scaleOf } from "../scale.ts";
import { rounded } from "../words.ts";

/** Latencies that follow one another without a gap. */
export interface Stretch {
  /** The place of each on the axis, ascending: a time, or a number. */
  readonly x: readonly number[];
  /** The latencies, as many. */
  readonly y: readonly number[];
}

/** The latencies of one server. */
export interface OverTimeSeries {
  /** Its name, each series has another one. */
  readonly name: string;
  /** Its stretches, as rounds; no average goes across from one to the next. */
  readonly stretches: readonly Stretch[];
}

/** What the axes say. */
export interface OverTimeAxes {
  /** What the places are, with the unit. */
  readonly x: string;
  /** What the latencies are, with the unit. */
  readonly y: string;
}

/** Points and places of the average that are drawn of a series; more would only fill the picture. */
const MOST_POINTS = 1500;
/** Pixels from one tick to the next. */
const PER_TICK = 22;
/** Of so few in all, points are larger. */
const FEW = 200;

/**
 * The mean of so many values around each; at the ends of those that there are.
 *
 * @param window number of values, at least 1; of an even number one more lies before than behind
 * @throws {RangeError} when the window is not a positive integer
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

/** Indices of at most so many values, which keep the least and the largest of each part. */
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

/** Whether points of a series are too many to be drawn all. */
export function isThinned({ stretches }: OverTimeSeries): boolean {
  return stretches.reduce((sum, { x }) => sum + x.length, 0) > MOST_POINTS;
}

/** A point, or a place of the average. */
interface Datum {
  readonly kind: "point" | "average";
  readonly server: string;
  readonly row: string;
  readonly stretch: number;
  readonly x: number;
  readonly y: number;
}

function dataOf({ name, stretches }: OverTimeSeries, window: number): Datum[] {
  const total = stretches.reduce((sum, { x }) => sum + x.length, 0);
  return stretches.flatMap(({ x, y }, stretch) => {
    const most = Math.max(2, Math.floor(MOST_POINTS * x.length / total));
    const datum = (kind: Datum["kind"], index: number, value: number): Datum => ({
      kind,
      server: name,
      row: name,
      stretch,
      x: rounded(x[index]!),
      y: rounded(value),
    });
    const average = movingAverage(y, window);
    return [
      ...outline(y, most).map((index) => datum("point", index, y[index]!)),
      ...outline(average, most).map((index) => datum("average", index, average[index]!)),
    ];
  });
}

/**
 * The specification of the plot.
 *
 * @param result whose servers the series are
 * @param series one at least, with one latency at least
 * @param window values of the moving average
 * @param borders places where stretches meet
 */
export function overTimeSpec(
  result: Pick<Result, "servers">,
  series: readonly OverTimeSeries[],
  window: number,
  axes: OverTimeAxes,
  borders: readonly number[] = [],
): Record<string, unknown> {
  const data = series.flatMap((one) => dataOf(one, window));
  const x = {
    field: "x",
    type: "quantitative",
    title: axes.x,
    ...scaleOf(data.map((one) => one.x), false),
  };
  const values = data.map((one) => one.y);
  const y = {
    field: "y",
    type: "quantitative",
    title: axes.y,
    ...scaleOf(values, isWide(values), heightOf(series.length) / PER_TICK),
  };
  const look = serverEncoding(result, []);
  const size = data.length / series.length < FEW ? 22 : 10;
  return facetByServer(data, series.map(({ name }) => name), {
    layer: [
      ...(borders.length === 0 ? [] : [{
        data: { values: borders.map((place) => ({ x: place })) },
        mark: { type: "rule", style: "ink", opacity: 0.35, strokeDash: [2, 3], aria: false },
        encoding: { x },
      }]),
      {
        transform: [{ filter: "datum.kind === 'point'" }],
        mark: { type: "point", filled: true, size, opacity: 0.45, aria: false },
        encoding: { x, y, ...look },
      },
      {
        transform: [{ filter: "datum.kind === 'average'" }],
        mark: { type: "line", strokeWidth: 2, aria: false },
        encoding: { x, y, detail: { field: "stretch" }, ...look },
      },
    ],
  });
}
