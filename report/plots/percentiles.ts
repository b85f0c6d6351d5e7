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
import { largest } from "../../measure/statistics/statistics.ts";
import { counted, decimalsOf, formatNumber, oneLine } from "../summary/text.ts";
import { foremost } from "../summary/answer/uses.ts";
import { type Along, numbers, scaleOf, scaleTitle } from "./parts/axes.ts";
import {
  foremostOf,
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
} from "./chart.ts";
import { endLayers, endRoom, endsOfLines } from "./parts/end_labels.ts";
import { type Layout, linesHeight } from "./parts/layout.ts";
import { indexOf, namesOf, whose } from "./parts/names.ts";
import { AXIS_ROOM } from "./parts/rows.ts";
import { POINT, serverEncoding, serverLines } from "./theme.ts";

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
  2: "p50",
  10: "p90",
  100: "p99",
  1000: "p99.9",
  10000: "p99.99",
};
/** Percentiles that the description mentions. */
const SAID = [50, 99, 99.9] as const;
/** Percentiles that can be read off each curve. */
const READ = [50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99] as const;

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
    trial.scenario === scenario.id && trial.state === "completed" &&
    (trial.capacity !== undefined || trial.curve !== undefined)
  );
  return isAboutTimes && !isSearch && !varies(scenario, "connections");
}

/** Percentile curves of a scenario that is about times or rates, of the case with the most load. */
export const percentileCurves: Plotter = (result, scenario) => {
  const name = percentile99(scenario)?.pooled?.histogram;
  const one = foremost(scenario);
  if (name === undefined || one === undefined || !isCompared(scenario, result.trials)) return [];
  const names = namesOf(result);
  const { sound, leftOut: unsound, note } = foremostOf(result, scenario, one);
  const leftOut: LeftOut[] = [...unsound];
  const drawn: ServerDescription[] = [];
  const said: string[] = [];
  const title = oneLine(one.title);
  const readings: Reading[] = [];
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
    const base = { server: names.get(server.id)!, whose: whose(indexOf(result, server.id)) };
    said.push(`${base.server} ${percentilesInWords(histogram, last)}.`);
    for (const one of readingsOf(histogram, last, title, base)) readings.push(one);
    return curve.map((point) => ({ ...base, ...point }));
  });
  if (points.length === 0) return [];
  const { name: what, question } = HISTOGRAMS[name];
  const rounds = `${roundsOf(result, scenario)} together`;
  const scale = scaleOf(points.map(({ y }) => y));
  const figures = scaleTitle(`${what} (ms)`, scale);
  const curves: Curves = { drawn, points, readings, scale, figures };
  const plot = plotOf(result, {
    section: scenario.id,
    kind: "percentiles",
    question,
    title: `${what} (ms) by percentile`,
    note: [
      `${title}; ${rounds}; lower is better.`,
      `A curve ends where fewer than ${BEYOND} samples lie beyond.`,
      ...note,
    ],
    alt: [`${what}, ${title}, ${rounds}.`, ...said, ...omissions(leftOut)],
  }, { spec: (layout) => specOf(result, curves, layout), figures: curves.figures, legend: drawn });
  return [plot];
};

/** Whether enough samples are beyond a percentile; `last` is the end of the curve. */
function isOnCurve(percentile: number, last: number): boolean {
  return 100 / (100 - percentile) <= last * 1.001;
}

function percentilesInWords(histogram: Histogram, last: number): string {
  return SAID.filter((one) => isOnCurve(one, last)).map((one) => inWords(histogram, one))
    .join(", ");
}

function inWords(histogram: Histogram, percentile: number): string {
  const ms = histogram.percentile(percentile) / 1e6;
  return `p${percentile} ${formatNumber(ms, decimalsOf(ms))} ms`;
}

/** Whose a curve is. */
interface Owner {
  readonly server: string;
  readonly whose: string;
}

/** A percentile that can be read off a curve. */
interface Reading extends Owner, CurvePoint {
  readonly description: string;
  /** Whether it has a shape, so that the curves can be told apart in print. */
  readonly isMarked: boolean;
}

function readingsOf(histogram: Histogram, last: number, title: string, owner: Owner): Reading[] {
  return READ.filter((one) => isOnCurve(one, last)).map((percentile) => {
    const x = rounded(100 / (100 - percentile));
    return {
      ...owner,
      x,
      y: rounded(histogram.percentile(percentile) / 1e6),
      description: `${owner.whose}${owner.server}: ${inWords(histogram, percentile)}; ${title}`,
      isMarked: x in PERCENTILES,
    };
  });
}

/** What is drawn. */
interface Curves {
  readonly drawn: readonly ServerDescription[];
  readonly points: readonly (Owner & CurvePoint)[];
  readonly readings: readonly Reading[];
  readonly scale: ReturnType<typeof scaleOf>;
  readonly figures: string;
}

/** An axis with the same room for each nine, as far as the longest curve goes. */
function ninesOf(points: readonly CurvePoint[]): Pick<Along, "scale"> & { readonly axis: Spec } {
  const most = largest(points.map(({ x }) => x));
  const places = Object.keys(PERCENTILES).map(Number);
  const last = places.find((place) => place >= most * 0.999) ?? LAST;
  const labels = Object.entries(PERCENTILES)
    .map(([x, label]) => `datum.value === ${x} ? '${label}' : `).join("");
  return {
    scale: { type: "log", domain: [1, last], nice: false },
    axis: {
      values: places.filter((place) => place <= last),
      labelExpr: `${labels}''`,
      labelOverlap: false,
      labelFlush: false,
    },
  };
}

function specOf(
  result: Result,
  { drawn, points, readings, scale, figures }: Curves,
  layout: Layout,
): Spec {
  const isFile = layout.place === "file";
  const named = isFile ? drawn : [];
  const room = endRoom(drawn.map(({ id }) => namesOf(result).get(id)!), layout);
  const width = layout.width - AXIS_ROOM - room;
  const height = linesHeight(layout, drawn.length);
  const nines = ninesOf(points);
  const x = numbers("x", scaleTitle("Percentile", nines), nines);
  const y = numbers("y", isFile ? figures : null, scale);
  const line = serverLines(result, named);
  const look = serverEncoding(result, named, true);
  return {
    width,
    height,
    data: { values: points },
    layer: [
      { ...line, encoding: { x, y, ...line.encoding } },
      ...[{ isMarked: true, opacity: 1 }, { isMarked: false, opacity: 0 }].map((
        { isMarked, opacity },
      ) => ({
        data: { values: readings.filter((reading) => reading.isMarked === isMarked) },
        mark: { ...POINT, opacity },
        encoding: { x, y, ...look, description: { field: "description" } },
      })),
      ...(room > 0 ? endLayers(result, endsOfLines(points, nines, scale), { width, height }) : []),
    ],
  };
}
