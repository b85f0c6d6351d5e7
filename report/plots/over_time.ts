/** Latencies over time as faint points under their moving average: of a run, round by round, or of any list. */

import { largest, smallest } from "../../measure/statistics/statistics.ts";
import type {
  CaseDescription,
  CompletedTrial,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { formatNumber, oneLine } from "../summary/text.ts";
import { foremost } from "../summary/answer/uses.ts";
import { isWide, numbers, scaleOf, scaleTitle } from "./parts/axes.ts";
import {
  type Drawing,
  fieldOf,
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
import { type Layout, LAYOUTS } from "./parts/layout.ts";
import { cut, namesOf, whose } from "./parts/names.ts";
import { heightOf, PER_TICK, stackedByServer } from "./parts/rows.ts";
import { serverEncoding } from "./theme.ts";

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
  const drawing = overTimeDrawing(
    result,
    series,
    points,
    { x: "Measured time (s)", y: `${what} (ms)` },
    rounds.map((round, index) => ({ name: `round ${round}`, end: (index + 1) * length / 1000 })),
  );
  return plotOf(
    result,
    {
      section: scenario.id,
      kind: "over-time",
      question: `Does the ${what.toLowerCase()} stay the same over time?`,
      title: `${what} (ms) over time`,
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
    drawing,
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
    title: `${cut(heading, HEADING_LENGTH)} over time`,
    alt: [`${heading}, message by message.`, ...series.map((each) => averageInWords(each, points))]
      .join(" "),
    caption: oneLine(words.source),
    spec: withNote(
      overTimeDrawing({ servers }, series, points, {
        x: "Message",
        y: cut(heading, HEADING_LENGTH),
      }).spec(LAYOUTS.file),
      ["Does the latency stay the same over time?", ...reading(series, points, "a single message")],
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

/** Whether stretches have too many points to draw all of them. */
export function isThinned(stretches: readonly Stretch[], most: number): boolean {
  return stretches.reduce((sum, { x }) => sum + x.length, 0) > most;
}

/** A point, or a value of the average. */
interface Datum {
  readonly kind: "point" | "average";
  readonly server: string;
  readonly whose: string;
  readonly stretch: number;
  readonly x: number;
  readonly y: number;
}

/** The points of a series and of its average, each at most so many; more would only fill the picture. */
function dataOf(
  { name, stretches }: OverTimeSeries,
  whose: string,
  window: number,
  mostOfAll: number,
): Datum[] {
  const total = stretches.reduce((sum, { x }) => sum + x.length, 0);
  return stretches.flatMap(({ x, y }, stretch) => {
    const most = Math.max(2, Math.floor(mostOfAll * x.length / total));
    const datum = (kind: Datum["kind"], index: number, value: number): Datum => ({
      kind,
      server: name,
      whose,
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

/** A stretch of the axis that all servers share. */
interface Part {
  readonly name: string;
  /** Where it ends; it begins where the one before ends. */
  readonly end: number;
}

/** What a part of the axis says of a server. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly description: string;
}

/** What the points of a server in each part say. */
function spansOf(
  { name, stretches }: OverTimeSeries,
  whose: string,
  axis: string,
  parts: readonly Part[],
): Span[] {
  return parts.flatMap(({ name: part, end }, index) => {
    const from = parts[index - 1]?.end ?? 0;
    const own = stretches.flatMap(({ x, y }) =>
      y.filter((_, at) => x[at]! >= from && x[at]! < end)
    );
    if (own.length === 0) return [];
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const [m, low, high] = [mean, smallest(own), largest(own)].map((one) => formatNumber(one));
    const says = `${name}, ${part}: ${axis}; mean of ${
      pointsInWords(own.length)
    } ${m}; lowest ${low}, highest ${high}`;
    return [{ from, to: end, description: `${whose}${says}` }];
  });
}

function pointsInWords(count: number): string {
  return count === 1 ? "1 point" : `${formatNumber(count, 0)} points`;
}

/**
 * How the plot is drawn.
 *
 * @param result the run with the servers of the series
 * @param series at least one, with at least one latency
 * @param window values of the moving average
 * @param titles titles of the axes, with units
 * @param parts the rounds, if the axis is divided into rounds
 */
export function overTimeDrawing(
  result: Pick<Result, "servers">,
  series: readonly OverTimeSeries[],
  window: number,
  titles: { readonly x: string; readonly y: string },
  parts: readonly Part[] = [],
): Drawing {
  const all = series.flatMap(({ stretches }) => stretches);
  const values = all.flatMap(({ y }) => y);
  const isLog = isWide(values);
  const scale = scaleOf(values, isLog, heightOf(series.length) / PER_TICK);
  const figures = scaleTitle(titles.y, scale);
  const names = [...namesOf(result).values()];
  const borders = parts.slice(0, -1).map(({ end }) => ({ x: end }));
  const look = serverEncoding(result);
  const own = { description: { field: "whose" } };
  const spec = (layout: Layout): Spec => {
    const rows = series.map((one) => {
      const mine = whose(names.indexOf(one.name));
      const data = dataOf(one, mine, window, Math.floor(layout.points / series.length));
      const spans = spansOf(one, mine, titles.y, parts).map((span) => ({ kind: "span", ...span }));
      return { heading: one.name, whose: mine, data: [...data, ...spans] };
    });
    const times = scaleOf(all.flatMap(({ x }) => x), false, layout.ticks);
    const axes = { x: numbers("x", titles.x, times), y: numbers("y", figures, scale) };
    const isFew = rows.every(({ data }) => data.length < FEW);
    return stackedByServer(rows, axes, layout, (x, y) => [
      ...(borders.length === 0 ? [] : [{
        data: { values: borders },
        mark: { type: "rule", style: "ink", opacity: 0.35, strokeDash: [2, 3] },
        encoding: { x, description: { value: "" } },
      }]),
      {
        transform: [{ filter: "datum.kind === 'point'" }],
        mark: { type: "point", filled: true, size: isFew ? 22 : 10, opacity: 0.45 },
        encoding: { x, y, ...look, ...own },
      },
      {
        transform: [{ filter: "datum.kind === 'average'" }],
        mark: { type: "line", strokeWidth: isFew ? 2 : 1.5 },
        encoding: { x, y, detail: { field: "stretch" }, ...look, ...own },
      },
      ...(parts.length === 0 ? [] : [{
        transform: [{ filter: "datum.kind === 'span'" }],
        mark: { type: "rect", opacity: 0 },
        encoding: {
          x: { ...x, field: "from" },
          x2: { field: "to" },
          y: { value: 0 },
          y2: { value: heightOf(series.length) },
          description: { field: "description" },
        },
      }]),
    ]);
  };
  return { spec, figures };
}
