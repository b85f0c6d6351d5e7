/** Reads WebSocket frames (RFC 6455 §5) out of reads that may be split anywhere. */

import { borrow, copyRange, giveBack, makeRoom } from "./buffer_pool.ts";
import { readClose } from "./close_frame.ts";
import { FrameHeader } from "./frame_header.ts";
import { checkBeginningUtf8, checkSize, notUtf8, RSV1 } from "./frame_rules.ts";
import type { Inflater } from "../handshake/inflater.ts";
import { applyMask } from "./mask.ts";
import { OPCODE, ProtocolError } from "./protocol.ts";
import { findInvalidUtf8 } from "./utf8.ts";

/**
 * Takes what a decoder finds. Arguments are valid only during the call. A sink may call
 * `FrameDecoder.release()`, and must not throw: a decoder whose sink threw takes no more input.
 */
export interface FrameSink {
  /** A whole message: its payload is in `buffer` from `start` to `end`, unmasked. */
  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /** A ping and its payload, which a pong must repeat. */
  ping(buffer: Uint8Array, start: number, end: number): void;
  pong(buffer: Uint8Array, start: number, end: number): void;
  /** A close frame: the last call. The code is 1005 if the frame has none. */
  close(code: number, reason: string): void;
}

export interface FrameDecoderOptions {
  /** Which side this is: a client takes only unmasked frames, a server only masked ones. */
  role: "client" | "server";
  /** The longest message to take, in bytes: all fragments together, and inflated, if it is compressed. */
  maxMessageBytes: number;
  /**
   * Whether text messages are checked to be UTF-8: what comes in pieces at each piece, so that a message is refused at
   * its first wrong byte; what is compressed when it is whole. Reasons of close frames always are.
   */
  checkUtf8: boolean;
  /** Inflates compressed messages; without one the peer must not send any. It is released with the decoder. */
  inflater?: Inflater | undefined;
}

const READY = 0;
/** In the middle of a push, or failed in one. */
const PUSHING = 1;
/** After a close frame or a release. */
const ENDED = 2;

/**
 * Decodes one direction of one connection. A message in one frame that is whole in a pushed buffer is handed over in
 * place, without a copy or an object; what is split is gathered in a borrowed buffer, which never has more than twice
 * the bytes received for it, or 128. Between messages nothing is held.
 */
export class FrameDecoder {
  readonly #sink: FrameSink;
  readonly #maskBit: number;
  readonly #most: number;
  readonly #checkUtf8: boolean;
  readonly #inflater: Inflater | undefined;
  #state = READY;
  #failure: ProtocolError | undefined;

  /** The current frame, and how much of its payload was taken. */
  readonly #header: FrameHeader;
  #taken = 0;

  // The message of the current fragments (its opcode is 0 between messages) and the current control frame.
  #opcode = 0;
  #isCompressed = false;
  #gathered = 0;
  /** How much of what is gathered is known to be UTF-8; 0 between messages. */
  #checked = 0;
  #message: Uint8Array<ArrayBuffer> | undefined;
  #control: Uint8Array<ArrayBuffer> | undefined;
  #wireBytes = 0;

  /** @throws {RangeError} if the limit is not a positive integer */
  constructor(sink: FrameSink, options: FrameDecoderOptions) {
    const { role, maxMessageBytes, checkUtf8, inflater } = options;
    if (!Number.isSafeInteger(maxMessageBytes) || maxMessageBytes < 1) {
      throw new RangeError(
        `Cannot make a decoder as 'maxMessageBytes' must be a positive integer: received ${maxMessageBytes}`,
      );
    }
    this.#sink = sink;
    this.#maskBit = role === "server" ? 0x80 : 0;
    this.#most = maxMessageBytes;
    this.#header = new FrameHeader(role === "server", inflater !== undefined);
    this.#checkUtf8 = checkUtf8;
    this.#inflater = inflater;
  }

  /** Whether the next byte begins a message. */
  get isIdle(): boolean {
    return this.#state === READY && this.#opcode === 0 && this.#header.isEmpty;
  }

