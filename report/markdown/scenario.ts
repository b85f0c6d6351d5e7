/** The tables of a scenario, laid out to fit a page: few servers are columns, many are rows. */

import type { Result, ScenarioDescription } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { cpuMetricOf, type Verdict } from "../../measure/judge/verdicts.ts";
import { scenarioTable } from "../tables/comparison_tables.ts";
import { outcomeOf, tally } from "../summary/verdicts.ts";
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
import { MOST_COLUMNS } from "./phrases.ts";

/** The figures of a scenario with the servers as columns, or as rows if there are many. */
export function figuresTable(result: Result, scenario: ScenarioDescription): Table {
  return result.servers.length > MOST_COLUMNS
    ? upright(result, scenario)
    : turned(result, scenario);
}

/** Metrics that are kept of a scenario with many. */
const FIRST_METRICS = 6;

/** The scenario with its first metrics and CPU time alone. */
export function firstMetrics(scenario: ScenarioDescription): ScenarioDescription {
  const cpu = cpuMetricOf(scenario);
  const metrics = scenario.metrics.filter((one, index) => index < FIRST_METRICS || one === cpu);
  return { ...scenario, metrics };
}

/** The table of a scenario with a row for each case and server, without what is the same in all of them. */
export function upright(result: Result, scenario: ScenarioDescription): Table {
  const table = scenarioTable(result, scenario);
  const { columns, rows } = table;
  const isShown = columns.map(({ kind }, index) =>
    index < 2 || index >= KEY_COLUMNS &&
      !(kind === "integer" && rows.every((row) => !row[index]!.value))
  );
  return {
    ...table,
    columns: columns.filter((_, index) => isShown[index]),
    rows: rows.map((row, place) =>
      row.filter((_, index) => isShown[index]).map((cell, index) =>
        index === 0 && cell.value === rows[place - 1]?.[0]?.value ? EMPTY : cell
      )
    ),
  };
}

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

/** The verdicts of a scenario, a sentence a metric: `Rate against Deno.serve: worse: ws, Bun.serve; better: hono.` */
export function outcomes(verdicts: readonly Verdict[]): string[] {
  return [...Map.groupBy(verdicts, ({ aspect }) => aspect).values()].map((own) => {
    const [{ metric, baseline }] = own as [Verdict];
    const byServer = [...Map.groupBy(own, ({ server }) => server)]
      .map(([server, its]) => ({ title: oneLine(server.title), outcome: outcomeInShort(its) }));
    const said = [...Map.groupBy(byServer, ({ outcome }) => outcome)].map(([outcome, those]) =>
      `${outcome}: ${
        those.length > MOST_NAMED
          ? `${those.length} servers`
          : those.map(({ title }) => title).join(", ")
      }`
    );
    return `${oneLine(metric.title)} against ${oneLine(baseline.title)}: ${said.join("; ")}.`;
  });
}

/** More servers of the same outcome are counted. */
const MOST_NAMED = 8;

/** `worse`; of several cases `worse in 2 of 5 cases, not told apart in 3`. */
function outcomeInShort(verdicts: readonly Verdict[]): string {
  return tally(verdicts).replace(/ in 1 of 1 case$/, "");
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
