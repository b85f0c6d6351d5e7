/** What the parts of the output for a terminal have in common: its width, its styles, indented text. */

import { stripVTControlCharacters } from "node:util";
import { largest } from "../../measure/judge/statistics.ts";
import Table from "cli-table3";
import type { Detail } from "../summary/lines.ts";
import { type Cell, footnotesOf, type Mark, type Row } from "../tables/table.ts";
import { wrap } from "../summary/text.ts";

/** What a terminal can show. */
export interface TerminalOptions {
  /** Columns that a line may take. */
  readonly width: number;
  /** Whether escape sequences for bold and colour are understood. */
  readonly color: boolean;
}

const STYLES = {
  heading: "1",
  muted: "2",
  best: "1;32",
  wrong: "31",
  failed: "31",
  precision: "2",
  level: "2",
  better: "32",
  worse: "33",
  different: "1",
} as const satisfies Record<Mark | Detail["kind"] | "heading" | "muted", string>;

/** Below this no table or list can be read; lines are then longer than the terminal. */
const NARROWEST = 20;

/** Puts escape sequences around a text where the terminal understands them. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

/** What is written to. */
export interface Screen {
  /** Columns that a line may take. */
  readonly width: number;
  /** Styles a text. */
  readonly paint: Paint;
  /** Number of a cell's note. */
  readonly numberOf: (cell: Cell) => number | undefined;
  /** The notes, the first one being number 1. */
  readonly notes: readonly string[];
}

/** A screen on which these cells are shown. */
export function screenOf({ width, color }: TerminalOptions, rows: readonly Row[]): Screen {
  return {
    width: Math.max(NARROWEST, width),
    paint: (style, text) => color && text !== "" ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text,
    ...footnotesOf(rows),
  };
}

/** A text in lines of the given width, the first after one indent and the rest after another. */
export function hanging(first: string, rest: string, text: string, width: number): string[] {
  const indent = Math.max(first.length, rest.length);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? first : rest) + line);
}

const LINES = "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right " +
  "left left-mid right right-mid middle";

/** The lines of a table: nothing but a rule below the headings. */
const THIN = {
  ...Object.fromEntries(LINES.split(" ").map((name) => [name, ""])),
  "mid": "─",
  "mid-mid": "─",
};

/** A row of a table: texts, and cells that go across several columns. */
export type TableRow = (string | { readonly content: string; readonly colSpan: number })[];

/** A table with nothing but a rule below its headings, without spaces at the ends of its lines. */
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
