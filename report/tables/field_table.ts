/** Many servers at a glance: a row for each, with what it is compared by in every case. */

import type { Result } from "../../measure/model/result.ts";
import { passedInShort } from "../summary/conformance.ts";
import { bestNote, betterInWords, FIGURE_NOTE, type SummaryFigures } from "../summary/lines.ts";
import { summaryOf } from "../summary/summary.ts";
import { oneLine } from "../summary/text.ts";
import { type Cell, type Column, type Table, textColumns, words } from "./table.ts";

/** More servers than these are the rows of a table of their own. */
const MOST_SIDE_BY_SIDE = 8;

/** Whether a run has too many servers to show them side by side. */
export function hasMany({ servers }: Pick<Result, "servers">): boolean {
  return servers.length > MOST_SIDE_BY_SIDE;
}

/** Whether the conformance suite has tried any server. */
function isTried({ servers }: Result): boolean {
  return servers.some(({ conformance }) => conformance !== undefined);
}

/** The columns that name a server: its title and, if the conformance suite has tried any, what it passed. */
export function serverColumns(result: Result): Column[] {
  return isTried(result) ? textColumns("Server", "RFC 6455") : textColumns("Server");
}

/** The cells of these columns. */
export function serverCells(result: Result, place: number): Cell[] {
  const server = result.servers[place]!;
  const name = words(server.title);
  return isTried(result) ? [name, words(passedInShort(server))] : [name];
}

/** A row for each server: conformance, the primary metric of each case, then the CPU time of each. */
export function fieldTable(result: Result): Table {
  const { lines } = summaryOf(result);
  const shown = [
    ...lines.map((line) => ({ line, figures: line.primary })),
    ...lines.flatMap((line) => line.cpu === undefined ? [] : [{ line, figures: line.cpu }]),
  ];
  return {
    id: "field",
    title: "Every server",
    note: [
      FIGURE_NOTE,
      ...isTried(result) ? ["RFC 6455: cases of the conformance suite that were passed."] : [],
    ]
      .join(" "),
    bestNote: bestNote(result),
    columns: [
      ...serverColumns(result),
      ...shown.map(({ line, figures }) => columnOf(line.case.title, figures)),
    ],
    keyColumns: 1,
    rows: result.servers.map((_, place): Cell[] => [
      ...serverCells(result, place),
      ...shown.map(({ figures }) => figures.entries[place]!.cell),
    ]),
    empty: "",
  };
}

/** `Rate in messages/s (higher is better): 64 connections, 16 in flight, 64 B`. */
function columnOf(place: string, { metric: { title, unit, better } }: SummaryFigures): Column {
  const what = unit === "" ? title : `${title} in ${unit}`;
  return {
    title: oneLine(`${what} (${betterInWords(better)})${place === "" ? "" : `: ${place}`}`),
    kind: "number",
  };
}
