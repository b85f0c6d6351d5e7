/**
 * Rows of a sheet as XML, without the library, which keeps every cell in memory. The library writes a few rows with the
 * styles that cells can have, and these rows are the pattern for all others.
 */

import { escapeMarkup } from "../summary/text.ts";
import { cellText } from "./cell.ts";

/** A row, by the rows of the pattern that it looks like. */
export interface SheetRow {
  /**
   * What its cells hold, from the first column on: a text, a number (a moment as a serial number of days), nothing, or
   * undefined for what the pattern has there.
   */
  readonly values: readonly (string | number | null | undefined)[];
  /** Place among the rows of the pattern, from 0, for all cells or for each. */
  readonly look: number | readonly number[];
  /** Its height in points; absent: as in the pattern. */
  readonly height?: number;
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
 * @param count how many rows come in their place
 * @param rows these rows
 * @returns the XML in pieces
 * @throws {SyntaxError} when the pattern has no row behind the headings
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

/** A row of the pattern. */
interface Look {
  /** The attributes of its height. */
  readonly size: string;
  /** Each cell: its letter, the attribute of its style, and all that follows the address. */
  readonly cells: readonly {
    readonly column: string;
    readonly style: string;
    readonly rest: string;
  }[];
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
