/** Content that is written into JSON texts, and JSON that servers send. */

import { excerptOf, ProtocolError } from "./protocol_error.ts";
import { escape, escapedSize } from "../socket_io/text.ts";
import type { Message } from "../types.ts";

/** The most bytes that a byte becomes: `\u0000`. */
const LONGEST_ESCAPE = 6;

/** The same text as it is in a JSON string, without its quotes. */
export function escapedText(content: Message): Message {
  const { size, parts } = content;
  const plain = new Uint8Array(size);
  return {
    isText: true,
    size: size * LONGEST_ESCAPE,
    parts: {
      headSize: parts.headSize * LONGEST_ESCAPE,
      writeHead(target, at, connection, sequence) {
        return escape(target, at, plain, 0, parts.writeHead(plain, 0, connection, sequence));
      },
      count: parts.count,
      rest(index) {
        const rest = parts.rest(index);
        const escaped = new Uint8Array(escapedSize(rest, 0, rest.length));
        escape(escaped, 0, rest, 0, rest.length);
        return escaped;
      },
      restOf: (connection, sequence) => parts.restOf(connection, sequence),
    },
    write(target, at, connection, sequence) {
      return escape(target, at, plain, 0, content.write(plain, 0, connection, sequence));
    },
  };
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
