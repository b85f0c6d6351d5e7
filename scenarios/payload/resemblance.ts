/** Tells a spoilt reply from a message that nobody asked for. */

import { type WriteMessage, writerOf } from "../../protocols/parts/composer.ts";
import type { Message } from "../../protocols/types.ts";

/** Compares what names no message with the reply that is due. */
export class Resemblance {
  readonly #write: WriteMessage;
  readonly #right: Uint8Array;

  /** @param reply the right reply, or the message itself if there are several */
  constructor(reply: Message) {
    this.#write = writerOf(reply);
    this.#right = new Uint8Array(reply.size);
  }

  /**
   * Whether it is as long as the reply that is due, or has at least half of its bytes, each in its place: a reply that
   * was changed or cut off is like it, a greeting or a notification is not.
   *
   * @param source has what came from `start` to before `end`
   * @param sequence number of the message whose reply is due
   */
  isLike(
    source: Uint8Array,
    start: number,
    end: number,
    connection: number,
    sequence: number,
  ): boolean {
    const length = this.#write(this.#right, 0, connection, sequence);
    if (length === end - start && length > 0) return true;
    const shared = Math.min(length, end - start);
    let equal = 0;
    for (let at = 0; at < shared; at++) {
      if (source[start + at] === this.#right[at]) equal++;
    }
    return equal > 0 && 2 * equal >= length;
  }
}
