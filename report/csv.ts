/**
 * Every table as CSV, for programs: RFC 4180, UTF-8, figures with a point and all their digits.
 *
 * There is no byte order mark: a program that does not expect one takes it for a part of the first heading. The
 * workbook is for spreadsheets.
 */

import type { Result } from "../measure/model/result.ts";
import type { RenderedFile } from "./format.ts";
import { type Cell, type Column, heading, type Row, type Table } from "./tables/table.ts";
import { sections } from "./tables/tables.ts";

/** Heading of the last column of every file: what marks and empties the cells of its row. */
const FOOTNOTES = "Footnotes";

/** A spreadsheet takes a text that begins so for a formula, and some run what it says. */
const FORMULA = /^[=+\-@\t\r]/;

/** What cannot stand by itself in a field. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Every table of a run as a file; a table without rows has its headings. */
export function renderCsvs(result: Result): (RenderedFile & { readonly content: string })[] {
  const taken = new Set<string>();
  return sections(result).flatMap(({ tables }) => tables).map((table) => {
    const name = unused(fileName(table.id), taken);
    taken.add(name);
    return { path: `csv/${name}.csv`, content: renderTable(table) };
  });
}

export { renderCsvs as render };

/** Ids may come from a file: nothing but letters, digits, dashes, underscores and single points is left of them. */
function fileName(id: string): string {
  return id.replace(/[^\w.-]+/g, "-").replace(/^[.-]+|\.(?=\.)/g, "") || "table";
}

/** File systems may not tell capitals from small letters. */
function unused(name: string, taken: ReadonlySet<string>): string {
  const isTaken = (one: string): boolean =>
    [...taken].some((other) => other.toLowerCase() === one.toLowerCase());
  let free = name;
  for (let count = 2; isTaken(free); count++) free = `${name}-${count}`;
  return free;
}

function renderTable({ columns, rows }: Table): string {
  const lines = [
    [...columns.map(heading), FOOTNOTES].map(text),
    ...rows.map((row) => [
      ...row.map(field),
      text(footnotes(row, columns)),
    ]),
  ];
  return lines.map((fields) => `${fields.join(",")}\r\n`).join("");
}

function field({ value }: Cell): string {
  if (value === null) return "";
  return typeof value === "number" ? String(value) : text(value);
}

/** A text that no spreadsheet takes for a formula, in quotes where it needs them. */
function text(value: string): string {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** `ws: best; Socket.IO: the server did not start`. */
function footnotes(row: Row, columns: readonly Column[]): string {
  return row.flatMap(({ mark, note }, index) => {
    const said = [mark, note].filter((part) => part !== undefined);
    return said.length === 0 ? [] : [`${columns[index]!.title}: ${said.join(", ")}`];
  }).join("; ");
}