  /** How many bytes belong to the frame that has begun, as far as it is known: 0 between frames. */
  get missing(): number {
    const header = this.#header;
    if (header.isEmpty) return 0;
    return header.isComplete ? header.length - this.#taken : header.missing;
  }

  /** Bytes of the buffers held at the moment: 0 between messages. */
  get heldBytes(): number {
    return (this.#message?.length ?? 0) + (this.#control?.length ?? 0);
  }

  /** Payload of all messages as it came, compressed or not, in bytes; counted only if they may be compressed. */
  get wireBytes(): number {
    return this.#wireBytes;
  }

  /** Whether input is ignored from now on: after a close frame or {@linkcode FrameDecoder.release}. */
  get ended(): boolean {
    return this.#state === ENDED;
  }

  /**
   * Decodes the bytes of one read, and calls the sink for all that is complete. Payloads are unmasked in the buffer.
   *
   * @throws {ProtocolError} for what RFC 6455 forbids; from then on the same error for any further input
   */
  push(buffer: Uint8Array, start: number, end: number): void {
    if (this.#state !== READY) return this.#refuse();
    this.#state = PUSHING;
    let at = start;
    while (at < end && this.#state === PUSHING) {
      const next = this.#opcode === 0 && this.#header.isEmpty
        ? this.#takeWhole(buffer, at, end)
        : -1;
      at = next < 0 ? this.#takeStepwise(buffer, at, end) : next;
    }
    if (this.#state === PUSHING) this.#state = READY;
  }

  /** Gives back the buffers and ignores further input: for a connection that is gone. */
  release(): void {
    this.#state = ENDED;
    if (this.#message) giveBack(this.#message);
    if (this.#control) giveBack(this.#control);
    this.#message = this.#control = undefined;
    this.#inflater?.release();
  }

  #refuse(): void {
    if (this.#failure) throw this.#failure;
    if (this.#state === ENDED) return;
    throw new Error("Cannot push into a decoder whose sink is being called, or threw");
  }

  #fail(error: unknown): never {
    this.release();
    this.#state = PUSHING;
    if (error instanceof ProtocolError) this.#failure = error;
    throw error;
  }

  /**
   * The usual case: an unfragmented message of up to 65,535 bytes, complete and faultless. All else is left to
   * {@linkcode #takeStepwise}, so that every rule is written once.
   *
   * @returns the offset after the frame, or -1 for any other case
   */
  #takeWhole(buffer: Uint8Array, at: number, end: number): number {
    const first = buffer[at]!;
    const kind = this.#inflater === undefined ? first : first & ~RSV1;
    if ((kind !== 0x81 && kind !== 0x82) || end - at < 2) return -1;
    let length = buffer[at + 1]! - this.#maskBit;
    let body = at + 2;
    if (length === 126 && end - at >= 4) {
      length = buffer[at + 2]! << 8 | buffer[at + 3]!;
      body = at + 4;
      if (length < 126) return -1;
    } else if (length < 0 || length > 125) {
      return -1;
    }
    if (this.#maskBit !== 0) body += 4;
    const after = body + length;
    if (after > end || length > this.#most) return -1;
    if (this.#maskBit !== 0) applyMask(buffer, body, after, readKey(buffer, body - 4));
    this.#deliver(kind === 0x81, first !== kind, buffer, body, after);
    return after;
  }

  #takeStepwise(buffer: Uint8Array, start: number, end: number): number {
    try {
      const header = this.#header;
      let at = start;
      if (!header.isComplete) {
        at = header.read(buffer, at, end, this.#opcode !== 0);
        if (!header.isComplete) return at;
        this.#beginPayload();
      }
      return this.#takePayload(buffer, at, end);
    } catch (error) {
      return this.#fail(error);
    }
  }

  #beginPayload(): void {
    const { isControl, isCompressed, opcode, length } = this.#header;
    this.#taken = 0;
    // A limit on messages must not forbid a ping.
    if (isControl) return;
    checkSize(length, this.#gathered, this.#most);
    if (opcode === OPCODE.continuation) return;
    this.#opcode = opcode;
    this.#isCompressed = isCompressed;
  }

  /** Takes the part of the payload that has come, and hands over the message if it ends there. */
  #takePayload(buffer: Uint8Array, at: number, end: number): number {
    const { isControl, length, key } = this.#header;
    const after = Math.min(end, at + length - this.#taken);
    if (this.#maskBit !== 0) applyMask(buffer, at, after, key, this.#taken);
    const isWhole = after - at === length;
    if (isControl) this.#takeControl(buffer, at, after, isWhole);
    else this.#takeData(buffer, at, after, isWhole);
    return after;
  }

  #takeControl(buffer: Uint8Array, at: number, after: number, isWhole: boolean): void {
    const { opcode, length } = this.#header;
    if (isWhole) {
      this.#header.clear();
      return this.#deliverControl(opcode, buffer, at, after);
    }
    const held = this.#control ??= borrow(length);
    copyRange(buffer, at, after, held, this.#taken);
    this.#taken += after - at;
    if (this.#taken < length) return;
    this.#control = undefined;
    this.#header.clear();
    this.#deliverControl(opcode, held, 0, length);
    giveBack(held);
  }

  #takeData(buffer: Uint8Array, at: number, after: number, isWhole: boolean): void {
    const { isLast, length } = this.#header;
    if (isWhole && isLast && this.#gathered === 0) {
      return this.#deliver(this.#endMessage(), this.#isCompressed, buffer, at, after);
    }
    if (after > at) this.#gather(buffer, at, after);
    if (this.#taken < length) return;
    if (!isLast) return this.#header.clear();
    const held = this.#message!;
    const gathered = this.#gathered;
    this.#message = undefined;
    this.#deliver(this.#endMessage(), this.#isCompressed, held, 0, gathered);
    giveBack(held);
  }

  #gather(buffer: Uint8Array, at: number, after: number): void {
    const { isLast, length } = this.#header;
    const used = this.#gathered;
    const rest = used + length - this.#taken;
    // More fragments will follow: expect as much again.
    const wished = isLast ? rest : Math.min(this.#most, Math.max(rest, 2 * used));
    this.#message = makeRoom(this.#message, used, used + after - at, wished);
    copyRange(buffer, at, after, this.#message, used);
    this.#gathered = used + after - at;
    this.#taken += after - at;
    if (this.#checkUtf8 && this.#opcode === OPCODE.text && !this.#isCompressed) {
      this.#checked = checkBeginningUtf8(this.#message, this.#checked, this.#gathered);
    }
  }

  /** Returns whether the message that has ended is text. */
  #endMessage(): boolean {
    const isText = this.#opcode === OPCODE.text;
    this.#header.clear();
    this.#opcode = 0;
    this.#gathered = 0;
    return isText;
  }

  #deliver(
    isText: boolean,
    isCompressed: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): void {
    const inflater = this.#inflater;
    if (inflater !== undefined) {
      this.#wireBytes += end - start;
      if (isCompressed) {
        const length = this.#inflate(inflater, buffer, start, end);
        return this.#hand(isText, inflater.output, 0, length);
      }
    }
    this.#hand(isText, buffer, start, end);
  }

  #inflate(inflater: Inflater, buffer: Uint8Array, start: number, end: number): number {
    try {
      return inflater.inflate(buffer, start, end, this.#most);
    } catch (error) {
      this.#fail(error);
    }
  }

  #hand(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    if (isText && this.#checkUtf8) {
      const invalid = findInvalidUtf8(buffer, start + this.#checked, end);
      if (invalid >= 0) this.#fail(notUtf8(invalid - start, buffer[invalid]!));
      this.#checked = 0;
    }
    this.#sink.message(isText, buffer, start, end);
  }

  #deliverControl(opcode: number, buffer: Uint8Array, start: number, end: number): void {
    if (opcode === OPCODE.ping) return this.#sink.ping(buffer, start, end);
    if (opcode === OPCODE.pong) return this.#sink.pong(buffer, start, end);
    const { code, reason } = readClose(buffer, start, end);
    this.release();
    this.#sink.close(code, reason);
  }
}

function readKey(buffer: Uint8Array, at: number): number {
  return buffer[at]! << 24 | buffer[at + 1]! << 16 | buffer[at + 2]! << 8 | buffer[at + 3]!;
}
