/**
 * A scenario in full: every metric of every case on every server.
 *
 * @module
 */

import type { Result, ScenarioDescription } from "../measure/result.ts";
import { namer, type Names } from "./names.ts";
import { compare, type Standing, standings, WRONG_WAYS } from "./standings.ts";
import { type Cell, type Column, type Row, type Table, words } from "./table.ts";
import { listed } from "./text.ts";

const WRONG_COLUMNS: readonly Column[] = [
  { title: "Lost", kind: "integer" },
  { title: "Duplicated", kind: "integer" },
  { title: "Reordered", kind: "integer" },
  { title: "Corrupted", kind: "integer" },
];

/**
 * The table of a scenario: one row per case and server.
 *
 * @param result the run
 * @param scenario one of its scenarios
 */
export function scenarioTable(result: Result, scenario: ScenarioDescription): Table {
  const name = namer(result);
  return {
    id: scenario.id,
    title: scenario.title,
    columns: [
      { title: "Case", kind: "text" },
      { title: "Server", kind: "text" },
      { title: "Client", kind: "text" },
      { title: "Rounds completed", kind: "integer" },
      { title: "Rounds failed", kind: "integer" },
      ...scenario.metrics.map(({ title, unit, decimals }): Column => ({
        title,
        unit,
        kind: "number",
        ...(decimals === undefined ? {} : { decimals }),
      })),
      ...WRONG_COLUMNS,
    ],
    keyColumns: 2,
    rows: scenario.cases.flatMap((one) =>
      caseRows(standings(result, scenario.id, one.id), scenario, one.title, name)
    ),
    empty: "The scenario has no cases, or the run has no servers.",
  };
}

function caseRows(
  all: readonly Standing[],
  scenario: ScenarioDescription,
  title: string,
  name: ReturnType<typeof namer>,
): Row[] {
  const byMetric = scenario.metrics.map((metric) => compare(all, metric));
  return all.map((standing, index) => [
    words(title),
    words(standing.server.title),
    words(listed(clientsOf(standing, name))),
    { value: standing.completed.length },
    failedCell(standing),
    ...byMetric.map((contenders) => metricCell(standing, contenders[index]!.cell)),
    ...WRONG_WAYS.map((way) => wrongCell(standing, way)),
  ]);
}

function clientsOf(
  standing: Standing,
  name: (trial: Standing["trials"][number]) => Names,
): string[] {
  return [...new Set(standing.trials.map((trial) => name(trial).client))];
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

function wrongCell({ completed, wrong }: Standing, way: typeof WRONG_WAYS[number]): Cell {
  if (completed.length === 0) return { value: null };
  return wrong[way] === 0 ? { value: 0 } : { value: wrong[way], mark: "wrong" };
}
