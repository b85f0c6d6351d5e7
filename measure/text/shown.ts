/** Makes texts that others wrote fit for a message. */

import { masked } from "./secrets.ts";

/** Control characters, line ends, and what changes the direction of writing or cannot be seen. */
const OBEYED = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** The most characters that a message shows of a text, and of one word. */
const MOST = 1000;
const MOST_OF_WORD = 200;

/**
 * A text on one line, without its secrets, with control characters written as `\u001b`. Of a long text only the start
 * and the end are kept, because a message ends with the remedy.
 *
 * @param most how many characters are kept
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
