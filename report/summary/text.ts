/** How every report shows texts, numbers and times; text from servers and files is cleaned and put on one line. */

import { stripVTControlCharacters } from "node:util";
import type { MetricDefinition } from "../../measure/model/result.ts";

/** Control characters, line and paragraph separators, direction overrides, and the two code points that XML forbids. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]+/gu;

/** Puts a text on one line, without terminal escapes, control characters and half surrogate pairs. */
export function oneLine(text: string): string {
  const printable = stripVTControlCharacters(text).toWellFormed().replace(UNPRINTABLE, " ");
  return printable.replace(/ {2,}/g, " ").trim();
}

/** `1 trial`, `2 trials`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** For the middle of a sentence. */
export function uncapitalized(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

const LIST = new Intl.ListFormat("en-GB");

/** Joins names as a sentence does: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return LIST.format(names);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that shows as it is in HTML and XML, also inside of a quoted attribute. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

const DIGITS = 3;
/** A figure that needs more decimals than this is noise compared with its neighbours. */
const MOST_DECIMALS = 6;

/** Decimals, from 0 to 6, that show a number with three significant digits; whole digits are never rounded away. */
export function decimalsOf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  // 9.996 shows as 10.0, so the rounded number decides.
  const rounded = Math.abs(Number(value.toPrecision(DIGITS)));
  return Math.min(MOST_DECIMALS, Math.max(0, DIGITS - 1 - Math.floor(Math.log10(rounded))));
}

/** A number with thousands separators and these decimals; absent: as many as three significant digits need. */
export function formatNumber(value: number, decimals: number = decimalsOf(value)): string {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  const digits = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** A figure of a metric with its unit, for example `152,000 messages/s`. */
export function figureWithUnit(
  value: number,
  { unit, decimals }: Pick<MetricDefinition, "unit" | "decimals">,
): string {
  return `${formatNumber(value, decimals ?? decimalsOf(value))} ${oneLine(unit)}`.trimEnd();
}

/** An ISO 8601 time as `2026-01-31 14:05:09`, in UTC; any other text is returned unchanged. */
export function formatTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toISOString().slice(0, 19).replace("T", " ");
}
