/** Messages that are put together of their parts: written and compared in place. */

import { Bytes, Pieces } from "./bytes.ts";
import { Head } from "./head.ts";
import { fillingOf, headSize, tailOf } from "./message.ts";
import type { Message, Parts } from "../types.ts";

/**
 * Writes the message with a number on a connection; allocates nothing.
 *
 * @param target where to write; it has room for {@linkcode Message.size} bytes from `at` on
 * @returns the place after the last byte
 */
export type WriteMessage = (
  target: Uint8Array,
  at: number,
  connection: number,
  sequence: number,
) => number;

/** What writes a message. */
export function writerOf({ parts, partsOf }: Message): WriteMessage {
  const composers = parts.map((one) => new Composer(one));
  return (target, at, connection, sequence) =>
    composers[partsOf(connection)]!.write(target, at, connection, sequence);
}

/** Writes and compares the messages that have some parts; allocates nothing for it. */
export class Composer {
  readonly #head: Head;
  readonly #count: number;
  readonly #fillings: Pieces;
  readonly #tail: Head;
  /** The head of a message that is compared. */
  readonly #rightHead: Uint8Array;
  readonly #right: Bytes;
  /** The tail of it. */
  readonly #rightTail: Uint8Array;
  readonly #rightEnd: Bytes;

  constructor(parts: Parts) {
    this.#head = new Head(parts);
    this.#count = parts.fillings.length;
    this.#fillings = new Pieces(parts.fillings);
    this.#tail = new Head(tailOf(parts));
    this.#rightHead = new Uint8Array(headSize(parts));
    this.#right = new Bytes(this.#rightHead);
    this.#rightTail = new Uint8Array(headSize(tailOf(parts)));
    this.#rightEnd = new Bytes(this.#rightTail);
  }

  /** Writes a message, and returns the place after it. */
  write(target: Uint8Array, at: number, connection: number, sequence: number): number {
    const headEnd = this.#head.write(target, at, connection, sequence);
    const filling = fillingOf(this.#count, connection, sequence);
    const tailAt = this.#fillings.copy(filling, target, headEnd);
    return this.#tail.write(target, tailAt, connection, sequence);
  }

  /** Whether a range holds a message and nothing else. */
  equal(
    source: Uint8Array,
    start: number,
    end: number,
    connection: number,
    sequence: number,
  ): boolean {
    const headSize = this.#head.write(this.#rightHead, 0, connection, sequence);
    const filling = fillingOf(this.#count, connection, sequence);
    const tailAt = start + headSize + this.#fillings.size(filling);
    const tailSize = this.#tail.write(this.#rightTail, 0, connection, sequence);
    return tailAt + tailSize === end && this.#right.equal(source, start, 0, headSize) &&
      this.#fillings.equal(filling, source, start + headSize) &&
      this.#rightEnd.equal(source, tailAt, 0, tailSize);
  }
}
