/** Latencies over time as faint points under their moving average: of a run, round by round, or of any list. */

import { largest } from "../../measure/statistics/statistics.ts";
import type {
  CaseDescription,
  CompletedTrial,
  Result,
  ScenarioDescription,
} from "../../measure/model/result.ts";
import { oneLine } from "../summary/text.ts";
import { foremost } from "../summary/answer/uses.ts";
import {
  foremostOf,
  leaveOut,
  type LeftOut,
  omissions,
  type Plot,
  plotOf,
  type Plotter,
  roundsOf,
  withNote,
} from "./chart.ts";
import { overTimeDrawing } from "./parts/over_time_drawing.ts";
import { LAYOUTS } from "./parts/layout.ts";
import { cut, namesOf } from "./parts/names.ts";
import {
  averageInWords,
  type OverTimeSeries,
  reading,
  type Stretch,
  windowOf,
} from "./parts/stretches.ts";

/** Which part of a run is drawn. */
export interface OverTimeOptions {
  /** Id of the scenario; absent: the first that is about latencies, otherwise the first. */
  readonly scenario?: string;
  /** Id of the case; absent: the one with the most load. */
  readonly case?: string;
  /** Points of the moving average, at least 1; absent: a tenth of a round, but at least 5. */
  readonly window?: number;
}

/** Latency over time of a scenario that is about latencies; load in stages has plots of its own. */
export const latencyPlots: Plotter = (result, scenario) => {
  const one = foremost(scenario);
  const isSteady = one !== undefined && one.parameters.stages === undefined;
  return isSteady && isAboutLatency(scenario) ? [draw(result, scenario, one)] : [];
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
 * the means of the slices of the timeline.
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
  const { sound, leftOut: unsound, note } = foremostOf(result, scenario, one);
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
  const sliceMs = largest(
    trials.flatMap(({ timeline }) => timeline.map(({ lengthMs }) => lengthMs)),
    0,
  )
    .toFixed();
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
        ...reading(series, points, hasSamples ? "a single message" : `the mean of ${sliceMs} ms`),
        ...note,
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
