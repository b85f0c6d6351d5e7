/**
 * Every table as CSV, and every figure in a row of its own (`long.csv`), for programs: RFC 4180, UTF-8, figures with a point and all their digits. There is no byte order
 * mark, because programs that do not expect one read it as a part of the first heading. Spreadsheets have the workbook.
 */

import type { Result } from "../measure/model/result.ts";
import { fileName, unused } from "./file_names.ts";
import type { RenderedFile } from "./format.ts";
import { explainLongTable } from "./tables/explain_tables.ts";
import { longTable } from "./tables/long_table.ts";
import { type Cell, type Column, heading, type Row, type Table } from "./tables/table.ts";
import { sections } from "./tables/tables.ts";

/** Heading of the last column of every file: why cells of the row are marked or empty. */
const FOOTNOTES = "Footnotes";

/** A spreadsheet reads a text with such a beginning as a formula, and some execute it. */
const FORMULA = /^[=+\-@\t\r]/;

/** Text that must be quoted. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Every table of a run as a file, and the long form; a table without rows has only its headings. */
export function renderCsvs(result: Result): (RenderedFile & { readonly content: string })[] {
  const long = longTable(result);
  const taken = new Set([long.id]);
  // What programs group stands in one file, not in one a case.
  const explained = explainLongTable(result);
  if (explained !== undefined) taken.add(explained.id);
  const parts = sections(result).filter(({ id }) => id !== explained?.id);
  const tables = parts.flatMap(({ tables }) => tables).map((table) => {
    const name = unused(fileName(table.id), taken);
    return { path: `csv/${name}.csv`, content: renderTable(table) };
  });
  const longs = [long, ...explained === undefined ? [] : [explained]];
  return [
    ...tables,
    ...longs.map((one) => ({ path: `csv/${one.id}.csv`, content: renderLong(one) })),
  ];
}

export { renderCsvs as render };

/** A table as CSV. */
export function renderTable({ columns, rows }: Table): string {
  return lines([
    [...columns.map(heading), FOOTNOTES].map(text),
    ...rows.map((row) => [...row.map(field), text(footnotes(row, columns))]),
  ]);
}

/** A table whose marks and notes are columns already. */
function renderLong({ columns, rows }: Table): string {
  return lines([columns.map(heading), ...rows.map((row) => row.map(field))]);
}

function lines(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.join(",")}\r\n`).join("");
}

function field({ value }: Cell): string {
  if (value === null) return "";
  return typeof value === "number" ? String(value) : text(value);
}

/** A text that no spreadsheet reads as a formula, quoted if necessary. */
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
