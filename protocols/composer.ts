/** Messages that are put together of their parts: written and compared in place. */

import { Bytes, Pieces, writeDigits, writeUint32 } from "./bytes.ts";
import { fillingOf, headSize } from "./message.ts";
import type { Message, Parts } from "./types.ts";

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
  readonly #parts: Parts;
  readonly #head: Bytes;
  readonly #fillings: Pieces;
  readonly #tail: Bytes;
  /** The head of a message that is compared. */
  readonly #rightHead: Uint8Array;
  readonly #right: Bytes;
  /** Whether the heads of all messages are equally long. */
  readonly #isFixed: boolean;
  #numberEnd = 0;

  constructor(parts: Parts) {
    const { head, fillings, tail } = parts;
    this.#parts = parts;
    this.#isFixed = parts.holes.every(({ width }) => width > 0);
    this.#head = new Bytes(head);
    this.#fillings = new Pieces(fillings);
    this.#tail = new Bytes(tail);
    this.#rightHead = new Uint8Array(headSize(parts));
    this.#right = new Bytes(this.#rightHead);
  }

  /** The place after the message's number in the head that was written last; that of the last, if it is there twice. */
  get numberEnd(): number {
    return this.#numberEnd;
  }

  /** Writes the head of a message, and returns the place after it. */
  writeHead(target: Uint8Array, at: number, connection: number, sequence: number): number {
    const { holes } = this.#parts;
    let from = 0;
    let to = at;
    // An iterator would be an object without V8's last compiler, which a paced generator does not have.
    for (let index = 0; index < holes.length; index++) {
      const hole = holes[index]!;
      const { width } = hole;
      const value = hole.holds === "connection" ? connection : sequence;
      to = this.#head.copy(target, to, from, hole.at + width);
      from = hole.at + width;
      let end = to;
      if (hole.as === "uint32") writeUint32(target, to - width, value);
      else end = writeDigits(target, to - width, value);
      if (hole.holds === "sequence") this.#numberEnd = end;
      if (width === 0) to = end;
    }
    return this.#head.copy(target, to, from);
  }

  /** The same where the head of another message is: then only the numbers are written, if they all have a width. */
  rewriteHead(target: Uint8Array, at: number, connection: number, sequence: number): number {
    if (!this.#isFixed) return this.writeHead(target, at, connection, sequence);
    const { head, holes } = this.#parts;
    for (let index = 0; index < holes.length; index++) {
      const hole = holes[index]!;
      const value = hole.holds === "connection" ? connection : sequence;
      const start = at + hole.at;
      let end = start + hole.width;
      if (hole.as === "uint32") writeUint32(target, start, value);
      else {
        end = writeDigits(target, start, value);
        for (let from = end - at; from < hole.at + hole.width; from++) {
          target[at + from] = head[from]!;
        }
      }
      if (hole.holds === "sequence") this.#numberEnd = end;
    }
    return at + head.length;
  }

  /** Writes a message, and returns the place after it. */
  write(target: Uint8Array, at: number, connection: number, sequence: number): number {
    const headEnd = this.writeHead(target, at, connection, sequence);
    const filling = fillingOf(this.#parts.fillings.length, connection, sequence);
    return this.#tail.copy(target, this.#fillings.copy(filling, target, headEnd));
  }

  /** Whether a range holds a message and nothing else. */
  equal(
    source: Uint8Array,
    start: number,
    end: number,
    connection: number,
    sequence: number,
  ): boolean {
    const headSize = this.writeHead(this.#rightHead, 0, connection, sequence);
    const filling = fillingOf(this.#parts.fillings.length, connection, sequence);
    const tailAt = start + headSize + this.#fillings.size(filling);
    return tailAt + this.#tail.length === end && this.#right.equal(source, start, 0, headSize) &&
      this.#fillings.equal(filling, source, start + headSize) && this.#tail.equal(source, tailAt);
  }
}
