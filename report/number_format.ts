/**
 * How numbers and moments are shown, the same in every report.
 *
 * @module
 */

import type { Cell, Column } from "./table.ts";

const DIGITS = 3;
/** A figure that needs more decimals than this is noise beside its neighbours. */
const MOST_DECIMALS = 6;

/**
 * Decimals that show a number with three significant digits; a whole part of more digits is never rounded away.
 *
 * @param value the number
 * @returns 0 to 6
 */
export function decimalsOf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  // 9.996 shows as 10.0, so the rounded number decides.
  const rounded = Math.abs(Number(value.toPrecision(DIGITS)));
  return Math.min(MOST_DECIMALS, Math.max(0, DIGITS - 1 - Math.floor(Math.log10(rounded))));
}

/** Decimals of a number in a cell: its own, its column's, or what three significant digits need. */
export function decimalsIn(cell: Cell, column: Column): number {
  const kind = cell.kind ?? column.kind;
  if (kind === "integer" || kind === "identifier") return 0;
  return cell.decimals ?? column.decimals ??
    (typeof cell.value === "number" ? decimalsOf(cell.value) : 0);
}

/**
 * A number with thousands separators.
 *
 * @param value the number
 * @param decimals digits behind the point; absent: as three significant digits need
 */
export function formatNumber(value: number, decimals: number = decimalsOf(value)): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** A moment given as ISO 8601, as `2026-01-31 14:05:09`, in UTC; what is no moment is returned as it is. */
export function formatTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toISOString().slice(0, 19).replace("T", " ");
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
