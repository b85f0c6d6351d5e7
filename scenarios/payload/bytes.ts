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

/** Some bytes that are compared or copied again and again, four at a time: their view is made once. */
export class Bytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  // The same array comes again and again, too.
  #other: Uint8Array | undefined;
  #viewOfOther: DataView = new DataView(new ArrayBuffer(0));

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  get length(): number {
    return this.#bytes.length;
  }

  #viewIn(other: Uint8Array): DataView {
    if (other !== this.#other) {
      this.#other = other;
      this.#viewOfOther = viewOf(other);
    }
    return this.#viewOfOther;
  }

  /** Whether these bytes, those from `from` to before `to` only if given, are those of `other` from `at` on. */
  equal(other: Uint8Array, at: number, from: number = 0, to: number = this.length): boolean {
    const length = to - from;
    if (at + length > other.length) return false;
    if (length >= LARGE) {
      return Buffer.compare(this.#bytes.subarray(from, to), other.subarray(at, at + length)) === 0;
    }
    const view = this.#viewIn(other);
    const offset = at - from;
    let index = from;
    for (; index + 4 <= to; index += 4) {
      if (this.#view.getInt32(index, true) !== view.getInt32(offset + index, true)) return false;
    }
    for (; index < to; index++) if (this.#bytes[index] !== other[offset + index]) return false;
    return true;
  }

  /** Copies these bytes to `target` from `at` on, where there must be room; returns the place after them. */
  copy(target: Uint8Array, at: number): number {
    const { length } = this;
    if (length >= LARGE) {
      target.set(this.#bytes, at);
      return at + length;
    }
    const view = this.#viewIn(target);
    let index = 0;
    for (; index + 4 <= length; index += 4) {
      view.setInt32(at + index, this.#view.getInt32(index, true), true);
    }
    for (; index < length; index++) target[at + index] = this.#bytes[index]!;
    return at + length;
  }
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

/** Reads an unsigned 32-bit number, little endian. */
export function readUint32(source: Uint8Array, at: number): number {
  return (source[at]! | source[at + 1]! << 8 | source[at + 2]! << 16 | source[at + 3]! << 24) >>> 0;
}
