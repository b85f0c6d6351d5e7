/** The summary for a pull request: less than a screen, without pictures. */

import type { Result } from "../../measure/model/result.ts";
import { bestNote, ceilingNote, detailLegend, type SummaryLine } from "../summary/lines.ts";
import { type Summary, summaryOf } from "../summary/summary.ts";
import { foremostDifferences } from "../summary/explained/explained.ts";
import { titleOfRun } from "../summary/names.ts";
import { formatTime, oneLine } from "../summary/text.ts";
import { foremost } from "../summary/answer/uses.ts";
import { serverCells, serverColumns } from "../tables/field_table.ts";
import { type Cell, type Table, textColumns, words } from "../tables/table.ts";
import { answerBlocks } from "./answer.ts";
import { machineLine, MOST_COLUMNS, withDetail } from "./phrases.ts";
import { plain, renderTable } from "./table.ts";

/** More cases do not fit; each scenario then has the one with the most load. */
const MOST_CASES = 24;

/** A run in less than 60 lines; the same result gives the same text. */
export function renderSummary(result: Result): string {
  const summary = summaryOf(result);
  return `${
    [
      `### ${plain(titleOfRun(result))}, ${plain(formatTime(result.startedAt).slice(0, 10))}`,
      ...answerBlocks(summary),
      ...(summary.lines.length === 0 ? [] : [renderTable(figuresTable(result, summary))]),
      foremostLine(summary),
      [...summary.overview.map(plain), machineLine(result)].join(" "),
    ].map((block) => block.trimEnd()).filter((block) => block !== "").join("\n\n")
  }\n`;
}

/** What goes with the largest difference; empty if nothing was explained. */
function foremostLine({ scenarios }: Summary): string {
  const one = foremostDifferences(scenarios.flatMap(({ differences }) => differences));
  if (one === undefined) return "";
  const place = `${oneLine(one.verdict.scenario.title)}, ${one.case}`;
  return `With the largest difference (${plain(`${one.pair}, ${place}`)}) goes: ${
    plain(one.said)
  }.`;
}

function figuresTable(result: Result, { lines }: Summary): Table {
  const isWide = result.servers.length > MOST_COLUMNS;
  const shown = isWide || lines.length > MOST_CASES ? lines.filter(isForemost) : lines;
  const titles = result.servers.map(({ title }) => oneLine(title));
  const names = shown.map(nameOf);
  const cells = shown.map(({ primary }) =>
    primary.entries.map((entry): Cell => {
      const { note, ...cell } = { ...entry.cell, value: withDetail(entry, false) };
      // Wrong replies are named at the top.
      return note === undefined || cell.mark === "wrong" ? cell : { ...cell, note };
    })
  );
  const legend = detailLegend(shown.flatMap(({ primary }) => primary.entries), "");
  return {
    id: "figures",
    title: "Figures",
    note: [
      ...legend,
      // It has no column of ceilings.
      ...[ceilingNote(result, false)].filter((note) => note !== ""),
      ...(shown.length < lines.length ? ["All cases and intervals are in report.md."] : []),
    ].join(" "),
    bestNote: bestNote(result),
    columns: isWide
      ? [
        ...serverColumns(result),
        ...names.map((title) => ({ title, kind: "number" } as const)),
      ]
      : [
        ...textColumns("Case"),
        ...titles.map((title) => ({ title, kind: "number" } as const)),
      ],
    keyColumns: 1,
    rows: isWide
      ? titles.map((_, place) => [
        ...serverCells(result, place),
        ...cells.map((own) => own[place]!),
      ])
      : names.map((name, place) => [words(name), ...cells[place]!]),
    empty: "",
  };
}

/** Whether a line is of the case that represents its scenario. */
function isForemost({ scenario, case: one }: SummaryLine): boolean {
  return foremost(scenario) === one;
}

/** `Latency p50 in ms: 1 connection, 1 in flight, 64 B`. */
function nameOf({ case: one, primary: { metric: { title, unit } } }: SummaryLine): string {
  return `${oneLine(title)}${unit === "" ? "" : ` in ${oneLine(unit)}`}: ${oneLine(one.title)}`;
}
