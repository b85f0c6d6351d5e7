/** A table as GitHub Markdown, and text in Markdown: text from servers and files is shown as it is and formats nothing. */

import { largest } from "../../measure/statistics/statistics.ts";
import { escapeMarkup, oneLine } from "../summary/text.ts";
import {
  type Cell,
  type Column,
  footnotesOf,
  formatCell,
  heading,
  isNumeric,
  type Table,
} from "../tables/table.ts";

/** What is written before and after a marked figure. */
const MARKS = { best: ["**", "**"], wrong: ["✗ ", ""], failed: ["✗ ", ""] } as const;

/**
 * A table without its title, as lines that end with a line break: the best figures bold, wrong and failed ones with a
 * cross, the reasons as numbered notes below.
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

/** Columns of numbers are aligned right, and so are those with more numbers than text. */
function isRight(column: Column, cells: readonly Cell[]): boolean {
  if (isNumeric(column)) return true;
  const numbers = cells.filter(({ value }) => typeof value === "number").length;
  return numbers > cells.length / 2;
}

function renderCell(cell: Cell, column: Column, note: number | undefined): string {
  const text = plain(formatCell(cell, column)) || (note === undefined && !cell.mark ? "" : "–");
  const [before, after] = cell.mark === undefined ? ["", ""] : MARKS[cell.mark];
  return `${before}${text}${after}${note === undefined ? "" : ` [${note}]`}`;
}

/** A text on one line as a code span: longer fences than any in it, so that it cannot end before. */
export function code(text: string): string {
  const line = oneLine(text);
  const longest = largest([...line.matchAll(/`+/g)].map(([ticks]) => ticks.length), 0);
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** What is shown on a click: GitHub and most others understand it; others show it open. */
export function folded(summary: string, content: string): string {
  return `<details>\n<summary>${
    escapeMarkup(oneLine(summary))
  }</summary>\n\n${content.trimEnd()}\n\n</details>`;
}

/** Characters that mean something in Markdown, anywhere in a line. */
const SIGNS = /[\\`*_~[\]{}#|@!$]/g;

/**
 * A text on one line that Markdown shows as it is: without emphasis, code, links, pictures, HTML, mentions or cells of
 * tables. It is not safe at the beginning of a line, where digits and dashes begin a list.
 */
export function plain(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(SIGNS, "\\$&")
    // GitHub turns everything that looks like an address into a link.
    .replaceAll("://", ":\\//")
    .replace(/\b(www)\./gi, "$1\\.");
}
