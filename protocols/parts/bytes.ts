/** Numbers and comparisons in place in arrays of bytes. */

import { Buffer } from "node:buffer";

const ASCII_0 = 48;
const ASCII_9 = 57;
const SPACE = 32;

/** The bytes of a text, as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** From this size on `Buffer.compare` and `TypedArray.set` are faster, though they need views; measured. */
const LARGE = 512;

/** The view of the array that came last. */
class Viewed {
  #array: Uint8Array | undefined;
  #view: DataView = new DataView(new ArrayBuffer(0));

  of(array: Uint8Array): DataView {
    if (array !== this.#array) {
      this.#array = array;
      this.#view = viewOf(array);
    }
    return this.#view;
  }
}

/** Some bytes that are compared or copied again and again, by words: their view is made once. */
export class Bytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  // The same arrays come again and again, too: one that is compared with, and one that is copied to.
  readonly #source = new Viewed();
  readonly #target = new Viewed();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Whether these bytes, those from `from` to before `to` only if given, are those of `other` from `at` on. */
  equal(other: Uint8Array, at: number, from: number = 0, to: number = this.length): boolean {
    const length = to - from;
    if (at + length > other.length) return false;
    if (length >= LARGE) {
      return Buffer.compare(this.#bytes.subarray(from, to), other.subarray(at, at + length)) === 0;
    }
    const own = this.#view;
    const view = this.#source.of(other);
    const offset = at - from;
    let index = from;
    // Words of 32 bits: one of 64 is an object without V8's last compiler, which a paced generator does not have.
    for (; index + 16 <= to; index += 16) {
      const place = offset + index;
      const first = own.getInt32(index, true) ^ view.getInt32(place, true);
      const second = own.getInt32(index + 4, true) ^ view.getInt32(place + 4, true);
      const third = own.getInt32(index + 8, true) ^ view.getInt32(place + 8, true);
      const fourth = own.getInt32(index + 12, true) ^ view.getInt32(place + 12, true);
      if ((first | second | third | fourth) !== 0) return false;
    }
    for (; index + 4 <= to; index += 4) {
      if (own.getInt32(index, true) !== view.getInt32(offset + index, true)) return false;
    }
    for (; index < to; index++) if (this.#bytes[index] !== other[offset + index]) return false;
    return true;
  }

  /** Copies these bytes, or those from `from` to before `to`, to where there must be room; returns the place after. */
  copy(target: Uint8Array, at: number, from: number = 0, to: number = this.length): number {
    const length = to - from;
    if (length >= LARGE) {
      target.set(this.#bytes.subarray(from, to), at);
      return at + length;
    }
    const own = this.#view;
    const view = this.#target.of(target);
    const offset = at - from;
    let index = from;
    for (; index + 16 <= to; index += 16) {
      const place = offset + index;
      view.setInt32(place, own.getInt32(index, true), true);
      view.setInt32(place + 4, own.getInt32(index + 4, true), true);
      view.setInt32(place + 8, own.getInt32(index + 8, true), true);
      view.setInt32(place + 12, own.getInt32(index + 12, true), true);
    }
    for (; index + 4 <= to; index += 4) {
      view.setInt32(offset + index, own.getInt32(index, true), true);
    }
    for (; index < to; index++) target[offset + index] = this.#bytes[index]!;
    return at + length;
  }
}

/** Many pieces of bytes in one array: each in an array of its own would not stay in the processor's cache. */
export class Pieces {
  readonly #bytes: Bytes;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;

  /** @param pieces views of one buffer, which may overlap there; they are copied into one if they are not */
  constructor(pieces: readonly Uint8Array[]) {
    const all = inOneBuffer(pieces);
    this.#bytes = new Bytes(new Uint8Array(all[0]!.buffer));
    this.#starts = Int32Array.from(all, ({ byteOffset }) => byteOffset);
    this.#ends = Int32Array.from(all, ({ byteOffset, length }) => byteOffset + length);
  }

  /** How long a piece is, in bytes. */
  size(index: number): number {
    return this.#ends[index]! - this.#starts[index]!;
  }

  /** Whether a piece is what `other` has from `at` on. */
  equal(index: number, other: Uint8Array, at: number): boolean {
    return this.#bytes.equal(other, at, this.#starts[index]!, this.#ends[index]!);
  }

  /** Copies a piece to where there must be room; returns the place after it. */
  copy(index: number, target: Uint8Array, at: number): number {
    return this.#bytes.copy(target, at, this.#starts[index]!, this.#ends[index]!);
  }
}

function inOneBuffer(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const { buffer } = pieces[0]!;
  if (pieces.every((piece) => piece.buffer === buffer)) return pieces;
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let end = 0;
  return pieces.map((piece) => {
    whole.set(piece, end);
    return whole.subarray(end, end += piece.length);
  });
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** The largest whole number of 32 bits, whose division takes a third of the time that rounding a fraction takes. */
const LARGEST_INT32 = 2 ** 31 - 1;

/** Writes a number in decimal and returns the place after it. */
export function writeDigits(target: Uint8Array, at: number, value: number): number {
  let length = 1;
  for (let power = 10; power <= value; power *= 10) length++;
  let index = at + length;
  let large = value;
  for (; large > LARGEST_INT32; large = Math.floor(large / 10)) {
    target[--index] = ASCII_0 + large % 10;
  }
  let rest = large | 0;
  while (index > at) {
    const quotient = (rest / 10) | 0;
    target[--index] = ASCII_0 + (rest - quotient * 10);
    rest = quotient;
  }
  return at + length;
}

const HEX = bytesOf("0123456789abcdef");

/** Writes 32 bits as eight hexadecimal digits, and returns the place after them. */
export function writeHex(target: Uint8Array, at: number, bits: number): number {
  for (let shift = 28; shift >= 0; shift -= 4) target[at++] = HEX[(bits >>> shift) & 15]!;
  return at;
}

/** The place after a decimal number without leading zeros; `start` if there is none. */
export function digitsEnd(source: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && source[at]! >= ASCII_0 && source[at]! <= ASCII_9) at++;
  return source[start] === ASCII_0 ? Math.min(at, start + 1) : at;
}

/** Reads the decimal number that fills a range. */
export function readDigits(source: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (source[at]! - ASCII_0);
  return value;
}

/** Reads a number that is followed by spaces up to a width; -1 if there is none. */
export function readPadded(source: Uint8Array, start: number, width: number): number {
  let value = -1;
  for (let at = start; at < start + width; at++) {
    const byte = source[at]!;
    if (byte === SPACE) break;
    if (byte < ASCII_0 || byte > ASCII_9) return -1;
    value = (value < 0 ? 0 : value * 10) + (byte - ASCII_0);
  }
  return value;
}

/** Writes an unsigned 32-bit number, little endian. */
export function writeUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value;
  target[at + 1] = value >>> 8;
  target[at + 2] = value >>> 16;
  target[at + 3] = value >>> 24;
}

/** Writes an unsigned 16-bit number, big endian. */
export function writeUint16(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 8;
  target[at + 1] = value;
}

/** Writes a number of less than 2³¹ in decimal with zeros before it, without what does not fit the width. */
export function writePadded(target: Uint8Array, at: number, width: number, value: number): void {
  let rest = value | 0;
  for (let index = at + width - 1; index >= at; index--) {
    const quotient = (rest / 10) | 0;
    target[index] = ASCII_0 + (rest - quotient * 10);
    rest = quotient;
  }
}

/** Reads an unsigned 32-bit number, little endian. */
export function readUint32(source: Uint8Array, at: number): number {
  return (source[at]! | source[at + 1]! << 8 | source[at + 2]! << 16 | source[at + 3]! << 24) >>> 0;
}

/** Writes an unsigned number in groups of seven bits, the lowest first, as MQTT has it, and returns the place after it. */
export function writeVarint(target: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) target[to++] = rest % 0x80 | 0x80;
  target[to++] = rest;
  return to;
}
