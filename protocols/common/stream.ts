/** Protocols whose packets need not be the WebSocket messages: one may carry several, or a part of one. */

import { ProtocolError } from "./protocol_error.ts";

/** Reads packets. */
export interface PacketReader {
  /**
   * Reads the whole packets at the start of a range.
   *
   * @returns the place after the last one; `start` if there is none
   */
  read(buffer: Uint8Array, start: number, end: number): number;
}

/** Keeps what is left of a packet until the rest of it comes. What is whole is read in place. */
export class PacketStream {
  readonly #most: number;
  #kept: Uint8Array | undefined;
  #length = 0;

  /** @param most how long a packet may be, in bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Has the packets read that are whole now.
   *
   * @throws {ProtocolError} for a packet that is too long
   */
  push(buffer: Uint8Array, start: number, end: number, reader: PacketReader): void {
    if (this.#length === 0) return this.#keep(buffer, reader.read(buffer, start, end), end);
    this.#append(buffer, start, end);
    const kept = this.#kept!;
    const length = this.#length;
    const at = reader.read(kept, 0, length);
    this.#length = 0;
    this.#keep(kept, at, length);
  }

  #keep(buffer: Uint8Array, start: number, end: number): void {
    if (start < end) this.#append(buffer, start, end);
    else this.#kept = undefined;
  }

  #append(buffer: Uint8Array, start: number, end: number): void {
    const length = this.#length + end - start;
    if (length > this.#most) {
      throw new ProtocolError(
        "malformed",
        `The server sent a packet that is longer than any can be: ${this.#most} bytes are not all of it`,
      );
    }
    const kept = this.#kept;
    if (kept === undefined || kept.length < length) {
      this.#kept = new Uint8Array(Math.max(length, 2 * (kept?.length ?? 0)));
      if (kept !== undefined) this.#kept.set(kept.subarray(0, this.#length));
    }
    if (buffer === this.#kept) buffer.copyWithin(this.#length, start, end);
    else this.#kept!.set(buffer.subarray(start, end), this.#length);
    this.#length = length;
  }
}
