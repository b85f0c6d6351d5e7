/**
 * The cheapest echo: the frames of a client (RFC 6455 §5.2) become those of their replies in the buffer in which they
 * were read, without an object or a copy elsewhere.
 *
 * A reply is its message without the masking key, which takes four bytes. So what is read and what is written are
 * always a multiple of four bytes apart, and payloads are unmasked and moved by words of 32 bits.
 */

import { OPCODE } from "../../clients/wire/frame/frame.ts";

/** How far into a payload a connection is. */
export interface EchoPlace {
  /** Bytes of the payload that are still to come. */
  left: number;
  /** The masking key from there on: its lowest byte is for the next byte. */
  key: number;
}

const LAST = 0x80;
const MASKED = 0x80;
const KEY_SIZE = 4;
/** From so many bytes on the system moves a payload faster than a loop. */
const MOVE_FROM = 256;

/** Echoes whole messages: each frame of which is one, of text or bytes, and masked. */
export class Echo {
  readonly #most: number;
  #replyEnd = 0;
  #viewed: Uint8Array | undefined;
  #words = new Int32Array();

  /** @param most the longest payload that is echoed, in bytes: below 2^32 */
  constructor(most: number) {
    this.#most = most;
  }

  /** The place after the replies that {@linkcode Echo.take} has made. */
  get replyEnd(): number {
    return this.#replyEnd;
  }

  /**
   * Turns frames into their replies, which then are from `start` to {@linkcode Echo.replyEnd}: up to the end, to a
   * header that is cut off, or to a frame of another kind.
   *
   * @param place where the connection is; it is moved on
   * @param buffer begins where its `ArrayBuffer` does
   * @returns the place after the frames
   */
  take(place: EchoPlace, buffer: Uint8Array<ArrayBuffer>, start: number, end: number): number {
    let at = this.#payload(place, buffer, start, end, start);
    let to = at;
    while (end - at >= 2 + KEY_SIZE && place.left === 0) {
      const size = headerSizeAt(buffer, at);
      const keyAt = at + size;
      if (keyAt + KEY_SIZE > end) break;
      const length = this.#lengthAt(buffer, at, size);
      if (length < 0) break;
      place.left = length;
      place.key = buffer[keyAt]! | buffer[keyAt + 1]! << 8 | buffer[keyAt + 2]! << 16 |
        buffer[keyAt + 3]! << 24;
      buffer[to] = buffer[at]!;
      buffer[to + 1] = buffer[at + 1]! & ~MASKED;
      for (let index = 2; index < size; index++) buffer[to + index] = buffer[at + index]!;
      to += size;
      const next = this.#payload(place, buffer, keyAt + KEY_SIZE, end, to);
      to += next - keyAt - KEY_SIZE;
      at = next;
    }
    this.#replyEnd = to;
    return at;
  }

  /** The payload that a header announces; -1 for a frame that is not to be echoed. */
  #lengthAt(buffer: Uint8Array, at: number, size: number): number {
    const first = buffer[at]!;
    if (first !== (LAST | OPCODE.text) && first !== (LAST | OPCODE.binary)) return -1;
    const length = buffer[at + 1]! - MASKED;
    if (size === 2) return length;
    if (length < 0) return -1;
    let extended = 0;
    for (let index = 2; index < size; index++) extended = extended * 256 + buffer[at + index]!;
    // RFC 6455 §5.2: the length is in the shortest form.
    return extended > this.#most || extended < (size === 4 ? 126 : 65_536) ? -1 : extended;
  }

  /** Unmasks what there is of a payload, and moves it to `to`; returns the place after it. */
  #payload(
    place: EchoPlace,
    buffer: Uint8Array<ArrayBuffer>,
    start: number,
    end: number,
    to: number,
  ): number {
    const { left } = place;
    const after = left < end - start ? start + left : end;
    place.left = left - (after - start);
    if (place.key !== 0) this.#unmask(place, buffer, start, after, start - to);
    else if (start === to) return after;
    else if (after - start >= MOVE_FROM) buffer.copyWithin(to, start, after);
    else this.#unmask(place, buffer, start, after, start - to);
    return after;
  }

  /** @param back how far to move it, in bytes: a multiple of 4 */
  #unmask(
    place: EchoPlace,
    buffer: Uint8Array<ArrayBuffer>,
    start: number,
    end: number,
    back: number,
  ): void {
    if (buffer !== this.#viewed) {
      this.#words = new Int32Array(buffer.buffer, 0, buffer.length >> 2);
      this.#viewed = buffer;
    }
    const words = this.#words;
    let { key } = place;
    let at = start;
    for (; at < end && (at & 3) !== 0; at++) {
      buffer[at - back] = buffer[at]! ^ key;
      key = key >>> 8 | key << 24;
    }
    const wordsBack = back >> 2;
    const lastWord = end >> 2;
    for (let word = at >> 2; word < lastWord; word++) words[word - wordsBack] = words[word]! ^ key;
    if (at < lastWord << 2) at = lastWord << 2;
    for (; at < end; at++) {
      buffer[at - back] = buffer[at]! ^ key;
      key = key >>> 8 | key << 24;
    }
    place.key = key;
  }
}

/** Bytes of a header without its key; the two first ones must be there. */
function headerSizeAt(buffer: Uint8Array, at: number): number {
  const field = buffer[at + 1]! & ~MASKED;
  return field < 126 ? 2 : field === 126 ? 4 : 10;
}

/**
 * Whether a read ends amid the header of a frame that may be one to echo: the rest is to be kept for the next read.
 *
 * @param at the place that {@linkcode Echo.take} returned
 */
export function isCutOff(buffer: Uint8Array, at: number, end: number): boolean {
  const first = buffer[at];
  if (first !== (LAST | OPCODE.text) && first !== (LAST | OPCODE.binary)) return false;
  if (end - at < 2) return true;
  return buffer[at + 1]! >= MASKED && end - at < headerSizeAt(buffer, at) + KEY_SIZE;
}
