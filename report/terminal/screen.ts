/** What all output for a terminal has in common: width, styles, indented text, tables. */

import { stripVTControlCharacters } from "node:util";
import { largest } from "../../measure/statistics/statistics.ts";
import Table from "cli-table3";
import type { Detail } from "../summary/lines.ts";
import { type Footnotes, footnotesOf, type Mark, type Row } from "../tables/table.ts";
import { wrap } from "../summary/wrap.ts";

/** What a terminal can show. */
export interface TerminalOptions {
  readonly width: number;
  /** Whether it understands escape sequences for bold and colour. */
  readonly color: boolean;
}

const STYLES = {
  heading: "1",
  muted: "2",
  best: "1;32",
  wrong: "31",
  failed: "31",
  precision: "2",
  same: "2",
  level: "2",
  probable: "2",
  better: "32",
  worse: "33",
  different: "1",
} as const satisfies Record<Mark | Detail["kind"] | "heading" | "muted", string>;

/** In a narrower terminal nothing could be read: its lines are longer than the terminal. */
const NARROWEST = 20;

/** Puts escape sequences around a text if the terminal understands them. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

/** A terminal with the notes of the cells that it shows. */
export interface Screen extends Footnotes {
  readonly width: number;
  readonly paint: Paint;
}

/** A screen on which these cells are shown. */
export function screenOf({ width, color }: TerminalOptions, rows: readonly Row[]): Screen {
  return {
    width: Math.max(NARROWEST, width),
    paint: (style, text) => color && text !== "" ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text,
    ...footnotesOf(rows),
  };
}

/** Lines in a style. */
export function painted(
  { paint }: Screen,
  style: Parameters<Paint>[0],
  lines: readonly string[],
): string[] {
  return lines.map((line) => paint(style, line));
}

/** The notes of the cells with their numbers. */
export function noteLines({ notes, width }: Screen): string[] {
  return notes.flatMap((note, index) => hanging(`[${index + 1}] `, "    ", note, width));
}

/** A text in lines of the given width, the first after one indent and the others after another. */
export function hanging(first: string, rest: string, text: string, width: number): string[] {
  const indent = Math.max(first.length, rest.length);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? first : rest) + line);
}

const LINES = "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right " +
  "left left-mid right right-mid middle";

/** The lines of a table: only a rule below the headings. */
const THIN = {
  ...Object.fromEntries(LINES.split(" ").map((name) => [name, ""])),
  "mid": "─",
  "mid-mid": "─",
};

/** A row of a table: texts, and cells that span several columns. */
export type TableRow = (string | { readonly content: string; readonly colSpan: number })[];

/** A table with only a rule below its headings, without spaces at the ends of lines. */
export function makeTable(
  { chars, ...options }: Pick<Table.TableConstructorOptions, "head" | "colAligns" | "chars">,
  rows: readonly TableRow[],
): string {
  const table = new Table({
    ...options,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    chars: { ...THIN, ...chars },
  });
  for (const row of rows) table.push(row);
  return table.toString().split("\n").map((line) => line.trimEnd()).join("\n");
}

/** Width of the widest line of a text, without its escape sequences. */
export function widthOf(text: string): number {
  return largest(stripVTControlCharacters(text).split("\n").map(({ length }) => length));
}
