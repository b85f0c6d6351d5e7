/**
 * The summary: the primary metric of every case, the servers side by side.
 *
 * @module
 */

import type {
  CaseDescription,
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../measure/result.ts";
import { compare, type Contender, standings } from "./standings.ts";
import { type Column, type Row, type Table, words } from "./table.ts";
import { oneLine } from "./text.ts";

/** A case of the summary. */
export interface SummaryLine {
  /** The scenario. */
  readonly scenario: ScenarioDescription;
  /** The case. */
  readonly case: CaseDescription;
  /** The scenario's primary metric. */
  readonly metric: MetricDefinition;
  /** The servers, in the order of the result. */
  readonly contenders: readonly Contender[];
}

/** What a figure of the summary is; every report says so beside it. */
export const FIGURE_NOTE =
  "Figures are the median of the rounds; percentiles are read off the merged histogram of all rounds.";

/** What the spread beside a figure is. */
export const SPREAD = "(largest − smallest round) ÷ figure";

/** Which way of a metric is better, in words. */
export function betterInWords(better: MetricDefinition["better"]): string {
  return better === "none" ? "neither is better" : `${better} is better`;
}

/** Compares the servers in every case by its scenario's primary metric. */
export function summarize(result: Result): SummaryLine[] {
  return result.scenarios.flatMap((scenario) => {
    const [metric] = scenario.metrics;
    if (metric === undefined) return [];
    return scenario.cases.map((one) => ({
      scenario,
      case: one,
      metric,
      contenders: compare(standings(result, scenario.id, one.id), metric),
    }));
  });
}

/** The summary as a table: one row per case, then each server's figure, then each server's spread. */
export function summaryTable(result: Result): Table {
  const servers = result.servers.map(({ title }) => oneLine(title));
  const columns: Column[] = [
    { title: "Scenario", kind: "text" },
    { title: "Case", kind: "text" },
    { title: "Metric", kind: "text" },
    { title: "Unit", kind: "text" },
    { title: "Better", kind: "text" },
    ...servers.map((title): Column => ({ title, kind: "number" })),
    ...servers.map((title): Column => ({
      title: `${title} spread`,
      unit: "%",
      kind: "number",
      decimals: 1,
    })),
  ];
  return {
    id: "summary",
    title: "Summary",
    note: `${FIGURE_NOTE} Spread: ${SPREAD}.`,
    columns,
    keyColumns: 2,
    rows: summarize(result).map(summaryRow),
    empty: "The run has no cases.",
  };
}

function summaryRow({ scenario, case: one, metric, contenders }: SummaryLine): Row {
  return [
    words(scenario.title),
    words(one.title),
    words(metric.title),
    words(metric.unit),
    words(betterInWords(metric.better)),
    ...contenders.map(({ cell }) => cell),
    ...contenders.map(({ spread }) => spread),
  ];
}
