/** Points by arrival rate, a row for each server, with the rate that is read off them. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import {
  type CaseDescription,
  type CompletedTrial,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type Trial,
} from "../../measure/model/result.ts";
import { decimalsOf, formatNumber, oneLine } from "../summary/text.ts";
import { numbers, scaleOf, scaleTitle } from "./parts/axes.ts";
import {
  endsOf,
  fieldOf,
  leaveOut,
  omissions,
  type Plot,
  plotOf,
  rounded,
  type Spec,
} from "./chart.ts";
import type { Layout } from "./parts/layout.ts";
import { indexOf, namesOf, whose } from "./parts/names.ts";
import { heightOf, PER_TICK, stackedByServer } from "./parts/rows.ts";
import { serverEncoding } from "./theme.ts";

/** What was measured at an arrival rate. */
export interface RatePoint {
  /** Arrivals per second. */
  readonly rate: number;
  /** The figure; null if there is none, as nothing was answered. */
  readonly figure: number | null;
  /** One of the plot's shapes. */
  readonly shape: string;
  /** What else to say of it, behind its figures; empty for nothing. */
  readonly remark: string;
}

/** A plot of points by arrival rate. */
export interface ByRate {
  /** Name in files. */
  readonly kind: string;
  readonly question: string;
  readonly title: string;
  /** How to read it, without what is drawn of the metric. */
  readonly note: readonly string[];
  /** What the figures are, with their unit. */
  readonly figures: string;
  /** What a figure is called, and its unit, in a description of a point. */
  readonly words: readonly [name: string, unit: string];
  /** Whether the figures' axis is logarithmic: then those of 0 are not drawn. */
  readonly isLog: boolean;
  /** A limit of the figures. */
  readonly limit: number | undefined;
  /** The metric that is read off the points. */
  readonly metric: MetricDefinition;
  /** What the text of the plot calls its figures: `Sustained rates`. */
  readonly called: string;
  /** What is said of a server without that. */
  readonly without: string;
  /** Shapes by their names, as paths or Vega's names. */
  readonly shapes: Readonly<Record<string, string>>;
  /** The points of a trial. */
  points(trial: CompletedTrial): readonly RatePoint[];
}

interface Point {
  readonly kind: "point";
  readonly server: string;
  readonly x: number;
  readonly y: number;
  readonly shape: string;
  readonly description: string;
}

/** The rate that was read off a server's points. */
interface Mark {
  readonly kind: "mark";
  readonly server: string;
  readonly x: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly whose: string;
  readonly description: string;
}

/** Draws it; undefined if no trial has points. */
export function byRate(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
  what: ByRate,
): Plot | undefined {
  const names = namesOf(result);
  const { sound, leftOut } = fieldOf(result, scenario, one);
  const omitted = [...leftOut];
  const rows: Row[] = [];
  let silent = 0;
  for (const { server, completed, trials } of sound) {
    const tried = completed.flatMap((trial) => what.points(trial));
    if (tried.length === 0) continue;
    const owner = { server: names.get(server.id)!, whose: whose(indexOf(result, server.id)) };
    const row = rowOf(owner, tried, trials, what);
    silent += tried.length - row.points.length;
    if (row.points.length > 0) rows.push(row);
    else omitted.push(leaveOut(server.title, "no probe had a reply"));
  }
  if (rows.length === 0) return undefined;
  const title = oneLine(one.title);
  const [first, ...others] = what.note;
  return plotOf(result, {
    section: scenario.id,
    kind: what.kind,
    question: what.question,
    title: what.title,
    note: [`${title}; ${first}`, ...others],
    alt: [
      `${what.title.replace(/,.*/, "")}, ${title}.`,
      `${what.called}. ${rows.map(({ label }) => label).join("; ")}.`,
      ...(silent === 0 ? [] : [`Probes without a reply, not drawn: ${formatNumber(silent, 0)}.`]),
      ...omissions(omitted),
    ],
  }, {
    spec: (layout) => specOf(result, rows, what, layout),
    figures: what.isLog ? scaleTitle(what.figures, { scale: { type: "log" } }) : what.figures,
  });
}

/** What is drawn for a server. */
interface Row {
  readonly title: string;
  readonly whose: string;
  readonly label: string;
  readonly points: readonly Point[];
  readonly mark: Mark | undefined;
}

