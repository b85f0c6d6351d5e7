/** Messages prepared to be shown: nothing in them moves the cursor of a terminal, and a cell of a sheet can hold them. */

import type { Message } from "../types.ts";
import type { Content } from "../../measure/model/session.ts";

/** A cell of a sheet holds no more characters than this. */
const LONGEST_TEXT = 32_767;
const LONGEST_BYTES = 256;
/** Controls except tab and line feed, line and paragraph separators, direction overrides, what XML forbids. */
const UNPRINTABLE =
  /(?![\t\n])\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Cs}/gu;
const encoder = new TextEncoder();

/** A text whose control characters are shown as their symbols (U+2400 and on), others that cannot be shown as U+FFFD. */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\uFFFD";
  });
}

/** A message as one line of the conversation shows it. */
export function shown(message: Message): string {
  return typeof message === "string" ? visible(message) : `<${message.length} bytes>`;
}

/** A message as a session keeps it. */
export function contentOf(message: Message): Content {
  return typeof message === "string" ? ofText(message) : ofBytes(message);
}

function ofText(message: string): Content {
  const bytes = byteLength(message);
  const isCut = message.length > LONGEST_TEXT;
  const kept = isCut ? message.slice(0, LONGEST_TEXT) : message;
  const text = visible(kept);
  const remarks = [
    ...(isCut ? [`cut after ${LONGEST_TEXT.toLocaleString("en")} characters`] : []),
    ...(text === kept ? [] : ["control characters as symbols"]),
  ];
  return { text, bytes, remarks, isCut };
}

function ofBytes(message: Uint8Array): Content {
  const isCut = message.length > LONGEST_BYTES;
  const digits = Array.from(
    message.subarray(0, LONGEST_BYTES),
    (byte) => byte.toString(16).padStart(2, "0"),
  );
  return {
    text: digits.join(" "),
    bytes: message.length,
    remarks: ["binary, in hexadecimal", ...(isCut ? [`cut after ${LONGEST_BYTES} bytes`] : [])],
    isCut,
  };
}

function byteLength(text: string): number {
  // Most messages are short and ASCII: then this is quicker than encoding them.
  return /^\p{ASCII}*$/u.test(text) ? text.length : encoder.encode(text).length;
}
