/**
 * Rows of a sheet as XML, without the library, which would keep every cell in memory. The library writes a few rows with
 * all styles that cells can have, and these rows are the pattern for all others.
 */

import { escapeMarkup } from "../summary/text.ts";
import { cellText } from "./cell.ts";

/** A row that looks like rows of the pattern. */
export interface SheetRow {
  /** Its cells: a text, a number (of days, for a time), null for an empty cell, undefined for the cell of the pattern. */
  readonly values: readonly (string | number | null | undefined)[];
  /** Index of a row of the pattern, for all cells or for each. */
  readonly look: number | readonly number[];
  /** Its height in points; absent: as in the pattern. */
  readonly height?: number;
}

const MS_PER_DAY = 86_400_000;
/** Number of the day 1 January 1970 in spreadsheets. */
const EPOCH = 25_569;

/** A time in milliseconds since 1970 as a number of days, as spreadsheets count. */
export function serialOf(ms: number): number {
  return ms / MS_PER_DAY + EPOCH;
}

/**
 * Makes the XML of a sheet in pieces.
 *
 * @param pattern XML of a sheet, as the library writes it, whose last rows are the pattern
 * @param headerRow number of the row before the pattern
 * @param count how many rows replace the pattern
 * @throws {SyntaxError} if there is no row after the headings
 */
export function* expandRows(
  pattern: string,
  headerRow: number,
  count: number,
  rows: Iterable<SheetRow>,
): Generator<string> {
  const start = pattern.indexOf(`<row r="${headerRow + 1}"`);
  const end = pattern.indexOf("</sheetData>");
  if (start < 0 || end < start) {
    throw new SyntaxError(`Cannot make rows as the sheet has none behind row ${headerRow}`);
  }
  const looks = pattern.slice(start, end).split(/(?<=<\/row>)/).map(lookOf);
  yield pattern.slice(0, start).replace(
    /(<dimension ref="[A-Z]+\d+:[A-Z]+)\d+/,
    (_, before: string) => `${before}${headerRow + count}`,
  );
  let number = headerRow;
  for (const { values, look, height } of rows) {
    number++;
    const size = height === undefined
      ? looks[look as number]!.size
      : ` ht="${height}" customHeight="1"`;
    let xml = `<row r="${number}"${size}>`;
    values.forEach((value, index) => {
      const { cells } = looks[typeof look === "number" ? look : look[index]!]!;
      const { column, style, rest } = cells[index]!;
      xml += `<c r="${column}${number}"${value === undefined ? rest : style + contentOf(value)}`;
    });
    yield xml + "</row>";
  }
  yield pattern.slice(end);
}

interface Look {
  readonly size: string;
  /** For each cell: its letter, the attribute for its style, and everything after the address. */
  readonly cells: readonly Readonly<Record<"column" | "style" | "rest", string>>[];
}

function lookOf(row: string): Look {
  return {
    size: / ht="[^"]*" customHeight="1"/.exec(row)?.[0] ?? "",
    cells: [...row.matchAll(/<c r="([A-Z]+)\d+"(( s="\d+")[^>]*?(?:\/>|>.*?<\/c>))/g)]
      .map(([, column = "", rest = "", style = ""]) => ({ column, style, rest })),
  };
}

function contentOf(value: string | number | null): string {
  if (value === null) return "/>";
  if (typeof value === "number") return Number.isFinite(value) ? `><v>${value}</v></c>` : "/>";
  const text = escapeMarkup(cellText(value));
  return ` t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}
