/** The model of a table, which every format lays out in its own way, and what its cells show as text. */

import type { Figure, MetricDefinition } from "../../measure/model/result.ts";
import { decimalsOf, formatNumber, formatTime, oneLine } from "../summary/text.ts";

/**
 * What a cell holds: text; a measured number; a probability, which is never shown as 0; a count; a number that only names
 * something and has no separators; a time in ISO 8601.
 */
export type Kind = "text" | "number" | "probability" | "integer" | "identifier" | "time";

export interface Column {
  /** Heading, without the unit. */
  readonly title: string;
  /** Unit of its numbers, shown after the heading. */
  readonly unit?: string;
  /** What its cells hold. */
  readonly kind: Kind;
  /** Decimals of its numbers; absent: as many as three significant digits need. */
  readonly decimals?: number;
}

/** Why a cell is highlighted: best of its comparison, wrong replies, only failed trials. */
export type Mark = "best" | "wrong" | "failed";

/** What a verdict claims about a server compared with the baseline. */
export type Sign = "better" | "worse";

export interface Cell {
  /** Null for an empty cell. */
  readonly value: string | number | null;
  /** What it holds, if that differs from its column. */
  readonly kind?: Kind;
  /** Decimals, if they differ from its column's. */
  readonly decimals?: number;
  readonly mark?: Mark;
  /** What a verdict claims about it; absent if nothing is claimed. */
  readonly sign?: Sign;
  /** Why it is empty or marked, as a phrase. */
  readonly note?: string;
}

/** One cell for each column. */
export type Row = readonly Cell[];

export interface Table {
  /** Name in files and links. */
  readonly id: string;
  readonly title: string;
  /** What a reader must know to understand it. */
  readonly note?: string;
  /** How the mark "best" must be read; needed if a cell may have that mark. */
  readonly bestNote?: string;
  /** What the signs of figures mean, as a phrase; absent if no figure has one. */
  readonly signNote?: string;
  readonly columns: readonly Column[];
  /** How many of the first columns identify the row. */
  readonly keyColumns: number;
  readonly rows: readonly Row[];
  /** What to say when there are no rows. */
  readonly empty: string;
}

/** Tables that belong together: a sheet of the workbook, a section of a page. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What it is about, in one sentence. */
  readonly about?: string;
  /** At least one. */
  readonly tables: readonly Table[];
}

export const EMPTY: Cell = { value: null };

/** Columns of text with these headings. */
export function textColumns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, kind: "text" }));
}

/** A column, and the cell that it shows for an item. */
export type Field<T> = readonly [column: Column, cell: (item: T) => Cell];

type Fields<T, Value> = Readonly<Record<string, (item: T) => Value>>;

/** Fields of text by their headings. */
export function textFields<T>(fields: Fields<T, string | undefined>): Field<T>[] {
  return Object.entries(fields)
    .map(([title, read]) => [{ title, kind: "text" }, (item) => words(read(item))]);
}

/** Fields of counts by their headings. */
export function countFields<T>(fields: Fields<T, number>): Field<T>[] {
  return Object.entries(fields)
    .map(([title, read]) => [{ title, kind: "integer" }, (item) => ({ value: read(item) })]);
}

/** Fields of figures in the same kind of column by their headings, scaled as by {@linkcode measured}. */
export function figureFields<T>(
  column: Omit<Column, "title">,
  fields: Fields<T, Figure | null | undefined>,
  scale: number = 1,
): Field<T>[] {
  return Object.entries(fields)
    .map(([title, read]) => [{ title, ...column }, (item) => measured(read(item), scale)]);
}

/** A fact of a table that lists them: name, value and unit. */
export type FactRow = readonly [name: string, value: Cell, unit?: string];

/** A table with a row for each fact. */
export function factsTable(
  about: Pick<Table, "id" | "title" | "note">,
  heading: string,
  facts: readonly FactRow[],
): Table {
  return {
    ...about,
    columns: textColumns(heading, "Value", "Unit"),
    keyColumns: 1,
    rows: facts.map(([name, value, unit]) => [words(name), value, words(unit)]),
    empty: "",
  };
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

/** The heading of a column with its unit, for example `Rate (messages/s)`. */
export function heading(column: Column): string {
  return column.unit ? `${column.title} (${column.unit})` : column.title;
}

/** Smaller probabilities are shown as smaller than this. */
export const LEAST_PROBABILITY = 0.001;

/** A cell of text; line breaks and control characters become spaces. */
export function words(value: string | undefined): Cell {
  const line = oneLine(value ?? "");
  return { value: line === "" ? null : line };
}

/** A cell of a figure: the number times `scale`, or empty with the reason; undefined and null need no reason. */
export function measured(figure: Figure | null | undefined, scale: number = 1): Cell {
  if (figure === undefined || figure === null) return { value: null };
  if (typeof figure !== "number") return { value: null, note: oneLine(figure.absent) };
  return Number.isFinite(figure)
    ? { value: figure * scale }
    : { value: null, note: "it is not a finite number" };
}

/** Decimals of a number in a cell: its own, its column's, or what three significant digits need. */
export function decimalsIn(cell: Cell, column: Column): number {
  const kind = cell.kind ?? column.kind;
  if (kind === "integer" || kind === "identifier") return 0;
  if (kind === "probability") return 3;
  return cell.decimals ?? column.decimals ??
    (typeof cell.value === "number" ? decimalsOf(cell.value) : 0);
}

/** The text of a cell; empty for a cell without a value. */
export function formatCell(cell: Cell, column: Column): string {
  const kind = cell.kind ?? column.kind;
  if (cell.value === null) return "";
  if (typeof cell.value === "string") return kind === "time" ? formatTime(cell.value) : cell.value;
  if (kind === "probability" && cell.value < LEAST_PROBABILITY) return `<${LEAST_PROBABILITY}`;
  return kind === "identifier"
    ? String(cell.value)
    : formatNumber(cell.value, decimalsIn(cell, column));
}

/** The text of a figure's cell outside of a column. */
export function figureText(cell: Cell): string {
  return formatCell(cell, { title: "", kind: "number" });
}

/** The notes of a table, numbered from 1 in reading order. */
export interface Footnotes {
  /** Number of a cell's note; undefined for a cell without one. */
  readonly numberOf: (cell: Cell) => number | undefined;
  readonly notes: readonly string[];
}

/** Whether the cells of a column are aligned right. */
export function isNumeric({ kind }: Column): boolean {
  return kind === "number" || kind === "probability" || kind === "integer";
}

/** Numbers the notes of a table. */
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
