/**
 * A table as Markdown of GitHub, and text inside of it: what came from servers and files says what it says, and formats
 * nothing.
 */

import { oneLine } from "../summary/text.ts";
import {
  type Cell,
  type Column,
  footnotesOf,
  formatCell,
  heading,
  type Table,
} from "../tables/table.ts";

/** What stands for a mark. */
const MARKS = { best: ["**", "**"], wrong: ["✗ ", ""], failed: ["✗ ", ""] } as const;

/**
 * A table with its notes below it, without its heading: the best figures bold, wrong and failed ones with a cross, the
 * reasons as numbered notes. What it says when it has no rows, where it has none.
 *
 * @returns lines that end with a line break
 */
export function renderTable(
  table: Pick<Table, "columns" | "rows" | "empty" | "note" | "bestNote">,
): string {
  const { columns, rows, note, bestNote, empty } = table;
  if (rows.length === 0) return `${plain(empty)}\n`;
  const { numberOf, notes } = footnotesOf(rows);
  const cells = rows.map((row) =>
    row.map((cell, index) => renderCell(cell, columns[index]!, numberOf(cell)))
  );
  const has = (mark: string): boolean => rows.some((row) => row.some((cell) => cell.mark === mark));
  const legend = [
    ...(has("best") ? [`Bold: best${bestNote === undefined ? "" : `; ${plain(bestNote)}`}.`] : []),
    ...(has("wrong") || has("failed") ? ["✗ wrong or failed, not compared."] : []),
    ...(note === undefined ? [] : [plain(note)]),
  ].join(" ");
  return [
    line(columns.map((column) => plain(heading(column)))),
    line(
      columns.map((column, index) =>
        isRight(column, rows.map((row) => row[index]!)) ? "--:" : "---"
      ),
    ),
    ...cells.map(line),
    ...(legend === "" ? [] : ["", legend]),
    ...notes.flatMap((one, index) => ["", `[${index + 1}] ${plain(one)}`]),
  ].map((one) => `${one}\n`).join("");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Numbers stand at the right, and so do columns that hold more of them than words. */
function isRight({ kind }: Column, cells: readonly Cell[]): boolean {
  if (kind === "number" || kind === "integer") return true;
  const numbers = cells.filter(({ value }) => typeof value === "number").length;
  return numbers > cells.length / 2;
}

function renderCell(cell: Cell, column: Column, note: number | undefined): string {
  const text = plain(formatCell(cell, column)) || (note === undefined && !cell.mark ? "" : "–");
  const [before, after] = cell.mark === undefined ? ["", ""] : MARKS[cell.mark];
  return `${before}${text}${after}${note === undefined ? "" : ` [${note}]`}`;
}

/** Characters that mean something in Markdown, anywhere in a line. */
const SIGNS = /[\\`*_~[\]{}#|@!$]/g;

/**
 * A text on one line that Markdown shows as it is: no emphasis, code, link, picture, HTML, mention or cell of a table
 * comes of it. It is not safe as the first thing of a line, where digits and dashes begin a list.
 */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(SIGNS, "\\$&")
    // GitHub makes links of what looks like an address.
    .replaceAll("://", ":\\//")
    .replace(/\b(www)\./gi, "$1\\.");
}
