/**
 * Bars of a metric: a group for each case, a bar for each server, with the interval of its rounds.
 *
 * @module
 */

import { type Aggregate, aggregate } from "../../measure/judge/aggregate.ts";
import {
  type CaseDescription,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
} from "../../measure/model/result.ts";
import { type Standing, standings } from "../summary/standings.ts";
import { betterInWords } from "../summary/lines.ts";
import { decimalsOf, formatNumber, oneLine } from "../summary/text.ts";
import {
  leaveOut,
  type LeftOut,
  NUMBERS,
  omissions,
  plotOf,
  roundsOf,
  type Words,
} from "./chart.ts";
import { namesOf, serverEncoding } from "./palette.ts";
import { facetByCase } from "./rows.ts";
import type { Plot } from "./types.ts";
import { cut, distinct, figureText, rounded } from "./words.ts";

/** Height of a bar with its gap, in pixels. */
const STEP = 20;
const CASE_LENGTH = 80;
/** What the figure behind the longest bar needs of the width. */
const ROOM = 1.2;

/** A bar, or what stands in its place. */
interface Bar {
  readonly case: string;
  readonly server: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Where its text begins. */
  readonly end: number;
  /** Its figure, or why there is none in a word or two. */
  readonly text: string;
  /** Its interval in words; empty where there is none. */
  readonly range: string;
  /** All of it in words. */
  readonly label: string;
}

/** The cases of a scenario as headings, each different. */
export function caseNames({ cases }: ScenarioDescription): string[] {
  return distinct(cases.map(({ title }) => cut(title, CASE_LENGTH)), CASE_LENGTH);
}

/**
 * Draws a metric of every case of a scenario.
 *
 * @returns undefined where no server has a sound figure
 */
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
    const own = figures(result, scenario, one, metric).map(({ standing, figure }): Bar => {
      const base = { case: name, server: names.get(standing.server.id)! };
      const reason = standing.reason ??
        (isMeasured(figure.value) ? undefined : figure.value.absent);
      if (reason !== undefined) leftOut.push(leaveOut(standing.server.title, reason));
      return { ...base, ...barOf(base.server, figure, metric, reason, standing) };
    });
    const drawn = own.filter(({ value }) => value !== null);
    if (drawn.length > 0) said.push(`${name}: ${drawn.map(inAlt).join(", ")}.`);
    return own;
  });
  if (said.length === 0) return undefined;
  const hasIntervals = bars.some(({ low }) => low !== null);
  const unit = metric.unit === "" ? "" : ` (${oneLine(metric.unit)})`;
  return plotOf(result, {
    section: scenario.id,
    kind,
    title,
    note: [
      metric.pooled === undefined
        ? `Bars: median of ${roundsOf(result, scenario)};`
        : `Bars: ${roundsOf(result, scenario)} merged;`,
      `${betterInWords(metric.better)}.`,
      ...(hasIntervals
        ? [
          metric.pooled === undefined
            ? "Line across the end: its 95 % interval."
            : "Line across the end: 95 % interval of the median of the rounds.",
        ]
        : []),
    ],
    alt: [
      `${oneLine(metric.title)}${unit}${hasIntervals ? ", 95 % intervals in brackets" : ""}.`,
      ...said,
      ...omissions(leftOut),
    ],
  }, specOf(result, bars, cases, `${oneLine(metric.title)}${unit}`));
}

/** A bar in a list of figures. */
function inAlt({ server, text, range }: Bar): string {
  return `${server} ${text}${range === "" ? "" : ` (${range})`}`;
}

function figures(
  result: Result,
  { id }: ScenarioDescription,
  one: CaseDescription,
  metric: MetricDefinition,
): { standing: Standing; figure: Aggregate }[] {
  return standings(result, id, one.id).map((standing) => (
    { standing, figure: aggregate(standing.trials, metric) }
  ));
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
    return {
      value: null,
      low: null,
      high: null,
      end: 0,
      text,
      range: "",
      label: `${name}: ${text}`,
    };
  }
  const decimals = metric.decimals ?? decimalsOf(value);
  const range = interval === undefined
    ? ""
    : `${formatNumber(interval.low, decimals)} to ${formatNumber(interval.high, decimals)}`;
  const inBrackets = range === "" ? "" : ` (95 % interval ${range})`;
  return {
    value: rounded(value),
    low: interval === undefined ? null : rounded(interval.low),
    high: interval === undefined ? null : rounded(interval.high),
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
): Record<string, unknown> {
  const most = Math.max(...bars.map(({ end }) => end));
  const least = Math.min(0, ...bars.flatMap(({ value, low }) => [value ?? 0, low ?? 0]));
  const scale = { domain: [least, most === 0 ? 1 : most * ROOM], nice: false };
  const at = (field: string): Record<string, unknown> => ({
    field,
    type: "quantitative",
    title,
    scale,
    axis: { format: NUMBERS, tickCount: 6 },
  });
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
      {
        transform: known,
        mark: { type: "rule", style: "halo", strokeWidth: 4, aria: false },
        encoding: interval,
      },
      {
        transform: known,
        mark: { type: "rule", style: "ink", strokeWidth: 1.5, aria: false },
        encoding: interval,
      },
      ...["low", "high"].map((end) => ({
        transform: known,
        mark: { type: "tick", style: "ink", thickness: 1.5, size: 8, opacity: 1, aria: false },
        encoding: { x: at(end) },
      })),
      {
        transform: drawn,
        mark: { type: "text", style: "figure", align: "left", dx: 6, aria: false },
        encoding: { x: at("end"), text: { field: "text" } },
      },
      {
        transform: [{ filter: "datum.value === null" }],
        mark: { type: "text", style: "note", align: "left", dx: 6, aria: false },
        encoding: { x: at("end"), text: { field: "text" } },
      },
    ],
  });
}
