/** What a message shows of a text that others wrote. */

import { masked } from "./secrets.ts";

/** Control characters, what turns the direction of writing or cannot be seen, and ends of lines. */
const OBEYED = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** The most that a message shows in all, and of one word, in characters. */
const MOST = 1000;
const MOST_OF_WORD = 200;

/**
 * A text on one line, without its secrets, with what a terminal or a reader's eye would obey as `\u001b`, and not all
 * of a long one: its start and its end, so that the remedy at the end of a message is kept.
 *
 * @param most characters that are kept
 */
export function shown(text: string, most: number = MOST): string {
  const line = masked(text).replaceAll(/\s*[\r\n\t\v\f\u0085\u2028\u2029]\s*/g, " ");
  const words = line.replaceAll(
    /\S+/g,
    (word) => word.length > MOST_OF_WORD ? cut(word, MOST_OF_WORD) : word,
  );
  return cut(words, most).replaceAll(
    OBEYED,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The start and the end of a text that is longer than `most` characters, with how many are left out between them. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text.toWellFormed();
  const end = Math.floor(most / 3);
  const start = most - end;
  const left = (text.length - most).toLocaleString("en-US");
  const whole = `${text.slice(0, start)}… (${left} characters) …${text.slice(-end)}`;
  return whole.toWellFormed();
}
