/** The probes of capacity searches: response time against arrival rate, with the rate that each server sustained. */

import { aggregate } from "../../measure/judge/aggregate.ts";
import {
  type CaseDescription,
  isMeasured,
  type MetricDefinition,
  type Probe,
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
  type Plotter,
  rounded,
  roundsOf,
  type Spec,
} from "./chart.ts";
import type { Layout } from "./parts/layout.ts";
import { indexOf, namesOf, whose } from "./parts/names.ts";
import { heightOf, PER_TICK, stackedByServer } from "./parts/rows.ts";
import { serverEncoding } from "./theme.ts";

interface Point {
  readonly kind: "probe";
  readonly server: string;
  readonly x: number;
  readonly y: number;
  readonly outcome: "passed" | "failed";
  readonly description: string;
}

/** The rate that a server sustained. */
interface Mark {
  readonly kind: "mark";
  readonly server: string;
  readonly x: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly whose: string;
  readonly description: string;
}

/** The probes of every case in which trials searched for the capacity. */
export const probes: Plotter = (result, scenario) =>
  scenario.cases.map((one, place) =>
    draw(result, scenario, one, scenario.cases.length === 1 ? "probes" : `probes-${place + 1}`)
  );

function draw(
  result: Result,
  scenario: ScenarioDescription,
  one: CaseDescription,
  kind: string,
): Plot | undefined {
  const names = namesOf(result);
  const { sound, leftOut } = fieldOf(result, scenario, one);
  const omitted = [...leftOut];
  const rows: Row[] = [];
  let silent = 0;
  for (const { server, completed, trials } of sound) {
    const tried = completed.flatMap(({ capacity }) => capacity?.probes ?? []);
    if (tried.length === 0) continue;
    const owner = { server: names.get(server.id)!, whose: whose(indexOf(result, server.id)) };
    const row = rowOf(owner, tried, trials, scenario.metrics[0]!);
    silent += tried.length - row.points.length;
    if (row.points.length > 0) rows.push(row);
    else omitted.push(leaveOut(server.title, "no probe had a reply"));
  }
  if (rows.length === 0) return undefined;
  const { sloMs } = one.parameters;
  const title = oneLine(one.title);
  return plotOf(result, {
    section: scenario.id,
    kind,
    question: "How does the response time grow as more messages arrive, and when is it too long?",
    title: "Response time p99 (ms) by arrival rate, probe by probe",
    note: [
      `${title}; ${roundsOf(result, scenario)}. Each point is a probe, × one that did not pass.`,
      "Vertical line: the rate that the server sustained; band: its 95 % interval.",
      ...(sloMs === undefined ? [] : [`Dotted: the limit of ${limitText(sloMs)}.`]),
    ],
    alt: [
      `99th percentile of the response time against the arrival rate, ${title}.`,
      `Sustained rates. ${rows.map(({ label }) => label).join("; ")}.`,
      ...(silent === 0 ? [] : [`Probes without a reply, not drawn: ${formatNumber(silent, 0)}.`]),
      ...omissions(omitted),
    ],
  }, {
    spec: (layout) => specOf(result, rows, sloMs, layout),
    figures: scaleTitle(FIGURES, { scale: { type: "log" } }),
  });
}

const FIGURES = "p99 (ms)";

function limitText(sloMs: number): string {
  return `${formatNumber(sloMs, Number.isInteger(sloMs) ? 0 : decimalsOf(sloMs))} ms`;
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
  tried: readonly Probe[],
  trials: readonly Trial[],
  metric: MetricDefinition,
): Row {
  const { unit, decimals } = metric;
  const { value, interval } = aggregate(trials, metric);
  const shown = (figure: number): string =>
    formatNumber(figure, decimals ?? (isMeasured(value) ? decimalsOf(value) : 0));
  const figure = isMeasured(value)
    ? `${shown(value)} ${oneLine(unit)}`
    : "no arrival rate was sustained";
  const title = `${server}: ${figure}`;
  const range = interval === undefined
    ? ""
    : ` (95 % interval ${shown(interval.low)} to ${shown(interval.high)})`;
  const label = `${title}${range}`;
  const points = tried.flatMap(({ rate, p99Ms, passed }): Point[] =>
    p99Ms === null || p99Ms <= 0 ? [] : [{
      kind: "probe",
      server,
      x: rounded(rate),
      y: rounded(p99Ms),
      outcome: passed ? "passed" : "failed",
      description: `${whose}${server}, ${formatNumber(rate, 0)} messages/s: p99 ${
        formatNumber(p99Ms)
      } ms${passed ? "" : "; did not pass"}`,
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
  sloMs: number | undefined,
  layout: Layout,
): Spec {
  const points = rows.flatMap((row) => row.points);
  const marks = rows.flatMap((row) => row.mark ?? []);
  const limit = sloMs === undefined || sloMs <= 0 ? [] : [sloMs];
  const rates = scaleOf(
    [
      ...points.map(({ x }) => x),
      ...marks.flatMap(({ x, low, high }) => [x, low ?? x, high ?? x]),
    ],
    false,
    layout.ticks,
  );
  const times = scaleOf(
    [...points.map((one) => one.y), ...limit],
    true,
    heightOf(rows.length) / PER_TICK,
  );
  const axes = {
    x: numbers("x", "Arrival rate (messages/s)", rates),
    y: numbers("y", scaleTitle(FIGURES, times), times),
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
      ...only("datum.kind === 'probe'"),
      mark: { type: "point", size: 36, opacity: 0.6, strokeWidth: 1.3 },
      encoding: {
        x,
        y,
        ...look,
        shape: {
          field: "outcome",
          type: "nominal",
          scale: { domain: ["passed", "failed"], range: ["circle", CROSS] },
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
    ...limit.map((ms) => ({
      data: { values: [{ y: ms }] },
      mark: { type: "rule", style: "ink", strokeWidth: 1.5, strokeDash: [2, 3] },
      encoding: { y, description: { value: "" } },
    })),
  ]);
}

/** A cross of two strokes, in the square from −1 to 1. */
const CROSS = "M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8";
