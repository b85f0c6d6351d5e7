/**
 * Payloads of two kinds of connections in one traffic.
 *
 * @module
 */

import type { Payload } from "./payload.ts";

/**
 * Messages of one payload on the first connections, and of another one on those after them.
 *
 * @param first of the connections below `from`
 * @param rest of the connection `from` and those after it
 * @throws {TypeError} where one is text and the other is not
 */
export function byConnection(first: Payload, from: number, rest: Payload): Payload {
  if (first.isText !== rest.isText) {
    throw new TypeError("Cannot make a payload of text and bytes: both must be of one type");
  }
  const of = (connection: number): Payload => connection < from ? first : rest;
  return {
    isText: first.isText,
    size: Math.max(first.size, rest.size),
    write: (target, at, connection, sequence) =>
      of(connection).write(target, at, connection, sequence),
    check: (source, start, end, connection, expected) =>
      of(connection).check(source, start, end, connection, expected),
  };
}
