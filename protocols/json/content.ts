/** Content that is written into JSON texts, and JSON that servers send. */

import { composed } from "../parts/message.ts";
import { excerptOf, ProtocolError } from "../common/protocol_error.ts";
import { escape, escapedSize } from "./text.ts";
import type { Hole, Message, Parts } from "../types.ts";

/** The same text as it is in a JSON string, without its quotes. */
export function escapedText(content: Message): Message {
  const parts = content.parts.map(escapedParts);
  return composed(true, parts, (connection) => content.partsOf(connection));
}

/** Parts of texts as they are written inside the quotes of JSON: digits and spaces stay the same. */
export function escapedParts({ head, holes, fillings, tail, tailHoles = [] }: Parts): Parts {
  const inside = (bytes: Uint8Array, all: readonly Hole[]): Hole[] =>
    all.map((hole) => ({ ...hole, at: escapedSize(bytes, 0, hole.at) }));
  return {
    head: escapedBytes(head),
    holes: inside(head, holes),
    fillings: fillings.map(escapedBytes),
    tail: escapedBytes(tail),
    tailHoles: inside(tail, tailHoles),
  };
}

/** A text as it is written inside the quotes of JSON; the same bytes if nothing in it has to be escaped. */
function escapedBytes(text: Uint8Array): Uint8Array {
  const size = escapedSize(text, 0, text.length);
  if (size === text.length) return text;
  const bytes = new Uint8Array(size);
  escape(bytes, 0, text, 0, text.length);
  return bytes;
}
/** A text as it is in a JSON string, without its quotes. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The JSON that a server sent.
 *
 * @throws {ProtocolError} for another text
 */
export function parsedJson(buffer: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(decoder.decode(buffer.subarray(start, end)));
  } catch {
    throw new ProtocolError(
      "malformed",
      `The server sent what is not JSON: received "${excerptOf(buffer, start, end)}"`,
    );
  }
}

/** A member of what may be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
