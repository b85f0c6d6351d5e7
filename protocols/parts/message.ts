/** Messages that are put together of parts. */

import type { Message, Parts } from "../types.ts";

/** No bytes. */
export const NOTHING: Uint8Array = new Uint8Array();

/** Pieces of bytes as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}

/** The most digits of a number: those of the largest integer that is exact. */
const MOST_DIGITS = 16;

/** Bytes with numbers in them. */
type Holed = Pick<Parts, "head" | "holes">;

/** The tail of messages, as a head is described. */
export function tailOf({ tail, tailHoles = [] }: Parts): Holed {
  return { head: tail, holes: tailHoles };
}

/** The most bytes that the head of messages takes. */
export function headSize({ head, holes }: Holed): number {
  return head.length + holes.filter(({ width }) => width === 0).length * MOST_DIGITS;
}

/** The most bytes that a message with these parts takes. */
export function sizeOf(parts: Parts): number {
  const longest = parts.fillings.reduce((most, { length }) => Math.max(most, length), 0);
  return headSize(parts) + longest + headSize(tailOf(parts));
}

/**
 * Which of so many fillings a message has: those of one connection have them by turns. If their count is prime, a
 * changed number would need another filling.
 */
export function fillingOf(count: number, connection: number, sequence: number): number {
  return (connection * 7 + sequence) % count;
}

/**
 * The messages that have some parts.
 *
 * @param partsOf which of them those of a connection have, as an index; left out if there is only one
 */
export function composed(
  isText: boolean,
  parts: readonly Parts[],
  partsOf: (connection: number) => number = () => 0,
): Message {
  const size = parts.reduce((most, one) => Math.max(most, sizeOf(one)), 0);
  return { isText, size, parts, partsOf };
}

/** A message that is the same every time. */
export function constantMessage(isText: boolean, bytes: Uint8Array): Message {
  return composed(isText, [{ head: NOTHING, holes: [], fillings: [bytes], tail: NOTHING }]);
}
