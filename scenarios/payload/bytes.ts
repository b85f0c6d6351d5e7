/** Numbers and comparisons in place in arrays of bytes. */

import { Buffer } from "node:buffer";

const ASCII_0 = 48;
const ASCII_9 = 57;
const SPACE = 32;

/** The bytes of a text, as UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** From this size on `Buffer.compare` is faster, though it needs two views; measured. */
const LARGE = 512;

/** Compares bytes of two arrays, four at a time. */
export class Comparer {
  #a: Uint8Array | undefined;
  #b: Uint8Array | undefined;
  // The same arrays come again and again: their views are made once.
  #viewA: DataView = new DataView(new ArrayBuffer(0));
  #viewB: DataView = this.#viewA;

  /** Whether `length` bytes of `a` from `atA` on are those of `b` from `atB` on. */
  equal(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
    if (length >= LARGE) {
      const [partA, partB] = [a.subarray(atA, atA + length), b.subarray(atB, atB + length)];
      return Buffer.compare(partA, partB) === 0;
    }
    if (a !== this.#a) {
      this.#a = a;
      this.#viewA = new DataView(a.buffer, a.byteOffset, a.byteLength);
    }
    if (b !== this.#b) {
      this.#b = b;
      this.#viewB = new DataView(b.buffer, b.byteOffset, b.byteLength);
    }
    let index = 0;
    for (; index + 4 <= length; index += 4) {
      if (this.#viewA.getInt32(atA + index) !== this.#viewB.getInt32(atB + index)) return false;
    }
    for (; index < length; index++) if (a[atA + index] !== b[atB + index]) return false;
    return true;
  }
}

/** Writes a number in decimal and returns the place after it. */
export function writeDigits(target: Uint8Array, at: number, value: number): number {
  let length = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) length++;
  let rest = value;
  for (let index = at + length - 1; index >= at; index--) {
    const quotient = Math.floor(rest / 10);
    target[index] = ASCII_0 + (rest - quotient * 10);
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
