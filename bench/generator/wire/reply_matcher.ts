/** Recognizes right replies as they come, as many as a read has of them, without taking their frames apart. */

import { copyRange } from "../../../clients/wire/frame/buffer_pool.ts";
import { headerSize } from "../../../clients/wire/frame/frame.ts";
import type { Message } from "../../../protocols/types.ts";
import { opcodeOf } from "./frames.ts";
import { Series } from "./series.ts";
import type { SeriesMemory } from "./series_memory.ts";

/** How much of a read that is elsewhere is copied to be compared, in bytes: as much as a transport reads at most. */
const COPIED = 64 * 1024;

/** Compares every byte of a read with the frames of the replies that are due. */
export class ReplyMatcher {
  readonly #memory: SeriesMemory;
  readonly #message: Message;
  readonly #series: readonly Series[];
  readonly #copyAt: number;
  /** The last buffer of this memory that something was read into. */
  #reads: Uint8Array | undefined;
  #end = 0;
  #bytes = 0;

  /** @param message what a right reply is, of each connection and number */
  constructor(memory: SeriesMemory, message: Message) {
    this.#memory = memory;
    this.#message = message;
    const opcode = opcodeOf(message);
    this.#series = message.parts.map((parts) => new Series(memory, parts, opcode, undefined));
    this.#copyAt = memory.reserve(COPIED);
  }

  /** The place after the replies that {@linkcode ReplyMatcher.count} has found. */
  get end(): number {
    return this.#end;
  }

  /** The payload of these replies, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Counts the replies at the start of a range that are whole, right, and in order.
   *
   * @param first number of the message whose reply is due next
   * @param most how many are due
   */
  count(
    buffer: Uint8Array,
    start: number,
    end: number,
    connection: number,
    first: number,
    most: number,
  ): number {
    const isHere = buffer === this.#reads || this.#isHere(buffer);
    const length = isHere ? end - start : Math.min(end - start, COPIED);
    const startAt = isHere ? buffer.byteOffset + start : this.#copyAt;
    if (!isHere) copyRange(buffer, start, start + length, this.#memory.bytes, startAt);
    const series = this.#series[this.#message.partsOf(connection)]!;
    let at = startAt;
    let count = 0;
    let bytes = 0;
    while (count < most) {
      const due = Math.min(most - count, series.begin(connection, first + count));
      const found = series.count(at, startAt + length, due);
      const size = series.payloadSize;
      at += found * (headerSize(size, false) + size);
      bytes += found * size;
      count += found;
      if (found < due) break;
    }
    this.#end = start + at - startAt;
    this.#bytes = bytes;
    return count;
  }

  /** Whether a buffer is part of the memory, which is asked once of each buffer. */
  #isHere(buffer: Uint8Array): boolean {
    if (buffer.buffer !== this.#memory.bytes.buffer) return false;
    this.#reads = buffer;
    return true;
  }
}
