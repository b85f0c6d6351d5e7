/**
 * Text that came from servers and files, made fit for one line of any report.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";

/** Control characters, line and paragraph separators, direction overrides, and the two code points that XML forbids. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]+/gu;

/** Puts a text on one line, without terminal escapes, control characters and half surrogate pairs. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text).toWellFormed().replace(UNPRINTABLE, " ").replace(
    / {2,}/g,
    " ",
  ).trim();
}

/** `1 trial`, `2 trials`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Joins names as a sentence does: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Breaks a text into lines of at most `width` characters; a longer word is broken too. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    for (; word.length > width; word = word.slice(width)) lines.push(word.slice(0, width));
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