function rowOf(
  { server, whose }: Pick<Mark, "server" | "whose">,
  tried: readonly RatePoint[],
  trials: readonly Trial[],
  { metric, without, words: [name, unit], isLog }: ByRate,
): Row {
  const { decimals } = metric;
  const { value, interval } = aggregate(trials, metric);
  const shown = (figure: number): string =>
    formatNumber(figure, decimals ?? (isMeasured(value) ? decimalsOf(value) : 0));
  const figure = isMeasured(value) ? `${shown(value)} ${oneLine(metric.unit)}` : without;
  const title = `${server}: ${figure}`;
  const range = interval === undefined
    ? ""
    : ` (95 % interval ${shown(interval.low)} to ${shown(interval.high)})`;
  const label = `${title}${range}`;
  const points = tried.flatMap(({ rate, figure, shape, remark }): Point[] =>
    figure === null || (isLog && figure <= 0) ? [] : [{
      kind: "point",
      server,
      x: rounded(rate),
      y: rounded(figure),
      shape,
      description: `${whose}${server}, ${formatNumber(rate, 0)} messages/s: ${name} ${
        formatNumber(figure)
      } ${unit}${remark === "" ? "" : `; ${remark}`}`,
    }]
  );
  const mark: Mark | undefined = isMeasured(value)
    ? {
      kind: "mark",
      server,
      x: rounded(value),
      ...endsOf(interval),
      whose,
      description: `${whose}${label}`,
    }
    : undefined;
  return { title, whose, label, points, mark };
}

function specOf(
  result: Result,
  rows: readonly Row[],
  what: ByRate,
  layout: Layout,
): Spec {
  const points = rows.flatMap((row) => row.points);
  const marks = rows.flatMap((row) => row.mark ?? []);
  const limit = what.limit === undefined || what.limit <= 0 ? [] : [what.limit];
  const rates = scaleOf(
    [
      ...points.map(({ x }) => x),
      ...marks.flatMap(({ x, low, high }) => [x, low ?? x, high ?? x]),
    ],
    false,
    layout.ticks,
  );
  const figures = scaleOf(
    [...points.map((one) => one.y), ...limit],
    what.isLog,
    heightOf(rows.length) / PER_TICK,
  );
  const axes = {
    x: numbers("x", "Arrival rate (messages/s)", rates),
    y: numbers("y", scaleTitle(what.figures, figures), figures),
  };
  const look = serverEncoding(result);
  const only = (filter: string): Spec => ({ transform: [{ filter }] });
  const own = rows.map(({ title, whose, points, mark }) => (
    { heading: title, whose, data: [...points, ...mark === undefined ? [] : [mark]] }
  ));
  return stackedByServer(own, axes, layout, (x, y) => [
    {
      ...only("datum.kind === 'mark' && datum.low !== null"),
      mark: { type: "rect", opacity: 0.2 },
      encoding: {
        x: { ...x, field: "low" },
        x2: { field: "high" },
        ...look,
        description: { field: "whose" },
      },
    },
    {
      ...only("datum.kind === 'point'"),
      mark: { type: "point", size: 36, opacity: 0.6, strokeWidth: 1.3 },
      encoding: {
        x,
        y,
        ...look,
        shape: {
          field: "shape",
          type: "nominal",
          scale: { domain: Object.keys(what.shapes), range: Object.values(what.shapes) },
          legend: null,
        },
        description: { field: "description" },
      },
    },
    {
      ...only("datum.kind === 'mark'"),
      mark: { type: "rule", strokeWidth: 2.5 },
      encoding: { x, ...look, description: { field: "description" } },
    },
    ...limit.map((at) => ({
      data: { values: [{ y: at }] },
      mark: { type: "rule", style: "ink", strokeWidth: 1.5, strokeDash: [2, 3] },
      encoding: { y, description: { value: "" } },
    })),
  ]);
}

/** A cross of two strokes, in the square from −1 to 1. */
export const CROSS = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8";

/** A limit in milliseconds, as text. */
export function limitText(ms: number): string {
  return `${formatNumber(ms, Number.isInteger(ms) ? 0 : decimalsOf(ms))} ms`;
}
