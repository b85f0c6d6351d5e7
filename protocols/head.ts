/** The head of messages, with numbers in it. */

import { Bytes, writeDigits, writePadded, writeUint16, writeUint32, writeVarint } from "./bytes.ts";
import { fillingOf } from "./message.ts";
import type { Hole, Parts } from "./types.ts";

/** Writes the heads of the messages that have some parts; allocates nothing for it. */
export class Head {
  readonly #bytes: Uint8Array;
  readonly #constant: Bytes;
  readonly #holes: Parts["holes"];
  /** Whether the heads of all messages are equally long. */
  readonly #isFixed: boolean;
  readonly #fillingSizes: Int32Array;
  readonly #tailSize: number;
  #numberEnd = 0;

  constructor({ head, holes, fillings, tail }: Parts) {
    this.#bytes = head;
    this.#constant = new Bytes(head);
    this.#holes = holes;
    this.#isFixed = holes.every(({ width }) => width > 0);
    this.#fillingSizes = Int32Array.from(fillings, ({ length }) => length);
    this.#tailSize = tail.length;
  }

  #valueOf(hole: Hole, connection: number, sequence: number): number {
    const { holds, of } = hole;
    if (holds === "length") return this.#length(hole, connection, sequence);
    const number = holds === "connection" ? connection : sequence;
    return of === undefined ? number : of(number);
  }

  /** How many bytes a length counts. */
  #length({ counts }: Hole, connection: number, sequence: number): number {
    const { from, without } = counts!;
    const filling = fillingOf(this.#fillingSizes.length, connection, sequence);
    let length = this.#bytes.length - from + this.#fillingSizes[filling]! + this.#tailSize -
      without;
    for (let index = 0; index < this.#holes.length; index++) {
      const hole = this.#holes[index]!;
      if (hole.width > 0 || hole.at < from || hole.holds === "length") continue;
      length += digitsOf(this.#valueOf(hole, connection, sequence));
    }
    return length;
  }

  /** The place after the message's number in the head that was written last; that of the last, if it is there twice. */
  get numberEnd(): number {
    return this.#numberEnd;
  }

  /** Writes the head of a message, and returns the place after it. */
  write(target: Uint8Array, at: number, connection: number, sequence: number): number {
    const holes = this.#holes;
    let from = 0;
    let to = at;
    // An iterator would be an object without V8's last compiler, which a paced generator does not have.
    for (let index = 0; index < holes.length; index++) {
      const hole = holes[index]!;
      const { width } = hole;
      const value = this.#valueOf(hole, connection, sequence);
      to = this.#constant.copy(target, to, from, hole.at + width);
      from = hole.at + width;
      let end = to;
      if (hole.as === "uint32") writeUint32(target, to - width, value);
      else if (hole.as === "uint16") writeUint16(target, to - width, value);
      else if (hole.as === "padded") writePadded(target, to - width, width, value);
      else if (hole.as === "varint") end = writeVarint(target, to, value);
      else end = writeDigits(target, to - width, value);
      if (hole.holds === "sequence") this.#numberEnd = end;
      if (width === 0) to = end;
    }
    return this.#constant.copy(target, to, from);
  }

  /** The same where the head of another message is: then only the numbers are written, if they all have a width. */
  rewrite(target: Uint8Array, at: number, connection: number, sequence: number): number {
    if (!this.#isFixed) return this.write(target, at, connection, sequence);
    const bytes = this.#bytes;
    const holes = this.#holes;
    for (let index = 0; index < holes.length; index++) {
      const hole = holes[index]!;
      const value = this.#valueOf(hole, connection, sequence);
      const start = at + hole.at;
      let end = start + hole.width;
      if (hole.as === "uint32") writeUint32(target, start, value);
      else if (hole.as === "uint16") writeUint16(target, start, value);
      else if (hole.as === "padded") writePadded(target, start, hole.width, value);
      else {
        end = writeDigits(target, start, value);
        for (let from = end - at; from < hole.at + hole.width; from++) {
          target[at + from] = bytes[from]!;
        }
      }
      if (hole.holds === "sequence") this.#numberEnd = end;
    }
    return at + bytes.length;
  }
}

/** How many decimal digits a number has. */
function digitsOf(value: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  return digits;
}
