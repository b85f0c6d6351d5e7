/**
 * Latency over time, round by round.
 *
 * @module
 */

import type {
  CaseDescription,
  CompletedTrial,
  Result,
  ScenarioDescription,
} from "../../../measure/model/result.ts";
import { largest } from "../../../measure/judge/statistics.ts";
import { oneLine } from "../../summary/text.ts";
import { fieldOf, leaveOut, type LeftOut, omissions, plotOf, roundsOf } from "../chart.ts";
import { type OverTimeSeries, overTimeSpec, type Stretch } from "./spec.ts";
import { inWords, reading, windowOf } from "./words.ts";
import { namesOf } from "../palette.ts";
import { foremost } from "../scenarios.ts";
import type { Plot } from "../types.ts";

/** What is drawn of a run. */
export interface OverTimeOptions {
  /** Id of the scenario; absent: the first that is about latencies, else the first that has some. */
  readonly scenario?: string;
  /** Id of the case; absent: the one with the most load. */
  readonly case?: string;
  /** Points of the moving average, at least 1; absent: a tenth of a round, and 5 at the least. */
  readonly window?: number;
}

/** Latency over time of every scenario that is about latencies. */
export function latencyPlots(result: Result): Plot[] {
  return result.scenarios.filter(isAboutLatency).flatMap((scenario) => {
    const one = foremost(scenario);
    const plot = one === undefined ? undefined : draw(result, scenario, one);
    return plot === undefined ? [] : [plot];
  });
}

/** Its first metric is read off latencies, or it gives their mean, as one does that is about single messages. */
function isAboutLatency({ metrics }: ScenarioDescription): boolean {
  return metrics.some(({ pooled }, index) =>
    (pooled?.histogram === "serviceTime" || pooled?.histogram === "responseTime") &&
    (index === 0 || pooled.statistic === "mean")
  );
}

/**
 * Latency over time of one case, with a moving average: single messages where they were kept, else the means of 100 ms;
 * the rounds one after another.
 *
 * @throws {RangeError} for a scenario or a case that the result does not have, a window that is not a positive integer,
 * and where nothing was measured that could be drawn
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

/** Latencies of a trial; a slice of 100 ms is placed in its middle. */
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
        ...series.map((each) => inWords(each, points)),
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
