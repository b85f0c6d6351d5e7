/** The section of a scenario: what it means, its plots, one short table, and folded all the rest. */

import type { Result, ScenarioDescription } from "../../measure/model/result.ts";
import { cpuMetricOf } from "../../measure/judge/verdicts.ts";
import { differenceSentences, EXPLAINED_NOTE } from "../summary/explained/explained.ts";
import { WRONG_COLUMNS } from "../summary/standings.ts";
import type { ScenarioSummary } from "../summary/summary.ts";
import { counted, oneLine } from "../summary/text.ts";
import { heading, metricColumn, type Row, type Section, type Table } from "../tables/table.ts";
import { foldedWarnings } from "./answer.ts";
import { type Content, folded, type Markup, markup, prose } from "./markup.ts";
import { type ServerPlaces, tableMarkup } from "./table.ts";

/** The most probes of a scenario that the page shows. */
const MOST_PROBES = 600;
/** More sentences are folded. */
const MOST_SENTENCES = 4;
/** More plots are folded. */
const MOST_PLOTS = 2;
/** A longer table is folded. */
const MOST_ROWS = 30;
/** The most metrics with a better direction in the short table. */
const MOST_METRICS = 5;

/** Metrics of single connections: the mean says nothing about those that are starved. */
const OF_CONNECTIONS = /^connection\.|unserved/;

/** A plot that is ready for the page. */
export interface DrawnPlot {
  readonly title: string;
  readonly figure: Markup;
}

export function scenarioMarkup(
  result: Result,
  summary: ScenarioSummary,
  { about, tables }: Section,
  plots: readonly DrawnPlot[],
  servers: ServerPlaces,
): Markup {
  const [all, ...others] = tables as [Table, ...Table[]];
  const { scenario, cases } = summary;
  const { table, same } = shortTable(all, scenario, result.reference?.title);
  const rest = "the scenario's sheet of results.xlsx and in results.json";
  const figuresOf = tableMarkup(table, { servers });
  return markup`${about !== undefined && markup`<p class="question">${oneLine(about)}</p>`}
${meaning(summary)}
${differencesMarkup(summary)}
${foldedWarnings(summary)}
${plotsMarkup(plots)}
${same !== "" && markup`<p class="muted same">${same}</p>`}
${
    table.rows.length > MOST_ROWS
      ? folded(`The figures: ${table.rows.length} rows`, figuresOf)
      : figuresOf
  }
<div class="more">${
    table.columns.length < all.columns.length &&
    folded(
      `All figures: ${all.columns.length} columns`,
      tableMarkup({ ...all, id: `${all.id}-all` }, { servers }),
    )
  }${
    cases.length > 0 &&
    folded(`Case by case: ${counted(verdictsIn(cases), "verdict")}`, caseList(cases))
  }${
    others.map((one) =>
      folded(
        `${one.title}: ${counted(one.rows.length, "row")}`,
        tableMarkup(one, { most: MOST_PROBES, rest, servers }),
      )
    )
  }</div>`;
}

function plotsMarkup(plots: readonly DrawnPlot[]): Content {
  const side = (some: readonly DrawnPlot[]): Content =>
    some.length > 0 && markup`<div class="plots">${some.map(({ figure }) => figure)}</div>`;
  const more = plots.slice(MOST_PLOTS);
  const titles = more.map(({ title }) => title).join("; ");
  return [
    side(plots.slice(0, MOST_PLOTS)),
    more.length > 0 && folded(`${counted(more.length, "more plot")}: ${titles}`, side(more)),
  ];
}

function meaning({ policies, meaning }: ScenarioSummary): Content {
  const sentences = [...policies, ...meaning];
  const list = markup`<ul class="meaning">${
    sentences.map((one) => markup`<li>${prose(one)}</li>`)
  }</ul>`;
  return sentences.length > MOST_SENTENCES
    ? folded(`What it means: ${counted(sentences.length, "sentence")}`, list)
    : list;
}

