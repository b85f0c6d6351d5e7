/** The tables of a scenario, transposed to fit a page: a row for each metric, a column for each server. */

import type { Result, ScenarioDescription } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import type { Verdict } from "../../measure/judge/verdicts.ts";
import { scenarioTable } from "../tables/comparison_tables.ts";
import { outcomeOf } from "../summary/verdicts.ts";
import {
  type Cell,
  type Column,
  EMPTY,
  heading,
  type Table,
  textColumns,
  words,
} from "../tables/table.ts";
import { formatNumber, oneLine } from "../summary/text.ts";

/** The first columns of the table of a scenario, from Case to Rounds completed, are not turned into rows. */
const KEY_COLUMNS = 4;

/** The table of a scenario with a column for each server; counts that are 0 everywhere are left out. */
export function turned(result: Result, scenario: ScenarioDescription): Table {
  const table = scenarioTable(result, scenario);
  const { columns, rows } = table;
  const byCase = [...Map.groupBy(rows, ([one]) => one!.value).values()];
  const servers = largest(byCase.map(({ length }) => length), 0);
  const widest = byCase.find(({ length }) => length === servers) ?? [];
  const metrics = columns.map((column, index) => ({ column, index })).filter(({ column, index }) =>
    index >= KEY_COLUMNS &&
    !(column.kind === "integer" && rows.every((row) => !row[index]!.value))
  );
  return {
    ...table,
    columns: [
      ...textColumns("Case", "Metric"),
      ...widest.map((row): Column => ({ title: String(row[1]!.value ?? ""), kind: "number" })),
    ],
    keyColumns: 2,
    rows: byCase.flatMap((group) =>
      metrics.map(({ column, index }, place): Cell[] => [
        place === 0 ? group[0]![0]! : EMPTY,
        words(heading(column)),
        ...Array.from({ length: servers }, (_, at) => cellAs(group[at]?.[index] ?? EMPTY, column)),
      ])
    ),
  };
}

/** A cell for another column that keeps its format. */
function cellAs(cell: Cell, { kind, decimals }: Column): Cell {
  return { kind, ...(decimals === undefined ? {} : { decimals }), ...cell };
}

/** The evidence for verdicts: ratios with their intervals and p values. */
export function evidence(verdicts: readonly Verdict[]): Table {
  return {
    id: "evidence",
    title: "Verdicts",
    columns: [
      ...textColumns("Case", "Compared", "Metric"),
      { title: "Ratio", kind: "number", decimals: 2 },
      ...textColumns("95 % interval"),
      { title: "p", kind: "probability" },
      { title: "q", kind: "probability" },
      ...textColumns("Verdict"),
    ],
    keyColumns: 2,
    rows: verdicts.map((verdict): Cell[] => {
      const { case: one, server, baseline, metric, judgement } = verdict;
      const names = [
        words(one.title),
        words(`${oneLine(server.title)} ÷ ${oneLine(baseline.title)}`),
        words(metric.title),
      ];
      if ("absent" in judgement) {
        const none: Cell = { value: outcomeOf(verdict), note: oneLine(judgement.absent) };
        return [...names, EMPTY, EMPTY, EMPTY, EMPTY, none];
      }
      const { ratio, interval: { low, high }, p, adjustedP } = judgement;
      return [
        ...names,
        { value: ratio },
        words(`${formatNumber(low, 2)}–${formatNumber(high, 2)}`),
        { value: p },
        { value: adjustedP },
        words(outcomeOf(verdict)),
      ];
    }),
    empty: "Nothing is compared.",
  };
}
