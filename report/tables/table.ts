/** The model of a table: what it says, before any format decides how it looks, and what its cells show as text. */

import type { Figure, MetricDefinition } from "../../measure/model/result.ts";
import { decimalsOf, formatNumber, formatTime, oneLine } from "../summary/text.ts";

/**
 * What a cell holds: words; a measured number; a count; a number that only names something and takes no separators;
 * a moment as ISO 8601.
 */
export type Kind = "text" | "number" | "integer" | "identifier" | "time";

/** A column. */
export interface Column {
  /** Heading, without the unit. */
  readonly title: string;
  /** Unit of its numbers, shown behind the heading. */
  readonly unit?: string;
  /** What its cells hold. */
  readonly kind: Kind;
  /** Decimals of its numbers; absent: as many as three significant digits need. */
  readonly decimals?: number;
}

/** Why a cell stands out: best of its comparison, wrong replies, nothing but failed trials. */
export type Mark = "best" | "wrong" | "failed";

/** What a verdict claims of a server against the baseline. */
export type Sign = "better" | "worse";

/** A cell. */
export interface Cell {
  /** What it says; null when there is nothing to say. */
  readonly value: string | number | null;
  /** What it holds, where that differs from its column. */
  readonly kind?: Kind;
  /** Decimals, where they differ from its column's. */
  readonly decimals?: number;
  /** Why it stands out. */
  readonly mark?: Mark;
  /** What a verdict claims of it; absent where nothing is claimed. */
  readonly sign?: Sign;
  /** The reason why it is empty or marked, as a phrase. */
  readonly note?: string;
}

/** The cells of a row, one for each column. */
export type Row = readonly Cell[];

/** A table. */
export interface Table {
  /** Name in files and links. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /** What a reader must know to read it. */
  readonly note?: string;
  /** What a mark as best must not be taken for; needed where a cell may have that mark. */
  readonly bestNote?: string;
  /** What the signs of figures say, as a phrase; absent where no figure has one. */
  readonly signNote?: string;
  /** The columns. */
  readonly columns: readonly Column[];
  /** How many of the first columns name the row rather than describe it. */
  readonly keyColumns: number;
  /** The rows. */
  readonly rows: readonly Row[];
  /** What to say when there are no rows. */
  readonly empty: string;
}

/** Tables that belong together: a sheet of the workbook, a section of a page. */
export interface Section {
  /** Name in files and links. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /** What it is about, in one sentence. */
  readonly about?: string;
  /** The tables, one or more. */
  readonly tables: readonly Table[];
  /** What warns a reader of its figures, a line each. */
  readonly warnings?: readonly string[];
}

/** A cell that says nothing. */
export const EMPTY: Cell = { value: null };

/** Columns of words with these headings. */
export function textColumns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, kind: "text" }));
}

/** A column, and what it shows of an item. */
export type Field<T> = readonly [column: Column, cell: (item: T) => Cell];

/** Fields of words by their headings. */
export function textFields<T>(
  fields: Readonly<Record<string, (item: T) => string | undefined>>,
): Field<T>[] {
  return Object.entries(fields).map((
    [title, read],
  ) => [{ title, kind: "text" }, (item) => words(read(item))]);
}

/** Fields of counts by their headings. */
export function countFields<T>(fields: Readonly<Record<string, (item: T) => number>>): Field<T>[] {
  return Object.entries(fields).map((
    [title, read],
  ) => [{ title, kind: "integer" }, (item) => ({ value: read(item) })]);
}

/** A table with a row for each item. */
export function tableOf<T>(
  about: Omit<Table, "columns" | "rows">,
  items: readonly T[],
  fields: readonly Field<T>[],
): Table {
  return {
    ...about,
    columns: fields.map(([column]) => column),
    rows: items.map((item) => fields.map(([, cell]) => cell(item))),
  };
}

/** The column of a metric's figures. */
export function metricColumn({ title, unit, decimals }: MetricDefinition): Column {
  return { title, unit, kind: "number", ...(decimals === undefined ? {} : { decimals }) };
}

/** The heading of a column with its unit, as `Rate (messages/s)`. */
export function heading(column: Column): string {
  return column.unit ? `${column.title} (${column.unit})` : column.title;
}

/** A cell of words; line breaks and control characters in it become spaces. */
export function words(value: string | undefined): Cell {
  const line = oneLine(value ?? "");
  return { value: line === "" ? null : line };
}

/**
 * A cell of a figure: the number, or nothing with the reason for it.
 *
 * @param figure the figure; undefined where there is none to expect
 * @param scale factor from the figure's unit to the column's
 */
export function measured(figure: Figure | undefined, scale = 1): Cell {
  if (figure === undefined) return { value: null };
  if (typeof figure !== "number") return { value: null, note: oneLine(figure.absent) };
  return Number.isFinite(figure)
    ? { value: figure * scale }
    : { value: null, note: "it is not a finite number" };
}

/** Decimals of a number in a cell: its own, its column's, or what three significant digits need. */
export function decimalsIn(cell: Cell, column: Column): number {
  const kind = cell.kind ?? column.kind;
  if (kind === "integer" || kind === "identifier") return 0;
  return cell.decimals ?? column.decimals ??
    (typeof cell.value === "number" ? decimalsOf(cell.value) : 0);
}

/** What a cell shows as text; empty for a cell without a value. */
export function formatCell(cell: Cell, column: Column): string {
  const kind = cell.kind ?? column.kind;
  if (cell.value === null) return "";
  if (typeof cell.value === "string") return kind === "time" ? formatTime(cell.value) : cell.value;
  return kind === "identifier"
    ? String(cell.value)
    : formatNumber(cell.value, decimalsIn(cell, column));
}

/** What the cell of a figure shows, whose column says nothing of it. */
export function figureText(cell: Cell): string {
  return formatCell(cell, { title: "", kind: "number" });
}

/** The notes of a table by number, from 1 in reading order. */
export interface Footnotes {
  /** Number of a cell's note; undefined for a cell without one. */
  numberOf(cell: Cell): number | undefined;
  /** The notes, the first one being number 1. */
  readonly notes: readonly string[];
}

/**
 * Numbers the notes of a table.
 *
 * @param rows its rows
 */
export function footnotesOf(rows: readonly Row[]): Footnotes {
  const numbers = new Map<string, number>();
  for (const row of rows) {
    for (const { note } of row) {
      if (note !== undefined && !numbers.has(note)) numbers.set(note, numbers.size + 1);
    }
  }
  return {
    numberOf: ({ note }) => note === undefined ? undefined : numbers.get(note),
    notes: [...numbers.keys()],
  };
}
