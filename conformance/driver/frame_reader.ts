/** Reads what the other side sends: every frame is kept, and what RFC 6455 forbids is told in words. */

import { readClose } from "../../clients/wire/frame/close_frame.ts";
import { FrameHeader } from "../../clients/wire/frame/frame_header.ts";
import { applyMask } from "../../clients/wire/frame/mask.ts";
import { OPCODE } from "../../clients/wire/frame/protocol.ts";
import { findInvalidUtf8 } from "../../clients/wire/frame/utf8.ts";
import type { Role } from "../types.ts";
import { joined } from "./bytes.ts";
import type { SeenFrame, Transcript } from "./transcript.ts";

/** Inflates one compressed message. */
export type Inflate = (payload: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** The most that one frame may have, in bytes: a case asks for a quarter of it. */
const MOST_BYTES = 2 ** 26;

/** Reads frames into a transcript, up to the first that is not allowed. */
export class FrameReader {
  readonly #transcript: Transcript;
  readonly #header: FrameHeader;
  readonly #sender: Role;
  readonly #inflate: Inflate | undefined;
  #payload: Uint8Array<ArrayBuffer> | undefined;
  #filled = 0;
  /** The frames of the message that is open. */
  #fragments: SeenFrame[] = [];

  /**
   * @param sender the side whose frames are read
   * @param inflate set if it may compress messages
   */
  constructor(transcript: Transcript, sender: Role, inflate?: Inflate) {
    this.#transcript = transcript;
    this.#sender = sender;
    this.#inflate = inflate;
    this.#header = new FrameHeader(sender === "client", inflate !== undefined);
  }

  /** Takes the bytes of one read. */
  push(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length && this.#transcript.violation === undefined;) {
        at = this.#read(bytes, at);
      }
    } catch (error) {
      this.#transcript.violation = (error as Error).message;
    }
  }

  #read(bytes: Uint8Array, start: number): number {
    const header = this.#header;
    let at = start;
    if (!header.isComplete) {
      at = header.read(bytes, at, bytes.length, this.#fragments.length > 0);
      if (!header.isComplete) return at;
      if (this.#transcript.close !== undefined && !header.isControl) {
        this.#transcript.hasGoneOn = true;
        throw new Error("A message came after the close frame");
      }
      if (header.length > MOST_BYTES) {
        throw new Error(`A frame of ${header.length} bytes is announced`);
      }
      this.#payload = new Uint8Array(header.length);
      this.#filled = 0;
    }
    const payload = this.#payload!;
    const part = bytes.subarray(at, at + payload.length - this.#filled);
    payload.set(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled === payload.length) this.#end(payload);
    return at + part.length;
  }

  #end(payload: Uint8Array<ArrayBuffer>): void {
    const { opcode, isLast, isControl, isCompressed, key } = this.#header;
    this.#header.clear();
    if (this.#sender === "client") applyMask(payload, 0, payload.length, key);
    const first = (isLast ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode;
    const frame = { first, payload };
    this.#transcript.frames.push(frame);
    // Only data must not follow a close frame (RFC 6455 §5.5.1): a second one, or a pong, says nothing more.
    if (this.#transcript.close !== undefined) return;
    if (isControl) return this.#control(opcode, payload);
    this.#fragments.push(frame);
    if (!isLast) return;
    const fragments = this.#fragments;
    this.#fragments = [];
    this.#message(fragments);
  }

  #message(fragments: readonly SeenFrame[]): void {
    const { first } = fragments[0]!;
    const whole = joined(fragments.map(({ payload }) => payload));
    const payload = (first & 0x40) !== 0 ? this.#inflate!(whole) : whole;
    const isText = (first & 0x0f) === OPCODE.text;
    this.#transcript.answers.push({ kind: isText ? "text" : "binary", payload });
    const invalid = isText ? findInvalidUtf8(payload, 0, payload.length) : -1;
    if (invalid >= 0) throw new Error(`A text came that is not UTF-8 from byte ${invalid} on`);
  }

  #control(opcode: number, payload: Uint8Array<ArrayBuffer>): void {
    if (opcode === OPCODE.pong) this.#transcript.answers.push({ kind: "pong", payload });
    if (opcode !== OPCODE.close) return;
    // What it says counts even if it must not be said.
    this.#transcript.close = {
      code: payload.length < 2 ? 1005 : payload[0]! << 8 | payload[1]!,
      reason: new TextDecoder().decode(payload.subarray(2)),
    };
    // What codes above 4999 mean nobody says: a case of them decides.
    if (this.#transcript.close.code < 5000) readClose(payload, 0, payload.length);
  }
}
