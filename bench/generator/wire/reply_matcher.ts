/** Recognizes right replies as they come, as many as a read has of them, without taking their frames apart. */

import { headerSize, writeHeader } from "../../../clients/wire/frame/frame.ts";
import type { Message } from "../../../protocols/types.ts";
import { Bytes, Pieces } from "../../../protocols/bytes.ts";
import { opcodeOf } from "./frames.ts";

/** The longest header of a frame of a server, in bytes. */
const LONGEST_HEADER = 10;

/** Compares every byte of a read with the frames of the replies that are due. */
export class ReplyMatcher {
  readonly #message: Message;
  readonly #opcode: number;
  readonly #rests: Pieces;
  /** A frame's header, which ends where the head of its message begins. */
  readonly #start: Uint8Array;
  readonly #right: Bytes;
  /** The payload that the header in {@linkcode #start} is of, in bytes. */
  #headerOf = -1;
  #end = 0;
  #bytes = 0;

  /** @param message what a right reply is, of each connection and number */
  constructor(message: Message) {
    this.#message = message;
    this.#opcode = opcodeOf(message);
    const { parts } = message;
    this.#rests = new Pieces(Array.from({ length: parts.count }, (_, index) => parts.rest(index)));
    this.#start = new Uint8Array(LONGEST_HEADER + parts.headSize);
    this.#right = new Bytes(this.#start);
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
    const { parts } = this.#message;
    const head = this.#start;
    const rests = this.#rests;
    let at = start;
    let count = 0;
    let bytes = 0;
    for (; count < most; count++) {
      const sequence = first + count;
      const rest = parts.restOf(connection, sequence);
      const restSize = rests.size(rest);
      const headEnd = parts.writeHead(head, LONGEST_HEADER, connection, sequence);
      const size = headEnd - LONGEST_HEADER + restSize;
      const headerAt = LONGEST_HEADER - headerSize(size, false);
      if (at + headEnd - headerAt + restSize > end) break;
      if (size !== this.#headerOf) {
        writeHeader(head, headerAt, this.#opcode, size, undefined);
        this.#headerOf = size;
      }
      if (!this.#right.equal(buffer, at, headerAt, headEnd)) break;
      const restAt = at + headEnd - headerAt;
      if (!rests.equal(rest, buffer, restAt)) break;
      at = restAt + restSize;
      bytes += size;
    }
    this.#end = at;
    this.#bytes = bytes;
    return count;
  }
}
