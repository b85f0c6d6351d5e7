/**
 * Payloads: what the messages of a trial say, and whether a reply is the right one.
 *
 * Each message names its connection and its number if it has room for them, so that a lost, doubled, reordered or
 * altered reply is recognized. Messages are written and checked as bytes in place; small ones allocate nothing.
 */

import { documents } from "./documents.ts";
import type { PayloadKind } from "./kinds.ts";
import { json, numbered, numberedText, random, SMALLEST_JSON } from "./sized_payload.ts";
import type { Payload } from "./types.ts";

export { altered, type Payload, UNREADABLE } from "./types.ts";
export { documents } from "./documents.ts";
export type { PayloadKind } from "./kinds.ts";
export { counted, fixedText, tagged } from "./text_payload.ts";
export {
  json,
  numbered,
  numberedText,
  random,
  SMALLEST_JSON,
  SMALLEST_NUMBERED,
  SMALLEST_TEXT,
} from "./sized_payload.ts";

/** How messages of each kind are made. */
const MAKERS: { readonly [kind in PayloadKind]: (size: number) => Payload } = {
  text: textOf,
  binary: numbered,
  random,
  documents,
};

/** A text of any size from `SMALLEST_TEXT` on: JSON if it fits. */
export function textOf(size: number): Payload {
  return size < SMALLEST_JSON ? numberedText(size) : json(size);
}

/**
 * A message of a size in bytes.
 *
 * @param kind what it is made of; if absent, JSON with a repeated text if that fits, else numbered bytes
 * @throws {RangeError} for a size that is too small for its kind
 */
export function messageOf(size: number, kind?: PayloadKind): Payload {
  if (kind !== undefined) return MAKERS[kind](size);
  return size < SMALLEST_JSON ? numbered(size) : json(size);
}
