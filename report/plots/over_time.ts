/** Latencies over time as faint points under their moving average: of a run, round by round, or of any list. */

import { largest, smallest } from "../../measure/statistics/statistics.ts";
import type {
  CaseDescription,
  CompletedTrial,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { formatNumber, oneLine } from "../summary/text.ts";
import { facetByServer, heightOf, isWide, numbers, scaleOf } from "./axes.ts";
import {
  cut,
  fieldOf,
  foremost,
  leaveOut,
  type LeftOut,
  omissions,
  type Plot,
  plotOf,
  type Plotter,
  rounded,
  roundsOf,
  type Spec,
  withNote,
} from "./chart.ts";
import { namesOf, serverEncoding } from "./theme.ts";

/** Which part of a run is drawn. */
export interface OverTimeOptions {
  /** Id of the scenario; absent: the first that is about latencies, otherwise the first. */
  readonly scenario?: string;
  /** Id of the case; absent: the one with the most load. */
  readonly case?: string;
  /** Points of the moving average, at least 1; absent: a tenth of a round, but at least 5. */
  readonly window?: number;
}

/** Latency over time of a scenario that is about latencies. */
export const latencyPlots: Plotter = (result, scenario) => {
  const one = foremost(scenario);
  return one !== undefined && isAboutLatency(scenario) ? [draw(result, scenario, one)] : [];
};

/** Whether the first metric is based on latencies, or any metric is their mean, as in scenarios about single messages. */
function isAboutLatency({ metrics }: ScenarioDescription): boolean {
  return metrics.some(({ pooled }, index) =>
    (pooled?.histogram === "serviceTime" || pooled?.histogram === "responseTime") &&
    (index === 0 || pooled.statistic === "mean")
  );
}

/**
 * Latency over time of one case, with a moving average, round after round: of single messages if they were kept, otherwise
 * the means of 100 ms.
 *
 * @throws {RangeError} for a scenario or a case that the result does not have, for a window that is not a positive
 * integer, and if no latency was measured
 */
export function latencyOverTime(result: Result, options: OverTimeOptions = {}): Plot {
  const { scenarios } = result;
  const scenario = options.scenario === undefined
    ? scenarios.find(isAboutLatency) ?? scenarios[0]
    : scenarios.find(({ id }) => id === options.scenario);
  if (scenario === undefined) throw unknown("scenario", options.scenario, scenarios);
  const one = options.case === undefined
    ? foremost(scenario)
    : scenario.cases.find(({ id }) => id === options.case);
  if (one === undefined) throw unknown("case", options.case, scenario.cases);
  const plot = draw(result, scenario, one, options.window);
  if (plot === undefined) {
    throw new RangeError(
      `Cannot plot ${scenario.id} as no latency was measured: received ${one.id}`,
    );
  }
  return plot;
}

function unknown(
  what: string,
  received: string | undefined,
  known: readonly { readonly id: string }[],
): RangeError {
  const ids = known.map(({ id }) => id).join(", ");
  return new RangeError(
    `Cannot find the ${what}, the run has ${ids === "" ? "none" : ids}: received ${received}`,
  );
}

/** Latencies of a trial; the mean of a slice is placed in the middle of the slice. */
function stretchOf({ samples, timeline }: CompletedTrial): Stretch {
  if (samples !== undefined) return { x: samples.atMs, y: samples.latencyMs };
  const known = timeline.filter(({ meanMs }) => meanMs !== null);
  return {
    x: known.map(({ atMs, lengthMs }) => atMs + lengthMs / 2),
    y: known.map(({ meanMs }) => meanMs!),
  };
}

function draw(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
  window?: number,
): Plot | undefined {
  const names = namesOf(result);
  const { sound, leftOut: unsound } = fieldOf(result, scenario, one);
  const leftOut: LeftOut[] = [...unsound];
  const trials = sound.flatMap(({ completed }) => completed);
  const length = largest(trials.map(({ phases }) => phases.windowMs), 0);
  const rounds = [...new Set(trials.map(({ round }) => round))].sort((a, b) => a - b);
  const series = sound.flatMap(({ server, completed }): OverTimeSeries[] => {
    const stretches = completed.toSorted((a, b) => a.round - b.round).flatMap((trial) => {
      const { x, y } = stretchOf(trial);
      const start = rounds.indexOf(trial.round) * length;
      return y.length === 0 ? [] : [{ x: x.map((ms) => (start + ms) / 1000), y }];
    });
    if (stretches.length > 0) return [{ name: names.get(server.id)!, stretches }];
    leftOut.push(leaveOut(server.title, "no latency was kept"));
    return [];
  });
  if (series.length === 0) return undefined;
  const points = window ?? windowOf(series);
  const hasSamples = trials.some(({ samples }) => samples !== undefined);
  const what = trials.some(({ arrivals }) => arrivals !== undefined)
    ? "Response time"
    : trials.every(({ counts }) => counts.replies === 0)
    ? "Handshake time"
    : "Latency";
  return plotOf(
    result,
    {
      section: scenario.id,
      kind: "over-time",
      title: `Does the ${what.toLowerCase()} stay the same over time?`,
      note: [
        `${oneLine(one.title)}; ${roundsOf(result, scenario)}, one after another.`,
        ...reading(series, points, hasSamples ? "a single message" : "the mean of 100 ms"),
      ],
      alt: [
        `${what} in ms over the measured time, ${oneLine(one.title)}.`,
        ...series.map((each) => averageInWords(each, points)),
        ...omissions(leftOut),
      ],
    },
    overTimeSpec(
      result,
      series,
      points,
      { x: "Measured time (s)", y: `${what} (ms)` },
      rounds.slice(1).map((_, index) => (index + 1) * length / 1000),
    ),
  );
}

const HEADING_LENGTH = 40;

/**
 * Lists of latencies in the order of the messages, with a moving average.
 *
 * @param words what the figures are with their unit, and where they come from
 * @param window points of the moving average, at least 1; absent: a tenth of the longest list, but at least 5
 * @throws {RangeError} if there is no latency, or the window is not a positive integer
 */
export function latencyListPlot(
  lists: readonly { readonly name: string; readonly values: readonly number[] }[],
  words: { readonly heading: string; readonly source: string },
  window?: number,
): Plot {
  const servers = lists.map(({ name }, index) => ({ id: `${index}`, title: name, protocol: "" }));
  const names = namesOf({ servers });
  const series = lists.flatMap(({ values }, index): OverTimeSeries[] =>
    values.length === 0 ? [] : [{
      name: names.get(`${index}`)!,
      stretches: [{ x: values.map((_, place) => place + 1), y: values }],
    }]
  );
  if (series.length === 0) {
    throw new RangeError(
      `Cannot plot latencies as there must be one at least: received ${lists.length} empty lists`,
    );
  }
  const points = window ?? windowOf(series);
  const heading = oneLine(words.heading);
  return {
    id: "over-time",
    section: "summary",
    title: "Does the latency stay the same over time?",
    alt: [`${heading}, message by message.`, ...series.map((each) => averageInWords(each, points))]
      .join(" "),
    caption: oneLine(words.source),
    spec: withNote(
      overTimeSpec({ servers }, series, points, { x: "Message", y: cut(heading, HEADING_LENGTH) }),
      reading(series, points, "a single message"),
    ),
  };
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
    ...(series.some(isThinned)
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

/** Points, and values of the average, that are drawn for a series; more would only fill the picture. */
const MOST_POINTS = 1500;
/** Pixels from one tick to the next. */
const PER_TICK = 22;
/** Below this number of points they are drawn larger. */
const FEW = 200;

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

/** Whether a series has too many points to draw all of them. */
export function isThinned({ stretches }: OverTimeSeries): boolean {
  return stretches.reduce((sum, { x }) => sum + x.length, 0) > MOST_POINTS;
}

/** A point, or a value of the average. */
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
 * @param result the run with the servers of the series
 * @param series at least one, with at least one latency
 * @param window values of the moving average
 * @param axes titles with units
 * @param borders positions at which stretches meet
 */
export function overTimeSpec(
  result: Pick<Result, "servers">,
  series: readonly OverTimeSeries[],
  window: number,
  axes: { readonly x: string; readonly y: string },
  borders: readonly number[] = [],
): Spec {
  const data = series.flatMap((one) => dataOf(one, window));
  const x = numbers("x", axes.x, scaleOf(data.map((one) => one.x), false));
  const values = data.map((one) => one.y);
  const ticks = heightOf(series.length) / PER_TICK;
  const y = numbers("y", axes.y, scaleOf(values, isWide(values), ticks));
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
