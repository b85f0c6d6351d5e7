/** The heads of messages, and their tails: bytes with numbers in them. */

import { Bytes, writeDigits, writeHex, writeUint32 } from "./bytes.ts";
import type { Hole } from "./types.ts";

/** Digits of 64 random bits. */
const HEX_DIGITS = 16;

/** Writes the heads of the messages that have some parts; allocates nothing for it. */
export class Head {
  readonly #bytes: Uint8Array;
  readonly #constant: Bytes;
  /** All of one shape, so that they are read fast. */
  readonly #holes: readonly Required<Hole>[];
  /** Whether the heads of all messages are equally long. */
  readonly #isFixed: boolean;
  #numberEnd = 0;

  constructor({ head, holes }: { readonly head: Uint8Array; readonly holes: readonly Hole[] }) {
    this.#bytes = head;
    this.#constant = new Bytes(head);
    this.#holes = holes.map(({ at, holds, as, plus = 0, width }) => ({
      ...{ at, holds, as, plus, width },
    }));
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
      to = this.#constant.copy(target, to, from, hole.at + width);
      from = hole.at + width;
      const end = put(target, to - width, hole, connection, sequence);
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
      const end = put(target, at + hole.at, hole, connection, sequence);
      for (let from = end - at; from < hole.at + hole.width; from++) {
        target[at + from] = bytes[from]!;
      }
      if (hole.holds === "sequence") this.#numberEnd = end;
    }
    return at + bytes.length;
  }
}

/** Writes what is in a hole, and returns the place after it. */
function put(
  target: Uint8Array,
  at: number,
  { holds, as, plus }: Required<Hole>,
  connection: number,
  sequence: number,
): number {
  if (holds === "random") return putRandom(target, at, plus, connection, sequence);
  const value = (holds === "connection" ? connection : sequence) + plus;
  if (as === "decimal") return writeDigits(target, at, value);
  writeUint32(target, at, value);
  return at + 4;
}

function putRandom(
  target: Uint8Array,
  at: number,
  seed: number,
  connection: number,
  sequence: number,
): number {
  const bits = mixed(mixed(seed ^ connection) ^ sequence);
  writeHex(target, at, bits);
  return writeHex(target, at + HEX_DIGITS / 2, mixed(bits));
}

/** Mixes 32 bits: the last steps of MurmurHash3 (https://github.com/aappleby/smhasher). */
export function mixed(bits: number): number {
  bits = Math.imul(bits ^ bits >>> 16, 0x85ebca6b);
  bits = Math.imul(bits ^ bits >>> 13, 0xc2b2ae35);
  return bits ^ bits >>> 16;
}
