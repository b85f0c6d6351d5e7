/** An exact check of UTF-8 without an allocation. */

/** Below this many bytes, going byte by byte is faster than finding the view. */
const WORDS_FROM = 16;
/** From this many on, longer steps are. */
const LONG_FROM = 64;
/** The high bits of four bytes: all zero in ASCII. */
const HIGH_BITS = 0x80808080 | 0;

// As in mask.ts: reads come in the same few buffers.
let viewed: Uint8Array | undefined;
let view: DataView = new DataView(new ArrayBuffer(0));

/** Passes over leading ASCII in steps of eight bytes. */
function skipAscii(bytes: Uint8Array, start: number, end: number): number {
  if (bytes !== viewed) {
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    viewed = bytes;
  }
  let at = end - start >= LONG_FROM ? skipLongAscii(start, end) : start;
  for (const last = end - 8; at <= last; at += 8) {
    if (((view.getInt32(at, true) | view.getInt32(at + 4, true)) & HIGH_BITS) !== 0) break;
  }
  return at;
}

/** The same in steps of 32 bytes; apart from it, so that V8 still puts the short one where it is called. */
function skipLongAscii(start: number, end: number): number {
  let at = start;
  for (const last = end - 32; at <= last; at += 32) {
    if (
      ((view.getInt32(at, true) | view.getInt32(at + 4, true) | view.getInt32(at + 8, true) |
        view.getInt32(at + 12, true) | view.getInt32(at + 16, true) | view.getInt32(at + 20, true) |
        view.getInt32(at + 24, true) | view.getInt32(at + 28, true)) & HIGH_BITS) !== 0
    ) break;
  }
  return at;
}

/** What {@linkcode sequenceLength} says of bytes that are right as far as they go. */
const CUT = -1;

/**
 * The length in bytes of the well-formed sequence that starts at a non-ASCII byte, 0 if there is none (Unicode 17,
 * table 3-7: no overlong form, no surrogate, nothing above U+10FFFF), or {@linkcode CUT} if it may go on after the end.
 */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  const there = end - at;
  if (there > 1) {
    const second = bytes[at + 1]!;
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) return 0;
  }
  if (length > 2 && there > 2 && (bytes[at + 2]! & 0xc0) !== 0x80) return 0;
  if (length > 3 && there > 3 && (bytes[at + 3]! & 0xc0) !== 0x80) return 0;
  return there < length ? CUT : length;
}

/** The offset of the first byte that does not start a well-formed sequence, or -1 if all is valid. */
export function findInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (bytes[at]! < 0x80) {
      at = end - at >= WORDS_FROM ? skipAscii(bytes, at, end) : at;
      while (at < end && bytes[at]! < 0x80) at++;
      continue;
    }
    const length = sequenceLength(bytes, at, end);
    if (length <= 0) return at;
    at += length;
  }
  return -1;
}

/** Whether a byte that {@linkcode findInvalidUtf8} found begins a sequence that is only cut off by the end. */
export function isCutUtf8(bytes: Uint8Array, at: number, end: number): boolean {
  return sequenceLength(bytes, at, end) === CUT;
}
