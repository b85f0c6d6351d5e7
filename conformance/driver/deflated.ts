/** The bytes of a compressed message of a case: blocks of DEFLATE (RFC 1951), right and wrong ones (RFC 7692 §7.2.1). */

import { constants, deflateRawSync } from "node:zlib";
import type { Block, Bytes, Copy, Deflated } from "../types.ts";

/** The end of what zlib makes when it is flushed: an empty stored block, whose head is filled up with zeros. */
const EMPTY = Uint8Array.of(0, 0, 0xff, 0xff);

/** Kinds of blocks (RFC 1951 §3.2.3). */
const STORED = 0;
const FIXED = 1;

/** The code that ends a block. */
const END = 256;

/**
 * Puts the blocks together, and after them the three bits of an empty stored block, filled up to a byte.
 *
 * @param bytesOf what the contents of blocks stand for
 * @throws {RangeError} for what no block can have
 */
export function deflatedBytes(
  { blocks }: Deflated,
  bytesOf: (bytes: Bytes) => Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const bits = new Bits();
  for (const block of blocks) writeBlock(bits, block, bytesOf);
  // A block that zlib has made ends with an empty one already.
  const last = blocks.at(-1);
  if (last === undefined || !("zlib" in last)) {
    // After the last block another stream begins, with a byte of its own.
    if (last?.isLast) bits.fillUp();
    bits.write(0, 1);
    bits.write(STORED, 2);
  }
  return bits.end();
}

function writeBlock(
  bits: Bits,
  block: Block,
  bytesOf: (bytes: Bytes) => Uint8Array<ArrayBuffer>,
): void {
  if ("zlib" in block) {
    const { zlib, level = 9, windowBits = 15 } = block;
    const whole = deflateRawSync(bytesOf(zlib), {
      level,
      windowBits,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    if (!bits.isAligned) {
      bits.write(0, 1);
      bits.write(STORED, 2);
      bits.append(EMPTY);
    }
    bits.append(Uint8Array.from(whole.subarray(0, whole.length - EMPTY.length)));
    return;
  }
  bits.write(block.isLast ? 1 : 0, 1);
  if ("stored" in block) {
    const bytes = bytesOf(block.stored);
    if (bytes.length > 0xffff) {
      throw new RangeError(
        `Cannot store more than 65535 bytes in a block: received ${bytes.length}`,
      );
    }
    bits.write(STORED, 2);
    bits.append(
      Uint8Array.of(bytes.length, bytes.length >>> 8, ~bytes.length, ~bytes.length >>> 8),
    );
    bits.append(bytes);
    return;
  }
  bits.write(FIXED, 2);
  for (const one of block.fixed) {
    if (isCopy(one)) writeCopy(bits, one);
    else for (const byte of bytesOf(one)) writeSymbol(bits, byte);
  }
  writeSymbol(bits, END);
}

function isCopy(one: Bytes | Copy): one is Copy {
  return typeof one === "object" && "copy" in one;
}

/** A symbol in the fixed code (RFC 1951 §3.2.6). */
function writeSymbol(bits: Bits, symbol: number): void {
  if (symbol < 144) bits.writeCode(0x30 + symbol, 8);
  else if (symbol < 256) bits.writeCode(0x190 + symbol - 144, 9);
  else if (symbol < 280) bits.writeCode(symbol - 256, 7);
  else bits.writeCode(0xc0 + symbol - 280, 8);
}

/** Where the codes of lengths begin, from 257 on, and those of distances (RFC 1951 §3.2.5). */
const LENGTHS = [
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115],
  ...[131, 163, 195, 227, 258],
];
const DISTANCES = [
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537],
  ...[2049, 3073, 4097, 6145, 8193, 12_289, 16_385, 24_577],
];

function writeCopy(bits: Bits, { copy, back }: Copy): void {
  const length = LENGTHS.findLastIndex((start) => start <= copy);
  const distance = DISTANCES.findLastIndex((start) => start <= back);
  if (length < 0 || distance < 0 || copy > 258 || back > 32_768) {
    throw new RangeError(`Cannot copy ${copy} bytes from ${back} bytes back`);
  }
  writeSymbol(bits, 257 + length);
  const lengthBits = length < 8 || copy === 258 ? 0 : (length >> 2) - 1;
  bits.write(copy - LENGTHS[length]!, lengthBits);
  bits.writeCode(distance, 5);
  bits.write(back - DISTANCES[distance]!, distance < 4 ? 0 : (distance >> 1) - 1);
}

/** Bytes that are filled from their lowest bit on (RFC 1951 §3.1.1). */
class Bits {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  #open: number[] = [];
  #byte = 0;
  #filled = 0;

  /** Whether the next bit begins a byte. */
  get isAligned(): boolean {
    return this.#filled === 0;
  }

  /** A number, its lowest bit first. */
  write(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) {
      this.#byte |= (value >> bit & 1) << this.#filled++;
      if (this.#filled === 8) this.#flush();
    }
  }

  /** A code, its highest bit first. */
  writeCode(code: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.write(code >> bit, 1);
  }

  /** Whole bytes, from the next one on. */
  append(bytes: Uint8Array<ArrayBuffer>): void {
    this.fillUp();
    this.#parts.push(bytes);
  }

  /** All of it. */
  end(): Uint8Array<ArrayBuffer> {
    this.fillUp();
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** Leaves the rest of the byte 0. */
  fillUp(): void {
    if (this.#filled > 0) this.#flush();
    if (this.#open.length > 0) this.#parts.push(Uint8Array.from(this.#open));
    this.#open = [];
  }

  #flush(): void {
    this.#open.push(this.#byte);
    this.#byte = this.#filled = 0;
  }
}
