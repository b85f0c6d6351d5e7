/** The servers side by side: a summary by the primary metric of every case, and each scenario in full. */

import type { Result, ScenarioDescription } from "../../measure/model/result.ts";
import { WRONG_WAYS } from "../../measure/record/wrong_replies.ts";
import { namer, titleOf } from "../summary/names.ts";
import {
  ceiling,
  ceilingCell,
  compare,
  type Standing,
  standings,
  WRONG_COLUMNS,
  wrongCell,
  wrongServers,
} from "../summary/standings.ts";
import {
  bestNote,
  betterInWords,
  ceilingNote,
  clientNote,
  type Entry,
  FIGURE_NOTE,
} from "../summary/lines.ts";
import { summaryOf } from "../summary/summary.ts";
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
import { listed, oneLine } from "../summary/text.ts";
import { signOf } from "../summary/verdicts.ts";

/** What the ends of intervals are. */
export const INTERVAL_NOTE =
  "Low and high: the 95 % interval, by Student's t of the logarithms of the rounds' figures.";

/**
 * The summary as a table: a row for each case, with the figure and then the interval of each server.
 *
 * @param withIntervals whether to show intervals, if there are any
 */
export function summaryTable(result: Result, withIntervals: boolean = true): Table {
  const servers = result.servers.map(({ title }) => oneLine(title));
  const { lines } = summaryOf(result);
  const hasCeiling = result.reference !== undefined;
  const hasIntervals = withIntervals &&
    lines.some(({ primary }) => primary.entries.some(({ interval }) => interval !== undefined));
  return {
    id: "summary",
    title: "Summary",
    note: [
      FIGURE_NOTE,
      ...(hasIntervals ? [INTERVAL_NOTE] : []),
      clientNote(result),
      ceilingNote(result, hasCeiling),
    ].filter((part) => part !== "").join(" "),
    bestNote: bestNote(result),
    ...(lines.some(({ primary }) => primary.entries.some(({ verdict }) => signOf(verdict).sign)) &&
      { signNote: `better or worse than ${titleOf(result, result.settings.baseline)}` }),
    columns: [
      ...textColumns("Scenario", "Case", "Metric", "Unit", "Better"),
      ...servers.map((title): Column => ({ title, kind: "number" })),
      ...(hasCeiling ? [{ title: "Ceiling", kind: "number" } as const] : []),
      ...(hasIntervals ? servers.flatMap(intervalColumns) : []),
    ],
    keyColumns: 2,
    rows: lines.map(({ scenario, case: one, primary: { metric, entries }, ceiling }) => [
      words(scenario.title),
      words(one.title),
      words(metric.title),
      words(metric.unit),
      words(betterInWords(metric.better)),
      ...entries.map(({ cell, verdict }) => ({ ...cell, ...signOf(verdict) })),
      ...(hasCeiling ? [ceiling] : []),
      ...(hasIntervals ? entries.flatMap(intervalCells) : []),
    ]),
    empty: "The run has no cases.",
  };
}

function intervalColumns(server: string): Column[] {
  return ["low", "high"].map((end) => ({ title: `${server} ${end}`, kind: "number" }));
}

function intervalCells({ cell, interval }: Entry): [Cell, Cell] {
  if (interval === undefined) {
    const none = cell.value === null
      ? EMPTY
      : { value: null, note: "too few rounds for an interval" };
    return [none, none];
  }
  const decimals = cell.decimals === undefined ? {} : { decimals: cell.decimals };
  return [{ value: interval.low, ...decimals }, { value: interval.high, ...decimals }];
}

/** The table of a scenario: every metric, with a row for each case and server. */
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
    rows: scenarioRows(result, scenario),
    empty: "The scenario has no cases, or the run has no servers.",
  };
}

function scenarioRows(result: Result, { id, cases, metrics }: ScenarioDescription): Row[] {
  const servers = cases.map((one) => standings(result, id, one.id));
  // The reference only shows the ceiling: it competes with nobody.
  const references = cases.map((one): Standing[] => {
    const reference = ceiling(result, id, one.id);
    return reference === undefined ? [] : [reference];
  });
  const byMetric = metrics.map((metric) => {
    const competing = compare(
      servers.map((standings) => ({ metric, standings })),
      wrongServers(result),
    );
    return cases.map((_, place) => [
      ...competing[place]!.map(({ cell }) => cell),
      ...references[place]!.map((one) => ceilingCell(one, metric)),
    ]);
  });
  return cases.flatMap((one, place) =>
    [...servers[place]!, ...references[place]!].map((standing, index): Row => [
      words(one.title),
      words(standing.server.title),
      words(listed(clientsOf(result, standing))),
      { value: standing.completed.length },
      failedCell(standing),
      ...byMetric.map((figures) => metricCell(standing, figures[place]![index]!)),
      ...WRONG_WAYS.map((way) =>
        standing.completed.length === 0 ? EMPTY : wrongCell(standing.wrong[way])
      ),
    ])
  );
}

function clientsOf(result: Result, { trials }: Standing): string[] {
  const name = namer(result);
  return [...new Set(trials.map((trial) => name(trial).client))];
}

function failedCell({ trials, completed }: Standing): Cell {
  const failed = trials.length - completed.length;
  return failed === 0 ? { value: 0 } : { value: failed, mark: "failed" };
}

/** The last columns of the row say what was wrong, so its figures need no note. */
function metricCell(standing: Standing, cell: Cell): Cell {
  if (standing.mark !== "wrong" || cell.value === null) return cell;
  const { note: _, ...rest } = cell;
  return rest;
}
