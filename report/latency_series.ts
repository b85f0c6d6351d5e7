/**
 * Latencies one after another as a picture: faint points, and above them their moving average.
 *
 * @module
 */

import type { Result } from "../measure/result.ts";
import { soundTrials } from "../measure/verdicts.ts";
import type { Plot } from "./plots/types.ts";
import { oneLine } from "./text.ts";

/** A latency at a time, or at a place in a row. */
export interface Point {
  /** Milliseconds since the window began, or the number of the message. */
  readonly x: number;
  /** The latency. */
  readonly y: number;
}

/** The latencies of one server. */
export interface Series {
  /** Name of the server. */
  readonly name: string;
  /** In the order in which they are to be averaged. */
  readonly points: readonly Point[];
}

/** A longer series is drawn by as many points, evenly chosen; its average is that of all. */
const MOST_POINTS = 5000;

/**
 * The single latencies that a run kept in a scenario, of all rounds of its last case.
 *
 * @param scenario id of the scenario; the first one that kept latencies when left out
 * @returns what was measured, in words, and a series for each server; undefined where none were kept
 */
export function latencySeries(
  result: Result,
  scenario?: string,
): { readonly title: string; readonly series: readonly Series[] } | undefined {
  for (const { id, title, cases } of result.scenarios) {
    const one = cases.at(-1);
    if (one === undefined || scenario !== undefined && id !== scenario) continue;
    const series = result.servers.map((server): Series => {
      const trials = soundTrials(result.trials, id, one.id, server.id);
      const points = "absent" in trials
        ? []
        : trials.flatMap(({ samples }) =>
          samples?.atMs.map((x, index) => ({ x, y: samples.latencyMs[index]! })) ?? []
        );
      return { name: oneLine(server.title), points: points.toSorted((a, b) => a.x - b.x) };
    }).filter(({ points }) => points.length > 0);
    if (series.length > 0) return { title: oneLine(`${title}, ${one.title}`), series };
  }
  return undefined;
}

/**
 * The mean of each point and its neighbours, `window` of them in all; fewer at both ends.
 *
 * @param window 1 or more
 */
export function movingAverage(values: readonly number[], window: number): number[] {
  const before = Math.floor((window - 1) / 2);
  const after = window - 1 - before;
  let sum = 0;
  let [first, last] = [0, -1];
  return values.map((_, index) => {
    while (last < Math.min(values.length - 1, index + after)) sum += values[++last]!;
    while (first < index - before) sum -= values[first++]!;
    return sum / (last - first + 1);
  });
}

/**
 * Draws latencies one after another with their moving average.
 *
 * @param options.window how many points the average is of
 * @param options.xTitle what runs along the picture, with its unit
 * @param options.yTitle what is drawn, with its unit
 */
export function seriesPlot(
  series: readonly Series[],
  { title, window, xTitle, yTitle, caption }: {
    readonly title: string;
    readonly window: number;
    readonly xTitle: string;
    readonly yTitle: string;
    readonly caption: string;
  },
): Plot {
  const values = series.flatMap(({ name, points }) => {
    const averages = movingAverage(points.map(({ y }) => y), window);
    const every = Math.ceil(points.length / MOST_POINTS);
    return points.flatMap(({ x, y }, index) =>
      index % every === 0 ? [{ server: name, x, y, average: averages[index]! }] : []
    );
  });
  const isPositive = values.every(({ y }) => y > 0);
  const x = {
    field: "x",
    type: "quantitative",
    title: xTitle,
    axis: { format: ",~r", tickCount: 8 },
  };
  const y = {
    type: "quantitative",
    title: yTitle,
    scale: isPositive ? { type: "log" } : {},
    axis: { format: ",~r", tickCount: 6 },
  };
  const color = {
    field: "server",
    type: "nominal",
    scale: { domain: series.map(({ name }) => name) },
    legend: series.length > 1 ? { title: null, orient: "top", labelLimit: 240 } : null,
  };
  return {
    id: "latency-over-time",
    section: "summary",
    title,
    alt: `Latencies one after another, with the mean of ${window} of them.`,
    caption,
    spec: {
      width: 640,
      height: 320,
      title: {
        text: title,
        subtitle: [`Line: mean of ${window} messages; points: single messages`, caption],
        anchor: "start",
        limit: 700,
        fontSize: 15,
        fontWeight: "bold",
        color: "#1b1e24",
        subtitleFontSize: 11,
        subtitleColor: "#555b66",
      },
      data: { values },
      layer: [
        {
          mark: { type: "circle", size: 10, opacity: 0.25 },
          encoding: { x, y: { field: "y", ...y }, color },
        },
        {
          mark: { type: "line", strokeWidth: 2 },
          encoding: { x, y: { field: "average", ...y }, color },
        },
      ],
    },
  };
}
