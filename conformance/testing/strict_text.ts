/** The rules by which the strict peer checks texts, frame by frame: each can be left out as a fault. */

import { findInvalidUtf8, isCutUtf8 } from "../../clients/wire/frame/utf8.ts";
import { joined } from "../driver/bytes.ts";
import { Failure, type Has } from "./strict_frames.ts";

const NONE: Uint8Array<ArrayBuffer> = new Uint8Array(0);

/** Checks the texts of one connection. */
export class TextCheck {
  readonly #has: Has;
  /** The bytes of a text that have come, and may go on to be a character. */
  #tail = NONE;

  constructor(has: Has) {
    this.#has = has;
  }

  /** A message has ended. */
  clear(): void {
    this.#tail = NONE;
  }

  /** Checks the beginning of a frame of which the rest has not come. */
  checkBeginning(payload: Uint8Array<ArrayBuffer>): void {
    if (this.#has("checks UTF-8 when the frame has come")) return;
    this.#check(joined([this.#tail, payload]), false);
  }

  /**
   * Checks a frame.
   *
   * @throws {Failure} if what has come of the text cannot be UTF-8
   */
  checkFrame(payload: Uint8Array<ArrayBuffer>, isEnd: boolean): void {
    const bytes = joined([this.#tail, payload]);
    const isLate = !isEnd && this.#has("checks UTF-8 when the message has come");
    if (!isLate) this.#check(bytes, isEnd);
    // A character has four bytes at most.
    this.#tail = isLate ? bytes : bytes.slice(cutAt(bytes));
  }

  #check(bytes: Uint8Array<ArrayBuffer>, isWhole: boolean): void {
    const has = this.#has;
    const at = findInvalidUtf8(bytes, 0, bytes.length);
    if (at < 0) return;
    if (has("does not check UTF-8") || has("replaces what is not UTF-8")) return;
    const [lead = 0, second = 0] = bytes.subarray(at);
    if (isCutUtf8(bytes, at, bytes.length)) {
      if (!isWhole || has("takes cut UTF-8")) return;
    } else if (
      lead === 0xed && second >= 0xa0 && has("takes surrogates in UTF-8") ||
      (lead === 0xc0 || lead === 0xc1 || lead === 0xe0 && second < 0xa0 ||
          lead === 0xf0 && second < 0x90) && has("takes overlong UTF-8") ||
      (lead === 0xf4 && second > 0x8f || lead > 0xf4) && has("takes UTF-8 above U+10FFFF") ||
      lead >= 0x80 && lead < 0xc0 && has("takes lone continuation bytes in UTF-8")
    ) return;
    throw new Failure(has("closes broken UTF-8 with 1002") ? 1002 : 1007);
  }
}

/** Where the character begins that a text may go on with; its end, if that is the end of one. */
function cutAt(bytes: Uint8Array): number {
  for (let at = Math.max(0, bytes.length - 3); at < bytes.length; at++) {
    if (isCutUtf8(bytes, at, bytes.length)) return at;
  }
  return bytes.length;
}
