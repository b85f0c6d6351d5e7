/** The head of messages, with numbers in it. */

import { Bytes, writeDigits, writeUint32 } from "./bytes.ts";
import type { Parts } from "./types.ts";

/** Writes the heads of the messages that have some parts; allocates nothing for it. */
export class Head {
  readonly #bytes: Uint8Array;
  readonly #constant: Bytes;
  readonly #holes: Parts["holes"];
  /** Whether the heads of all messages are equally long. */
  readonly #isFixed: boolean;
  #numberEnd = 0;

  constructor({ head, holes }: Parts) {
    this.#bytes = head;
    this.#constant = new Bytes(head);
    this.#holes = holes;
    this.#isFixed = holes.every(({ width }) => width > 0);
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
      const value = hole.holds === "connection" ? connection : sequence;
      to = this.#constant.copy(target, to, from, hole.at + width);
      from = hole.at + width;
      let end = to;
      if (hole.as === "uint32") writeUint32(target, to - width, value);
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
      const value = hole.holds === "connection" ? connection : sequence;
      const start = at + hole.at;
      let end = start + hole.width;
      if (hole.as === "uint32") writeUint32(target, start, value);
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
