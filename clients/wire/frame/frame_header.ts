/** The header of a frame (RFC 6455 §5.2), read byte by byte: a read may end anywhere in it. */

import {
  checkFirstByte,
  checkHighestLengthByte,
  checkMinimal,
  checkSecondByte,
  RSV1,
} from "./frame_rules.ts";

/** One header at a time. Numbers only: a header that is split over reads needs no buffer. */
export class FrameHeader {
  readonly #keyBytes: 0 | 4;
  readonly #mayCompress: boolean;
  #seen = 0;
  #size = 2;
  #first = 0;
  #field = 0;
  #length = 0;
  #key = 0;

  /** One for all frames of a peer, which must mask or not, and agreed to compress or not. */
  constructor(masked: boolean, mayCompress: boolean) {
    this.#keyBytes = masked ? 4 : 0;
    this.#mayCompress = mayCompress;
  }

  get isEmpty(): boolean {
    return this.#seen === 0;
  }

  get isComplete(): boolean {
    return this.#seen === this.#size;
  }

  /** How many bytes it needs at least until it is complete. */
  get missing(): number {
    return this.#size - this.#seen;
  }

  get opcode(): number {
    return this.#first & 0x0f;
  }

  get isControl(): boolean {
    return (this.#first & 0x08) !== 0;
  }

  /** Whether the frame begins a compressed message. */
  get isCompressed(): boolean {
    return (this.#first & RSV1) !== 0;
  }

  get isLast(): boolean {
    return this.#first >= 0x80;
  }

  /** The payload in bytes; inexact from 2^53 on. */
  get length(): number {
    return this.#length;
  }

  get key(): number {
    return this.#key;
  }

  clear(): void {
    this.#seen = 0;
    this.#size = 2;
  }

  /**
   * Reads up to the end of the header or of the input; returns the offset after that.
   *
   * @param inMessage whether a fragmented message is open
   * @throws {ProtocolError} for any value that RFC 6455 forbids, at the byte that shows it
   */
  read(buffer: Uint8Array, start: number, end: number, inMessage: boolean): number {
    let at = start;
    while (at < end && this.#seen < this.#size) this.#take(buffer[at++]!, inMessage);
    return at;
  }

  #take(byte: number, inMessage: boolean): void {
    const seen = this.#seen++;
    if (seen === 0) {
      checkFirstByte(byte, inMessage, this.#mayCompress);
      this.#first = byte;
    } else if (seen === 1) {
      checkSecondByte(byte, this.#first, this.#keyBytes > 0);
      this.#begin(byte & 0x7f);
    } else if (seen < this.#size - this.#keyBytes) {
      this.#takeLengthByte(byte, seen);
    } else {
      this.#key = this.#key << 8 | byte;
    }
  }

  #begin(field: number): void {
    this.#field = field;
    this.#length = field < 126 ? field : 0;
    this.#size = 2 + (field < 126 ? 0 : field === 126 ? 2 : 8) + this.#keyBytes;
  }

  #takeLengthByte(byte: number, seen: number): void {
    if (seen === 2 && this.#field === 127) checkHighestLengthByte(byte);
    this.#length = this.#length * 256 + byte;
    if (seen + 1 === this.#size - this.#keyBytes) checkMinimal(this.#length, this.#field);
  }
}
