/** The heads of messages, and their tails: bytes with numbers in them. */

import {
  Bytes,
  writeDigits,
  writeHex,
  writePadded,
  writeUint16,
  writeUint32,
  writeVarint,
} from "./bytes.ts";
import { fillingOf } from "./message.ts";
import type { Hole } from "../types.ts";

/** Digits of 64 random bits. */
const HEX_DIGITS = 16;

const ALL: NonNullable<Hole["counts"]> = { from: 0, without: 0 };

/** A hole with all that it may leave out. */
type Filled = Required<Omit<Hole, "of">> & { readonly of: Hole["of"] | undefined };

/** What a head is written from. */
interface HeadParts {
  readonly head: Uint8Array;
  readonly holes: readonly Hole[];
  /** What follows the head: only for those with a length. */
  readonly fillings?: readonly Uint8Array[];
  readonly tail?: Uint8Array;
}

/** Writes the heads of the messages that have some parts; allocates nothing for it. */
export class Head {
  readonly #bytes: Uint8Array;
  readonly #constant: Bytes;
  /** All of one shape, so that they are read fast. */
  readonly #holes: readonly Filled[];
  /** Whether the heads of all messages are equally long. */
  readonly #isFixed: boolean;
  readonly #fillingSizes: Int32Array;
  readonly #tailSize: number;
  #numberEnd = 0;

  constructor({ head, holes, fillings = [], tail }: HeadParts) {
    this.#bytes = head;
    this.#constant = new Bytes(head);
    this.#holes = holes.map(({ at, holds, of, as, plus = 0, width, counts = ALL }) => ({
      ...{ at, holds, of, as, plus, width, counts },
    }));
    this.#isFixed = holes.every(({ width }) => width > 0);
    this.#fillingSizes = Int32Array.from(fillings, ({ length }) => length);
    this.#tailSize = tail?.length ?? 0;
  }

  #valueOf(hole: Filled, connection: number, sequence: number): number {
    if (hole.holds === "length") return this.#length(hole, connection, sequence);
    return numberIn(hole, connection, sequence);
  }

  /** How many bytes a length counts. */
  #length({ counts }: Filled, connection: number, sequence: number): number {
    const { from, without } = counts;
    const filling = fillingOf(this.#fillingSizes.length, connection, sequence);
    let length = this.#bytes.length - from + this.#fillingSizes[filling]! + this.#tailSize -
      without;
    for (let index = 0; index < this.#holes.length; index++) {
      const hole = this.#holes[index]!;
      if (hole.width > 0 || hole.at < from || hole.holds === "length") continue;
      length += hole.holds === "random"
        ? HEX_DIGITS
        : digitsOf(numberIn(hole, connection, sequence));
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
      const end = put(target, to - width, hole, value, connection, sequence);
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
      const value = numberIn(hole, connection, sequence);
      const end = put(target, at + hole.at, hole, value, connection, sequence);
      for (let from = end - at; from < hole.at + hole.width; from++) {
        target[at + from] = bytes[from]!;
      }
      if (hole.holds === "sequence") this.#numberEnd = end;
    }
    return at + bytes.length;
  }
}

/** The number that a hole holds. */
function numberIn(
  { holds, of, plus }: Filled,
  connection: number,
  sequence: number,
): number {
  const number = holds === "connection" ? connection : sequence;
  return (of === undefined ? number : of(number)) + plus;
}

/** How many decimal digits a number has. */
function digitsOf(value: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  return digits;
}

/** Writes what is in a hole, and returns the place after it. */
function put(
  target: Uint8Array,
  at: number,
  { holds, as, plus, width }: Filled,
  value: number,
  connection: number,
  sequence: number,
): number {
  if (holds === "random") return putRandom(target, at, plus, connection, sequence);
  if (as === "decimal") return writeDigits(target, at, value);
  if (as === "varint") return writeVarint(target, at, value);
  if (as === "padded") writePadded(target, at, width, value);
  else if (as === "uint16") writeUint16(target, at, value);
  else writeUint32(target, at, value);
  return at + width;
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
