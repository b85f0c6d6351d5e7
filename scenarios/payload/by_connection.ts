/** Payloads that differ from connection to connection. */

import { largest } from "../../measure/statistics/statistics.ts";
import type { Message } from "../../protocols/types.ts";
import type { Payload } from "./payload.ts";

/**
 * Messages by connection: the first connections have the first payload, the next ones the second, and so on; all that
 * are left have the last.
 *
 * @throws {RangeError} if there is no payload
 * @throws {TypeError} if some are text and others are not
 */
export function byConnection(
  shares: readonly { readonly connections: number; readonly payload: Payload }[],
): Payload {
  const payloads = shares.map(({ payload }) => payload);
  const [first] = payloads;
  if (first === undefined) throw new RangeError("Cannot choose a payload as there is none");
  if (payloads.some(({ isText }) => isText !== first.isText)) {
    throw new TypeError("Cannot choose among payloads as some are text and others are bytes");
  }
  /** The first connection after those with this payload. */
  let end = 0;
  const ends = shares.map(({ connections }) => end += connections);
  /** Index of the first parts of each payload among those of all. */
  const firstParts = payloads.map((_, index) =>
    payloads.slice(0, index).reduce((total, { parts }) => total + parts.length, 0)
  );

  function indexOf(connection: number): number {
    let index = 0;
    while (index < ends.length - 1 && connection >= ends[index]!) index++;
    return index;
  }

  const of = (connection: number): Payload => payloads[indexOf(connection)]!;

  const message: Message = {
    isText: first.isText,
    size: largest(payloads.map(({ size }) => size)),
    parts: payloads.flatMap(({ parts }) => parts),
    partsOf(connection) {
      const index = indexOf(connection);
      return firstParts[index]! + payloads[index]!.partsOf(connection);
    },
  };
  return {
    ...message,
    write: (target, at, connection, sequence) =>
      of(connection).write(target, at, connection, sequence),
    // Its parts are those of the messages themselves.
    ...(payloads.every((one) => one.reply !== undefined) && { reply: message }),
    check: (source, start, end, connection, expected) =>
      of(connection).check(source, start, end, connection, expected),
  };
}
