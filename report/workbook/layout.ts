/** How wide the columns of a sheet are and how high its rows: programs do not agree when they choose it themselves. */

import type { Font } from "exceljs";
import { largest } from "../../measure/statistics/statistics.ts";
import {
  type Cell,
  type Column,
  formatCell,
  heading,
  isNumeric,
  type Row,
  type Sign,
  type Table,
} from "../tables/table.ts";
import { wrap } from "../summary/wrap.ts";

/** Widths of the columns, in digits of the normal font. */
export type Widths = readonly number[];

/** All heights are in points, all widths in digits. */
export const LINE_HEIGHT = 15;
const ROW_PADDING = 2;
const HEADING_PADDING = 6;
const NARROWEST = 7;
const WIDEST = 56;
const CELL_PADDING = 3;
/** Room for the button of the filter. */
const BUTTON = 3;
/** Average widths of letters, in digits; headings are bold and a point smaller. */
const LETTER = 0.88;
const BOLD_LETTER = 1;
/** How much wider a bold letter is. */
const BOLDER = 1.1;
/** Size of the normal font, in points. */
const NORMAL = 10;
/** Notes are as wide as the table, but not wider than a readable line. */
const NOTE_WIDTH = 130;
/** What fits on a page, and what is squeezed into one rather than to print a second page for it. */
const PAGE_WIDTH = 240;
const SQUEEZED = 280;

/** Widths that fit the contents, within limits; longer text is wrapped. */
export function columnWidths(tables: readonly Table[]): number[] {
  const filled = tables.filter(({ rows }) => rows.length > 0);
  // One column, for the line that says why there are no rows.
  if (filled.length === 0) return [NOTE_WIDTH];
  const widths: number[] = [];
  for (const { columns, rows } of filled) {
    columns.forEach((column, index) => {
      let width = headingWidth(heading(column));
      for (const row of rows) width = Math.max(width, cellWidth(row[index]!, column));
      widths[index] = Math.max(widths[index] ?? NARROWEST, Math.min(WIDEST, width));
    });
  }
  return widths;
}

/** The smallest width at which a heading takes at most three lines and no word is broken. */
function headingWidth(text: string): number {
  let letters = largest(text.split(" ").map(({ length }) => length));
  while (wrap(text, letters).length > 3) letters++;
  return Math.ceil(letters * BOLD_LETTER) + BUTTON;
}

/** The signs as characters that every font has. */
export const SIGNS = { better: "▲", worse: "▼" } as const satisfies Record<Sign, string>;

/** A text with its sign as a symbol and as a word, for readers who cannot see the colours. */
export function signedText(text: string, sign: Sign | undefined): string {
  return sign === undefined ? text : `${SIGNS[sign]} ${sign}: ${text}`;
}

function textIn(cell: Cell, column: Column): string {
  const text = formatCell(cell, column);
  return typeof cell.value === "string" ? signedText(text, cell.sign) : text;
}

function cellWidth(cell: Cell, column: Column): number {
  const length = textIn(cell, column).length + (cell.note === undefined ? 0 : " [99]".length) +
    (cell.sign === undefined ? 0 : "▲ ".length);
  return Math.ceil(isNumeric(column) ? length : length * LETTER) + CELL_PADDING;
}

export function headingHeight(columns: readonly Column[], widths: Widths): number {
  const lines = columns.map((column, index) =>
    wrap(heading(column), letters(widths[index]! - BUTTON, BOLD_LETTER)).length
  );
  return LINE_HEIGHT * largest(lines) + HEADING_PADDING;
}

export function rowHeight(row: Row, columns: readonly Column[], widths: Widths): number {
  const lines = row.map((cell, index) =>
    typeof cell.value === "string"
      ? wrap(textIn(cell, columns[index]!), letters(widths[index]! - CELL_PADDING, LETTER)).length
      : 1
  );
  return LINE_HEIGHT * largest(lines, 1) + ROW_PADDING;
}

/** Whether a text takes more than one line of a column. */
export function overflows(text: string, width: number): boolean {
  return text.length > letters(width - CELL_PADDING, LETTER);
}

/** Columns that are printed side by side on a page, by their numbers from 1. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/**
 * Divides columns among as few pages as possible, of about the same width: a wider page would be too small to read.
 *
 * @param keyColumns the columns that are repeated on each page
 */
export function printBlocks(widths: Widths, keyColumns: number): Block[] {
  const fewest = divide(widths, keyColumns, PAGE_WIDTH);
  for (let width = NARROWEST; width < PAGE_WIDTH; width++) {
    const blocks = divide(widths, keyColumns, width);
    if (blocks.length <= fewest.length) return blocks;
  }
  return fewest;
}

/** Fills one page after another; a page has at least one column. */
function divide(widths: Widths, keyColumns: number, page: number): Block[] {
  const sum = (some: Widths): number => some.reduce((total, width) => total + width, 0);
  if (sum(widths) <= SQUEEZED) return [{ from: 1, to: Math.max(1, widths.length) }];
  const keys = sum(widths.slice(0, keyColumns));
  const blocks: { from: number; to: number }[] = [];
  let used = 0;
  widths.forEach((width, index) => {
    const last = blocks.at(-1);
    if (last === undefined || used + width > page) {
      blocks.push({ from: index + 1, to: index + 1 });
      used = (last === undefined ? 0 : keys) + width;
    } else {
      last.to = index + 1;
      used += width;
    }
  });
  return blocks;
}

/**
 * The last column that a note spans, and its height.
 *
 * @param widths of the columns on its page
 */
export function notePlace(
  text: string,
  widths: Widths,
  font?: Partial<Font>,
): { last: number; height: number } {
  let last = 1;
  let width = widths[0] ?? NARROWEST;
  while (last < widths.length && width < NOTE_WIDTH) width += widths[last++]!;
  return { last, height: textHeight(text, width, font) };
}

/** The height of a text, maybe of several lines, in a cell or several ones that are merged. */
export function textHeight(text: string, width: number, font: Partial<Font> = {}): number {
  const size = Math.max(1, (font.size ?? NORMAL) / NORMAL);
  const letter = LETTER * size * (font.bold === true ? BOLDER : 1);
  const lines = text.split("\n").flatMap((line) => wrap(line, letters(width, letter)));
  return Math.ceil(LINE_HEIGHT * size) * lines.length;
}

function letters(width: number, letter: number): number {
  return Math.max(1, Math.floor(width / letter));
}
