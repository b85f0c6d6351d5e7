/** Percentile curves: how long a message waits at each percentile, on an axis with the same room for each nine. */

import { decodeHistogram } from "../../measure/record/hdr.ts";
import { HISTOGRAMS } from "../../measure/record/accounts/mod.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type {
  CompletedTrial,
  HistogramName,
  Result,
  ScenarioDescription,
  ServerDescription,
} from "../../measure/model/result.ts";
import { counted, decimalsOf, formatNumber, oneLine } from "../summary/text.ts";
import { numbers, scaleOf } from "./axes.ts";
import {
  fieldOf,
  foremost,
  HEIGHT,
  leaveOut,
  type LeftOut,
  omissions,
  percentile99,
  plotOf,
  type Plotter,
  rounded,
  roundsOf,
  type Spec,
  varies,
  WIDTH,
} from "./chart.ts";
import { namesOf, POINT, serverEncoding, serverLines } from "./theme.ts";

/** A curve ends where fewer samples than these are beyond: the rest would depend on single messages. */
const BEYOND = 10;
/** The end of the axis: one in so many messages waits longer. */
const LAST = 10_000;
/** Points of a curve from one nine to the next. */
const PER_DECADE = 40;
/** A curve that ends before this point shows no more than the tables. */
const SHORTEST = 10;

/** Labels of the axis. */
const PERCENTILES: Readonly<Record<number, string>> = {
  2: "50 %",
  10: "90 %",
  100: "99 %",
  1000: "99.9 %",
  10000: "99.99 %",
};
/** Percentiles that the description mentions. */
const SAID = [50, 99, 99.9] as const;

/** A point of a curve. */
export interface CurvePoint {
  /** One in so many samples is above it: 100 for the 99th percentile. */
  readonly x: number;
  /** The percentile in milliseconds. */
  readonly y: number;
}

/** The percentiles of a histogram of nanoseconds, as long as at least ten samples are beyond. */
export function curveOf(histogram: Histogram): CurvePoint[] {
  const last = Math.min(LAST, histogram.count / BEYOND);
  const points: CurvePoint[] = [];
  for (let step = 0;; step++) {
    const x = Math.min(10 ** (step / PER_DECADE), last);
    if (x < 1) return points;
    const ns = x === 1 ? histogram.min : histogram.percentile((1 - 1 / x) * 100);
    points.push({ x: rounded(x), y: rounded(ns / 1e6) });
    if (x >= last) return points;
  }
}

/** Merges the histograms of this name of all trials. */
export function mergedOf(trials: readonly CompletedTrial[], name: HistogramName): Histogram {
  const sum = new Histogram();
  for (const { histograms } of trials) {
    const encoded = histograms[name];
    if (encoded !== undefined) sum.merge(decodeHistogram(encoded));
  }
  return sum;
}

/** Whether curves of a scenario compare like with like, and show more than its lines do. */
function isCompared(scenario: ScenarioDescription, trials: Result["trials"]): boolean {
  const [primary] = scenario.metrics;
  // If the question is what the same traffic costs, how long it waits is the other half of the answer.
  const isAboutTimes = primary?.pooled !== undefined || primary?.unit.endsWith("/s") === true ||
    primary?.id === "cpu.share";
  // A search measures each server at a different rate.
  const isSearch = trials.some((trial) =>
    trial.scenario === scenario.id && trial.state === "completed" && trial.capacity !== undefined
  );
  return isAboutTimes && !isSearch && !varies(scenario, "connections");
}

/** Percentile curves of a scenario that is about times or rates, of the case with the most load. */
export const percentileCurves: Plotter = (result, scenario) => {
  const name = percentile99(scenario)?.pooled?.histogram;
  const one = foremost(scenario);
  if (name === undefined || one === undefined || !isCompared(scenario, result.trials)) return [];
  const names = namesOf(result);
  const { sound, leftOut: unsound } = fieldOf(result, scenario, one);
  const leftOut: LeftOut[] = [...unsound];
  const drawn: ServerDescription[] = [];
  const said: string[] = [];
  const points = sound.flatMap(({ server, completed }) => {
    const histogram = mergedOf(completed, name);
    const curve = curveOf(histogram);
    const last = curve.at(-1)?.x ?? 0;
    if (last < SHORTEST) {
      leftOut.push(
        leaveOut(server.title, `${counted(histogram.count, "sample")}: too few for a curve`),
      );
      return [];
    }
    drawn.push(server);
    said.push(`${names.get(server.id)} ${percentilesInWords(histogram, last)}.`);
    return curve.map((point) => ({ server: names.get(server.id)!, ...point }));
  });
  if (points.length === 0) return [];
  const { name: what, question: title } = HISTOGRAMS[name];
  const rounds = `${roundsOf(result, scenario)} together`;
  const plot = plotOf(result, {
    section: scenario.id,
    kind: "percentiles",
    title,
    note: [
      `${oneLine(one.title)}; ${rounds}; lower is better.`,
      `A curve ends where fewer than ${BEYOND} samples lie beyond.`,
    ],
    alt: [`${what}, ${oneLine(one.title)}, ${rounds}.`, ...said, ...omissions(leftOut)],
  }, specOf(result, drawn, points, `${what} (ms)`));
  return [plot];
};

function percentilesInWords(histogram: Histogram, last: number): string {
  return SAID.filter((percentile) => 100 / (100 - percentile) <= last * 1.001).map((percentile) => {
    const ms = histogram.percentile(percentile) / 1e6;
    return `p${percentile} ${formatNumber(ms, decimalsOf(ms))} ms`;
  }).join(", ");
}

function specOf(
  result: Result,
  drawn: readonly ServerDescription[],
  points: readonly CurvePoint[],
  title: string,
): Spec {
  // A shape marks each nine, so that the curves can be told apart in print.
  const marks = points.filter(({ x }) => x in PERCENTILES);
  const labels = Object.entries(PERCENTILES)
    .map(([x, label]) => `datum.value === ${x} ? '${label}' : `).join("");
  const x = numbers("x", "Percentile", {
    scale: { type: "log", domain: [1, LAST], nice: false },
    axis: {
      values: Object.keys(PERCENTILES).map(Number),
      labelExpr: `${labels}''`,
      labelOverlap: false,
    },
  });
  const y = numbers("y", title, scaleOf(points.map(({ y }) => y)));
  const line = serverLines(result, drawn);
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: points },
    layer: [
      { ...line, encoding: { x, y, ...line.encoding } },
      {
        data: { values: marks },
        mark: { ...POINT, aria: false },
        encoding: { x, y, ...serverEncoding(result, drawn, true) },
      },
    ],
  };
}
