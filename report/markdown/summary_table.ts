/** The servers side by side by the primary metric of each case: few as columns, many as rows. */

import type { MetricDefinition, Result } from "../../measure/model/result.ts";
import { bestNote, betterInWords, type SummaryLine } from "../summary/lines.ts";
import { oneLine } from "../summary/text.ts";
import { serverCells, serverColumns } from "../tables/field_table.ts";
import { type Cell, type Column, EMPTY, type Table, textColumns, words } from "../tables/table.ts";
import { withDetail } from "./phrases.ts";

/** A row for each case, a column for each server. */
export function serversAcross(
  result: Result,
  lines: readonly SummaryLine[],
  hasCeiling: boolean,
  withIntervals: boolean,
): Table {
  return {
    ...about(result),
    columns: [
      ...textColumns("Scenario", "Case", "Metric"),
      ...result.servers.map(({ title }) => numbers(title)),
      ...(hasCeiling ? [numbers("Ceiling")] : []),
    ],
    keyColumns: 2,
    rows: lines.map(({ scenario, case: one, primary: { metric, entries }, ceiling }) => [
      words(scenario.title),
      words(one.title),
      words(nameOf(metric)),
      ...entries.map((entry) => ({ ...entry.cell, value: withDetail(entry, withIntervals) })),
      ...(hasCeiling ? [ceiling] : []),
    ]),
  };
}

/** A row for each server, and one for the ceiling; a column for each case. */
export function serversDown(
  result: Result,
  lines: readonly SummaryLine[],
  withIntervals: boolean,
): Table {
  const ceilings = lines.map(({ ceiling }) => ceiling);
  return {
    ...about(result),
    columns: [
      ...serverColumns(result),
      ...lines.map(({ scenario, case: one, primary: { metric } }) =>
        numbers(
          [scenario.title, one.title, nameOf(metric)].filter((part) => part !== "").join(": "),
        )
      ),
    ],
    keyColumns: 1,
    rows: [
      ...result.servers.map((_, place): Cell[] => [
        ...serverCells(result, place),
        ...lines.map(({ primary: { entries } }) => {
          const entry = entries[place]!;
          return { ...entry.cell, value: withDetail(entry, withIntervals) };
        }),
      ]),
      ...(ceilings.some(({ value }) => value !== null)
        ? [[
          words("Ceiling"),
          ...serverColumns(result).slice(1).map(() => EMPTY),
          ...ceilings,
        ]]
        : []),
    ],
  };
}

/** The CPU time of many servers, a row for each; undefined if no case has any. */
export function cpuDown(result: Result, lines: readonly SummaryLine[]): Table | undefined {
  const own = lines.flatMap(({ cpu, ...line }) =>
    cpu === undefined ? [] : [{ ...line, cpu, primary: cpu, ceiling: EMPTY }]
  );
  if (own.length === 0) return undefined;
  return { ...serversDown(result, own, false), id: "cpu", title: "CPU time" };
}

function about(result: Result): Pick<Table, "id" | "title" | "bestNote" | "empty"> {
  return { id: "summary", title: "Summary", bestNote: bestNote(result), empty: "" };
}

function numbers(title: string): Column {
  return { title: oneLine(title), kind: "number" };
}

/** `Rate, messages/s (higher is better)`. */
function nameOf({ title, unit, better }: MetricDefinition): string {
  return `${title}${unit === "" ? "" : `, ${unit}`} (${betterInWords(better)})`;
}
