/** Content that is written into JSON texts, and JSON that servers send. */

import { composed } from "../message.ts";
import { excerptOf, ProtocolError } from "./protocol_error.ts";
import { escape, escapedSize } from "../json/text.ts";
import type { Message } from "../types.ts";

/** The same text as it is in a JSON string, without its quotes. */
export function escapedText(content: Message): Message {
  const parts = content.parts.map(({ head, holes, fillings, tail }) => ({
    head: escaped(head),
    // Digits and spaces are the same when they are escaped.
    holes: holes.map((hole) => ({ ...hole, at: escapedSize(head, 0, hole.at) })),
    fillings: fillings.map(escaped),
    tail: escaped(tail),
  }));
  return composed(true, parts, (connection) => content.partsOf(connection));
}

function escaped(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(escapedSize(text, 0, text.length));
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
