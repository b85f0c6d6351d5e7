/**
 * The servers side by side: the summary with the primary metric of every case, and each scenario in full.
 *
 * @module
 */

import type {
  CaseDescription,
  MetricDefinition,
  Result,
  ScenarioDescription,
} from "../measure/result.ts";
import { namer } from "./names.ts";
import {
  ceiling,
  compare,
  type Contender,
  type Standing,
  standings,
  WRONG_COLUMNS,
  WRONG_WAYS,
  wrongCell,
} from "./standings.ts";
import {
  type Cell,
  type Column,
  EMPTY,
  metricColumn,
  type Row,
  type Table,
  textColumns,
  words,
} from "./table.ts";
import { listed, oneLine } from "./text.ts";

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
  /** The most that the generator drives in this case; empty where that was not measured. */
  readonly ceiling: Cell;
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

/** What a figure that is marked as best must not be taken for. */
export function bestNote({ trials }: Result): string {
  return trials.every(({ round }) => round <= 1)
    ? "one round: differences may be noise"
    : "several when their rounds overlap";
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
      ceiling: ceilingOf(result, scenario, one, metric),
    }));
  });
}

function ceilingOf(
  result: Result,
  { id }: ScenarioDescription,
  one: CaseDescription,
  metric: MetricDefinition,
): Cell {
  const reference = ceiling(result, id, one.id);
  return reference === undefined ? EMPTY : compare([reference], metric)[0]!.cell;
}

/** What the column of ceilings is. */
export const CEILING_NOTE =
  "Ceiling: the most that the client drives here, against wsmark's own reference server.";

/** Which client made the figures: `Client: Wire (epoll).`, or which one for which servers. */
export function clientNote(result: Result): string {
  const { engine } = result.settings;
  const byClient = result.clients.flatMap(({ id, title }) => {
    const driven = result.servers.filter((server) =>
      result.trials.some((trial) => trial.client === id && trial.server === server.id)
    );
    if (driven.length === 0) return [];
    const name = id === "wire" ? `${oneLine(title)} (${engine.id})` : oneLine(title);
    return [{ name, servers: listed(driven.map((server) => oneLine(server.title))) }];
  });
  const [only, ...others] = byClient;
  if (only === undefined) return "";
  if (others.length === 0) return `Client: ${only.name}.`;
  return `Clients: ${byClient.map(({ name, servers }) => `${name} for ${servers}`).join("; ")}.`;
}

/** The summary as a table: one row per case, then each server's figure, then each server's spread. */
export function summaryTable(result: Result): Table {
  const servers = result.servers.map(({ title }) => oneLine(title));
  const hasCeiling = result.reference !== undefined;
  return {
    id: "summary",
    title: "Summary",
    note: [
      FIGURE_NOTE,
      `Spread: ${SPREAD}.`,
      clientNote(result),
      hasCeiling ? CEILING_NOTE : "",
    ].filter((part) => part !== "").join(" "),
    bestNote: bestNote(result),
    columns: [
      ...textColumns("Scenario", "Case", "Metric", "Unit", "Better"),
      ...servers.map((title): Column => ({ title, kind: "number" })),
      ...(hasCeiling ? [{ title: "Ceiling", kind: "number" } as const] : []),
      ...servers.map((title): Column => (
        { title: `${title} spread`, unit: "%", kind: "number", decimals: 1 }
      )),
    ],
    keyColumns: 2,
    rows: summarize(result).map(({ scenario, case: one, metric, contenders, ceiling }) => [
      words(scenario.title),
      words(one.title),
      words(metric.title),
      words(metric.unit),
      words(betterInWords(metric.better)),
      ...contenders.map(({ cell }) => cell),
      ...(hasCeiling ? [ceiling] : []),
      ...contenders.map(({ spread }) => spread),
    ]),
    empty: "The run has no cases.",
  };
}

/**
 * The table of a scenario: every metric, one row per case and server.
 *
 * @param result the run
 * @param scenario one of its scenarios
 */
export function scenarioTable(result: Result, scenario: ScenarioDescription): Table {
  return {
    id: scenario.id,
    title: scenario.title,
    bestNote: bestNote(result),
    columns: [
      ...textColumns("Case", "Server", "Client"),
      { title: "Rounds completed", kind: "integer" },
      { title: "Rounds failed", kind: "integer" },
      ...scenario.metrics.map(metricColumn),
      ...WRONG_COLUMNS,
    ],
    keyColumns: 2,
    rows: scenario.cases.flatMap((one) => {
      const servers = standings(result, scenario.id, one.id);
      const reference = ceiling(result, scenario.id, one.id);
      const all = reference === undefined ? servers : [...servers, reference];
      const byMetric = scenario.metrics.map((metric) => [
        ...compare(servers, metric),
        ...(reference === undefined ? [] : compare([reference], metric)),
      ]);
      return all.map((standing, index): Row => [
        words(one.title),
        words(standing.server.title),
        words(listed(clientsOf(result, standing))),
        { value: standing.completed.length },
        failedCell(standing),
        ...byMetric.map((contenders) => metricCell(standing, contenders[index]!.cell)),
        ...WRONG_WAYS.map((way) =>
          standing.completed.length === 0 ? EMPTY : wrongCell(standing.wrong[way])
        ),
      ]);
    }),
    empty: "The scenario has no cases, or the run has no servers.",
  };
}

function clientsOf(result: Result, { trials }: Standing): string[] {
  const name = namer(result);
  return [...new Set(trials.map((trial) => name(trial).client))];
}

function failedCell({ trials, completed }: Standing): Cell {
  const failed = trials.length - completed.length;
  return failed === 0 ? { value: 0 } : { value: failed, mark: "failed" };
}

/** The row's last columns say what was wrong, so its figures need no note of it. */
function metricCell(standing: Standing, cell: Cell): Cell {
  if (standing.mark !== "wrong" || cell.value === null) return cell;
  const { note: _, ...rest } = cell;
  return rest;
}
