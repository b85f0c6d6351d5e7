/** What was inflated last on a connection, for when its stream of DEFLATE has to begin anew. */

import { copyRange } from "../frame/buffer_pool.ts";

/** Up to this many bytes, a loop is faster than an object for the range. */
const SHORT = 256;

/** The last bytes of all messages, as many as a message may refer back to. */
export class History {
  readonly #most: number;
  #bytes = new Uint8Array();
  /** Where the next byte goes; behind it are the oldest ones once the buffer has its full size. */
  #at = 0;
  #isFull = false;

  /** @param most how many bytes are kept; memory for them is taken as they come */
  constructor(most: number) {
    this.#most = most;
  }

  /** Adds a message, which begins where its buffer does. */
  add(source: Uint8Array, length: number): void {
    const most = this.#most;
    this.#makeRoom(length);
    if (length <= SHORT && length < this.#bytes.length - this.#at) {
      const bytes = this.#bytes;
      for (let from = 0, to = this.#at; from < length; from++, to++) bytes[to] = source[from]!;
      this.#at += length;
      return;
    }
    const start = Math.max(0, length - most);
    const first = Math.min(length - start, this.#bytes.length - this.#at);
    copyRange(source, start, start + first, this.#bytes, this.#at);
    copyRange(source, start + first, length, this.#bytes, 0);
    const next = this.#at + length - start;
    this.#isFull ||= next >= most;
    this.#at = next % most;
  }

  /** As long as nothing is overwritten, what there is lies at the beginning. */
  #makeRoom(length: number): void {
    const needed = this.#at + length;
    if (this.#isFull || needed <= this.#bytes.length || this.#bytes.length === this.#most) return;
    const larger = new Uint8Array(Math.min(this.#most, Math.max(needed, 2 * this.#bytes.length)));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }

  /** What it has in two parts, the older one first; each may be empty. */
  get parts(): readonly [Uint8Array, Uint8Array] {
    const bytes = this.#bytes;
    const older = this.#isFull ? bytes.subarray(this.#at) : bytes.subarray(0, 0);
    return [older, bytes.subarray(0, this.#at)];
  }
}
