/**
 * The model of a table: what it says, before any format decides how it looks.
 *
 * @module
 */

import type { Figure } from "../measure/result.ts";
import { oneLine } from "./text.ts";

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
