/**
 * Rows of a sheet as XML, without the library, which keeps every cell in memory. The library writes a few rows with the
 * styles that cells can have, and these rows are the pattern for all others.
 *
 * @module
 */

import { escapeMarkup } from "../summary/text.ts";
import { cellText } from "./cell.ts";

/** A cell: a value, and which row of the pattern has its style. */
export interface SheetCell {
  /** A text, a number (a moment as a serial number of days), or nothing. */
  readonly value: string | number | null;
  /** Place among the rows of the pattern, from 0. */
  readonly look: number;
}

/** A row. */
export interface SheetRow {
  /** Its cells, from the first column on. */
  readonly cells: readonly SheetCell[];
  /** Its height in points. */
  readonly height: number;
}

const MS_PER_DAY = 86_400_000;
/** Serial number of 1 January 1970 in the calendar of spreadsheets. */
const EPOCH = 25_569;

/** A moment, in milliseconds since 1970, as a spreadsheet counts it: in days. */
export function serialOf(ms: number): number {
  return ms / MS_PER_DAY + EPOCH;
}

/**
 * Makes the XML of a sheet out of its pattern.
 *
 * @param pattern XML of a sheet whose last rows are the looks, as the library writes it
 * @param headerRow number of the row before those
 * @param rows the rows that come in their place
 * @returns the XML in pieces
 * @throws {SyntaxError} when the pattern has no row behind the headings
 */
export function* expandRows(
  pattern: string,
  headerRow: number,
  rows: Iterable<SheetRow>,
): Generator<string> {
  const start = pattern.indexOf(`<row r="${headerRow + 1}"`);
  const end = pattern.indexOf("</sheetData>");
  if (start < 0 || end < start) {
    throw new SyntaxError(`Cannot make rows as the sheet has none behind row ${headerRow}`);
  }
  const looks = pattern.slice(start, end).split(/(?<=<\/row>)/).map(cellsOf);
  // The range of cells is optional, and would be that of the pattern.
  yield pattern.slice(0, start).replace(/<dimension ref="[^"]*"\/>/, "");
  let number = headerRow;
  for (const { cells, height } of rows) {
    number++;
    let xml = `<row r="${number}" ht="${height}" customHeight="1">`;
    cells.forEach(({ value, look }, index) => {
      const { column, style } = looks[look]![index]!;
      xml += `<c r="${column}${number}" s="${style}"${contentOf(value)}`;
    });
    yield xml + "</row>";
  }
  yield pattern.slice(end);
}

function cellsOf(row: string): { readonly column: string; readonly style: string }[] {
  return [...row.matchAll(/<c r="([A-Z]+)\d+" s="(\d+)"/g)]
    .map(([, column = "", style = ""]) => ({ column, style }));
}

function contentOf(value: string | number | null): string {
  if (value === null) return "/>";
  if (typeof value === "number") return Number.isFinite(value) ? `><v>${value}</v></c>` : "/>";
  const text = escapeMarkup(cellText(value));
  return ` t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}
