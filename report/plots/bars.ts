/** Bars of a metric: a group for each case, a bar for each server with its interval. */

import { type Aggregate, aggregate } from "../../measure/judge/aggregate.ts";
import { cpuMetricOf } from "../../measure/judge/verdicts.ts";
import {
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
} from "../../measure/model/result.ts";
import { largest, smallest } from "../../measure/statistics/statistics.ts";
import { type Standing, standings } from "../summary/standings.ts";
import { decimalsOf, formatNumber } from "../summary/text.ts";
import { facetByCase, numbers } from "./axes.ts";
import {
  axisTitle,
  basisOf,
  cut,
  distinct,
  endsOf,
  figureText,
  leaveOut,
  type LeftOut,
  NUMBERS,
  omissions,
  type Plot,
  plotOf,
  type Plotter,
  rounded,
  type Spec,
  varies,
  type Words,
} from "./chart.ts";
import { namesOf, serverEncoding } from "./theme.ts";

/** Bars of the primary metric of a scenario that is not drawn as lines. */
export const primaryBars: Plotter = (result, scenario) => {
  const [metric] = scenario.metrics;
  if (metric === undefined || varies(scenario, "connections") || varies(scenario, "rate")) {
    return [];
  }
  return [barsOf(result, scenario, metric, { kind: "bars", title: scenario.question })];
};

/** Bars of the CPU time for a message or a handshake, of a scenario that is not drawn as lines. */
export const cpuBars: Plotter = (result, scenario) => {
  const metric = cpuMetricOf(scenario);
  if (metric === undefined || metric === scenario.metrics[0] || varies(scenario, "connections")) {
    return [];
  }
  const unit = metric.id.endsWith("handshake") ? "handshake" : "message";
  const title = `How much CPU time does a ${unit} cost the server?`;
  return [barsOf(result, scenario, metric, { kind: "cpu", title })];
};

/** Height of a bar with its gap, in pixels. */
const STEP = 20;
const CASE_LENGTH = 80;
/** Room for the figure after the longest bar, as a factor. */
const ROOM = 1.2;

/** A bar, or a text instead of it. */
interface Bar {
  readonly case: string;
  readonly server: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Position at which its text begins. */
  readonly end: number;
  /** Its figure, or in a word or two why there is none. */
  readonly text: string;
  /** Its interval in words; empty if there is none. */
  readonly range: string;
  readonly label: string;
}

/** The cases of a scenario as unique headings. */
export function caseNames({ cases }: ScenarioDescription): string[] {
  return distinct(cases.map(({ title }) => cut(title, CASE_LENGTH)), CASE_LENGTH);
}

/** Draws a metric in every case of a scenario; undefined if no server has a sound figure. */
export function barsOf(
  result: Result,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
  { kind, title }: Pick<Words, "kind" | "title">,
): Plot | undefined {
  const names = namesOf(result);
  const cases = caseNames(scenario);
  const leftOut: LeftOut[] = [];
  const said: string[] = [];
  const bars = scenario.cases.flatMap((one, place) => {
    const name = cases[place]!;
    const own = standings(result, scenario.id, one.id).map((standing): Bar => {
      const figure = aggregate(standing.trials, metric);
      const base = { case: name, server: names.get(standing.server.id)! };
      const reason = standing.reason ??
        (isMeasured(figure.value) ? undefined : figure.value.absent);
      if (reason !== undefined) leftOut.push(leaveOut(standing.server.title, reason));
      return { ...base, ...barOf(base.server, figure, metric, reason, standing) };
    });
    const drawn = own.filter(({ value }) => value !== null);
    if (drawn.length > 0) said.push(`${name}: ${drawn.map(spokenBar).join(", ")}.`);
    return own;
  });
  if (said.length === 0) return undefined;
  const hasIntervals = bars.some(({ low }) => low !== null);
  const name = axisTitle(metric);
  return plotOf(result, {
    section: scenario.id,
    kind,
    title,
    note: [
      basisOf(result, scenario, metric, "Bars"),
      ...(hasIntervals ? ["Line across the end: its 95 % interval."] : []),
    ],
    alt: [
      `${name}${hasIntervals ? ", 95 % intervals in brackets" : ""}.`,
      ...said,
      ...omissions(leftOut),
    ],
  }, specOf(result, bars, cases, name));
}

/** A bar in a list of figures. */
function spokenBar({ server, text, range }: Bar): string {
  return `${server} ${text}${range === "" ? "" : ` (${range})`}`;
}

function barOf(
  name: string,
  { value, interval }: Aggregate,
  metric: MetricDefinition,
  reason: string | undefined,
  { mark }: Standing,
): Omit<Bar, "case" | "server"> {
  if (reason !== undefined || !isMeasured(value)) {
    const text = mark === "wrong" ? "wrong replies" : mark === "failed" ? "failed" : "not measured";
    const label = `${name}: ${text}`;
    return { value: null, ...endsOf(undefined), end: 0, text, range: "", label };
  }
  const decimals = metric.decimals ?? decimalsOf(value);
  const range = interval === undefined
    ? ""
    : `${formatNumber(interval.low, decimals)} to ${formatNumber(interval.high, decimals)}`;
  const inBrackets = range === "" ? "" : ` (95 % interval ${range})`;
  return {
    value: rounded(value),
    ...endsOf(interval),
    end: rounded(Math.max(0, value, interval?.high ?? value)),
    text: formatNumber(value, decimals),
    range,
    label: `${name}: ${figureText(value, metric)}${inBrackets}`,
  };
}

function specOf(
  result: Result,
  bars: readonly Bar[],
  cases: readonly string[],
  title: string,
): Spec {
  const most = largest(bars.map(({ end }) => end));
  const least = smallest(bars.flatMap(({ value, low }) => [value ?? 0, low ?? 0]), 0);
  const scale = { domain: [least, most === 0 ? 1 : most * ROOM], nice: false };
  const at = (field: string): Spec =>
    numbers(field, title, { scale, axis: { format: NUMBERS, tickCount: 6 } });
  const drawn = [{ filter: "datum.value !== null" }];
  const known = [{ filter: "datum.low !== null" }];
  const interval = { x: at("low"), x2: { field: "high" } };
  return facetByCase(result, bars, cases, {
    height: { step: STEP },
    layer: [
      {
        transform: drawn,
        mark: { type: "bar", height: { band: 0.7 } },
        encoding: {
          x: at("value"),
          ...serverEncoding(result, []),
          description: { field: "label" },
        },
      },
      ...([["halo", 4], ["ink", 1.5]] as const).map(([style, strokeWidth]) => ({
        transform: known,
        mark: { type: "rule", style, strokeWidth, aria: false },
        encoding: interval,
      })),
      ...["low", "high"].map((end) => ({
        transform: known,
        mark: { type: "tick", style: "ink", thickness: 1.5, size: 8, opacity: 1, aria: false },
        encoding: { x: at(end) },
      })),
      ...[
        { style: "figure", transform: drawn },
        { style: "note", transform: [{ filter: "datum.value === null" }] },
      ].map(({ style, transform }) => ({
        transform,
        mark: { type: "text", style, align: "left", dx: 6, aria: false },
        encoding: { x: at("end"), text: { field: "text" } },
      })),
    ],
  });
}