/** What goes with the verdicts. */
function differencesMarkup({ differences, scenario }: ScenarioSummary): Content {
  if (differences.length === 0) return [];
  const list = markup`<ul class="meaning">${
    differenceSentences(differences, scenario).map((one) => markup`<li>${prose(one)}</li>`)
  }</ul><p class="muted">${EXPLAINED_NOTE}</p>`;
  return differences.length > MOST_SENTENCES
    ? folded(`What goes with the verdicts: ${counted(differences.length, "sentence")}`, list)
    : markup`<p class="goes-with">What goes with it</p>${list}`;
}

function verdictsIn(cases: ScenarioSummary["cases"]): number {
  return cases.reduce((sum, { sentences }) => sum + sentences.length, 0);
}

function caseList(cases: ScenarioSummary["cases"]): Markup {
  return markup`<dl>${
    cases.map(({ title, sentences }) =>
      markup`<dt>${title}</dt><dd><ul>${
        sentences.map((one) => markup`<li>${prose(one)}.</li>`)
      }</ul></dd>`
    )
  }</dl>`;
}

/** A table of what matters most, and a sentence about its columns that are the same in every row. */
export interface ShortTable {
  readonly table: Table;
  /** Empty if there is no such column. */
  readonly same: string;
}

/**
 * The table of a scenario without most of its metrics, and without columns that say the same of every server. Its first
 * metrics with a better direction are kept, CPU time, and what single connections got.
 *
 * @param reference title of the reference server, whose row may differ: the sentence has it then
 */
export function shortTable(
  table: Table,
  scenario: ScenarioDescription,
  reference: string | undefined,
): ShortTable {
  const { columns, rows } = table;
  const cpu = cpuMetricOf(scenario);
  const kept = new Set(
    scenario.metrics.filter(({ better }) => better !== "none").slice(0, MOST_METRICS),
  );
  const metrics = new Set(scenario.metrics.map((one) => heading(metricColumn(one))));
  const main = new Set(
    scenario.metrics.filter((one) => kept.has(one) || one === cpu || OF_CONNECTIONS.test(one.id))
      .map((one) => heading(metricColumn(one))),
  );
  const server = columns.findIndex(({ title }) => title === "Server");
  const isReference = (row: Row): boolean =>
    reference !== undefined && row[server]?.value === oneLine(reference);
  const [referenceRows, own] = [rows.filter(isReference), rows.filter((row) => !isReference(row))];
  const said: string[] = [];
  const shown = columns.map((column, index) => {
    const name = heading(column);
    if (metrics.has(name)) return main.has(name);
    if (index === server) return true;
    const [value, ofReference] = [commonIn(own, index), commonIn(referenceRows, index)];
    const isSame = value !== undefined && (ofReference !== undefined || referenceRows.length === 0);
    if (!isSame) return true;
    const differs = ofReference !== undefined && ofReference !== value;
    if (value !== "") {
      said.push(`${column.title} ${value}${differs ? ` (${reference} ${ofReference})` : ""}`);
    }
    return false;
  });
  const keyColumns = shown.slice(0, table.keyColumns).filter(Boolean).length;
  return {
    table: {
      ...table,
      columns: columns.filter((_, index) => shown[index]),
      rows: rows.map((row) => row.filter((_, index) => shown[index])),
      keyColumns,
    },
    same: said.length === 0 ? "" : `In every row: ${withoutZeros(said).join("; ")}.`,
  };
}

const NO_WRONG = WRONG_COLUMNS.map(({ title }) => `${title} 0`);

/** Says in three words that no reply was wrong. */
function withoutZeros(said: readonly string[]): string[] {
  if (!NO_WRONG.every((one) => said.includes(one))) return [...said];
  return [...said.filter((one) => !NO_WRONG.includes(one)), "no wrong replies"];
}

/** What all rows have in a column: empty if they have nothing, undefined if they differ or a cell is marked or explained. */
function commonIn(rows: readonly Row[], column: number): string | undefined {
  const cells = rows.map((row) => row[column]!);
  const [first] = cells;
  const isSame = first !== undefined &&
    cells.every(({ value, mark, note }) =>
      value === first.value && mark === undefined && note === undefined
    );
  return isSame ? String(first.value ?? "") : undefined;
}
