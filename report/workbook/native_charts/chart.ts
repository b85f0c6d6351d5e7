/** A chart that the spreadsheet draws itself from cells: what it shows, and the rows of its cells. */

import { aggregate } from "../../../measure/judge/aggregate.ts";
import {
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
} from "../../../measure/model/result.ts";
import { largest } from "../../../measure/statistics/statistics.ts";
import { isWide } from "../../plots/parts/axes.ts";
import { axisTitle, leaveOut, type LeftOut, omissions, roundsOf } from "../../plots/chart.ts";
import { betterInWords } from "../../summary/lines.ts";
import { standings } from "../../summary/standings.ts";
import { decimalsOf, formatNumber, oneLine } from "../../summary/text.ts";

/** A row of a chart's cells. */
export interface ChartRow {
  /** What comes first: the case of a bar, the server of a line. */
  readonly group: string;
  /** Its place within the group: the server of a bar, what a line is drawn against. */
  readonly place: string | number;
  /** In the metric's unit; null if there is none, for a place that a line must have. */
  readonly value: number | null;
  /** How far the ends of the 95 % interval are from the value; undefined if there is none. */
  readonly error: { readonly minus: number; readonly plus: number } | undefined;
  /** Index of the server in the result, for its colour. */
  readonly server: number;
}

/** An axis with numbers. */
export interface Axis {
  readonly title: string;
  /** Base of its logarithm; undefined if it is linear and begins at zero. */
  readonly base: 2 | 10 | undefined;
}

/**
 * How the rows are drawn: a bar for each; a line for each group against numbers; or a line for each group against names.
 */
export type Shape = "bars" | "lines" | "steps";

/** A chart with the rows that it draws; all texts are on one line. */
export interface NativeChart {
  /** Id of the scenario. */
  readonly section: string;
  /** Title of the scenario. */
  readonly scenario: string;
  /** What it shows within the section; a plot of that kind need not be shown as a picture. */
  readonly kind: string;
  readonly shape: Shape;
  readonly title: string;
  /** How to read it: a sentence or two. */
  readonly note: string;
  /** What it shows, for readers who cannot see it. */
  readonly alt: string;
  /** Headings of the cells of group and place. */
  readonly headings: readonly [group: string, place: string];
  /** The axis of places; its base does not matter unless places are numbers. */
  readonly x: Axis;
  /** The axis of values. */
  readonly y: Axis;
  /** Decimals of the values. */
  readonly decimals: number;
  /** At least one; those of a group follow one another. */
  readonly rows: readonly ChartRow[];
}

/** Makes the charts of one kind for a scenario; none if no server has a sound figure. */
export type Charter = (result: Result, scenario: ScenarioDescription) => readonly NativeChart[];

/** A figure of a server in a case. */
export interface CaseFigure extends Pick<ChartRow, "value" | "error" | "server"> {
  readonly title: string;
}

/** The figures of the servers that replied correctly, and why others have none. */
export function figuresOf(
  result: Result,
  scenario: ScenarioDescription,
  caseId: string,
  metric: MetricDefinition,
): { figures: CaseFigure[]; leftOut: LeftOut[] } {
  const figures: CaseFigure[] = [];
  const leftOut: LeftOut[] = [];
  standings(result, scenario.id, caseId).forEach(({ server, trials, reason }, index) => {
    const { value, interval } = aggregate(trials, metric);
    const why = reason ?? (isMeasured(value) ? undefined : value.absent);
    if (why !== undefined || !isMeasured(value)) {
      leftOut.push(leaveOut(server.title, why ?? ""));
      return;
    }
    const error = interval && { minus: value - interval.low, plus: interval.high - value };
    figures.push({ title: oneLine(server.title), value, error, server: index });
  });
  return { figures, leftOut };
}

/** What a kind of chart decides itself. */
interface Parts extends Pick<NativeChart, "kind" | "shape" | "title" | "headings" | "x" | "rows"> {
  readonly metric: MetricDefinition;
  /** What the note says first. */
  readonly about?: string;
  readonly leftOut: readonly LeftOut[];
}

/** Completes a chart, if it has a figure to draw. */
export function chartOf(
  result: Result,
  scenario: ScenarioDescription,
  { kind, shape, title, headings, x, rows, metric, about, leftOut }: Parts,
): NativeChart[] {
  const values = rows.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return [];
  const hasErrors = rows.some(({ error }) => error !== undefined);
  const isLog = shape !== "bars" && isWide(values.concat(lowsOf(rows)));
  const decimals = metric.decimals ?? largest(values.map(decimalsOf));
  const yTitle = `${axisTitle(metric)}${isLog ? ", log scale" : ""}`;
  return [{
    section: scenario.id,
    scenario: oneLine(scenario.title),
    kind,
    shape,
    title: oneLine(title),
    note: oneLine([
      ...(about === undefined ? [] : [about]),
      `Geometric mean of ${roundsOf(result, scenario)}; ${betterInWords(metric.better)}.`,
      ...(hasErrors ? ["Lines across: the 95 % interval."] : []),
      ...omissions(leftOut),
    ].join(" ")),
    alt: oneLine([
      `${axisTitle(metric)}${hasErrors ? ", 95 % intervals in brackets" : ""}.`,
      ...[...Map.groupBy(rows, ({ group }) => group)].map(([group, own]) =>
        `${group}: ${own.flatMap(spokenRow).join(", ")}.`
      ),
      ...omissions(leftOut),
    ].join(" ")),
    headings,
    x,
    y: { title: yTitle, base: isLog ? 10 : undefined },
    decimals,
    rows,
  }];
}

function lowsOf(rows: readonly ChartRow[]): number[] {
  return rows.flatMap(({ value, error }) =>
    value === null || error === undefined ? [] : value - error.minus
  );
}

/** A row in a list of figures, with as many digits as it needs. */
function spokenRow({ place, value, error }: ChartRow): string[] {
  if (value === null) return [];
  const decimals = decimalsOf(value);
  const range = error === undefined
    ? ""
    : ` (${formatNumber(value - error.minus, decimals)} to ${
      formatNumber(value + error.plus, decimals)
    })`;
  const name = typeof place === "number" ? formatNumber(place, 0) : place;
  return [`${name} ${formatNumber(value, decimals)}${range}`];
}
