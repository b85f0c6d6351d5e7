/**
 * Notes of cells as numbered lines below a table: a reason is printed once, however many cells it explains.
 *
 * @module
 */

import type { Cell, Row } from "./table.ts";

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
