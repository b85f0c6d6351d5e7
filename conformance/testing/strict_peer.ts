/**
 * A server, or a client, that is right by construction: it checks all that RFC 6455 says in the order in which the bytes come, in one
 * straight line of code without a system, so that a fault can be planted at each rule.
 */

import { applyMask } from "../../clients/wire/frame/mask.ts";
import { OPCODE } from "../../clients/wire/frame/protocol.ts";
import { findInvalidUtf8 } from "../../clients/wire/frame/utf8.ts";
import { joined } from "../driver/bytes.ts";
import type { Connection } from "../driver/connection.ts";
import { sentBytes } from "../driver/frame_bytes.ts";
import type { Inflate } from "../driver/frame_reader.ts";
import { inflateOf } from "../driver/inflate.ts";
import type { Frame, Role } from "../types.ts";
import type { FaultId } from "./faults.ts";
import { REQUEST, takes } from "./strict_answer.ts";
import { closeAnswer, Failure, type Header, MOST_BYTES, readHeader } from "./strict_frames.ts";
import { readHead, replyTo, type SeenHead, valuesOf } from "./strict_opening.ts";
import { TextCheck } from "./strict_text.ts";

const NONE: Uint8Array<ArrayBuffer> = new Uint8Array(0);

/**
 * Opens a connection to a new server, or of a new client, with a fault or without.
 *
 * @param asked gets the faults that would have made a difference: with any other one the same would have happened
 */
export function connectStrict(
  fault?: FaultId,
  role: Role = "server",
  asked?: Set<string>,
): Connection {
  const peer = new StrictPeer(fault, role, asked);
  let wake = (): void => {};
  let isClosed = false;
  return {
    async read(target) {
      while (peer.output.length === 0 && !peer.hasEnded && !isClosed) {
        await new Promise<void>((resolve) => wake = resolve);
      }
      if (isClosed) throw new Error("closed");
      if (peer.output.length === 0) return null;
      const all = joined(peer.output.splice(0));
      const part = all.subarray(0, target.length);
      target.set(part);
      if (part.length < all.length) peer.output.push(all.subarray(part.length));
      return part.length;
    },
    write(bytes) {
      peer.receive(bytes);
      wake();
      return Promise.resolve(bytes.length);
    },
    closeWrite() {
      peer.endOfInput();
      wake();
      return Promise.resolve();
    },
    close() {
      isClosed = true;
      wake();
    },
  };
}

class StrictPeer {
  readonly output: Uint8Array<ArrayBuffer>[] = [];
  hasEnded = false;
  readonly #fault: FaultId | undefined;
  readonly #role: Role;
  readonly #asked: Set<string> | undefined;
  /** What has come of the other side's head; undefined when all has. */
  #opening: Uint8Array<ArrayBuffer> | undefined = NONE;
  /** What inflates, if that was agreed on. */
  #inflate: Inflate | undefined;
  #input = NONE;
  #heldBytes = 0;
  #hasClosed = false;
  /** The type of the message that is open, and its parts. */
  #opcode = 0;
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #isCompressed = false;
  #latePongs: Uint8Array<ArrayBuffer>[] = [];
  readonly #text = new TextCheck((fault) => this.#has(fault));

  constructor(fault: FaultId | undefined, role: Role, asked: Set<string> | undefined) {
    this.#fault = fault;
    this.#role = role;
    this.#asked = asked;
    if (role === "client") this.output.push(new TextEncoder().encode(REQUEST));
  }

  /** Whether it has this fault; asked only where that makes a difference, so behind all other conditions. */
  #has(fault: FaultId): boolean {
    this.#asked?.add(fault);
    return this.#fault === fault;
  }

  receive(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.hasEnded) return;
    let rest = bytes;
    if (this.#opening !== undefined) {
      const end = this.#open(bytes);
      if (end < 0) return;
      rest = bytes.slice(end);
      if (rest.length > 0 && this.#has("loses what comes with the handshake")) return;
    }
    if (this.#input.length > 0 && this.#has("takes what it reads for whole frames")) {
      this.#input = NONE;
    }
    this.#input = this.#input.length === 0 ? rest.slice() : joined([this.#input, rest]);
    try {
      while (this.#frame());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#fail(error.code);
    }
  }

  /** Takes a part of a head, and answers a request that is all there; returns where it ends in the part, or -1. */
  #open(bytes: Uint8Array<ArrayBuffer>): number {
    const before = this.#opening!.length;
    this.#opening = joined([this.#opening!, bytes]);
    const found = readHead(this.#opening, this.#role === "server");
    if (
      found?.head.line.startsWith("HTTP/1.1 100 ") && !this.#has("knows no interim answers")
    ) {
      const rest = this.#opening.slice(found.end);
      this.#opening = NONE;
      const end = this.#open(rest);
      return end < 0 ? end : found.end - before + end;
    }
    if (found === undefined) {
      if (this.#has("reads a request only in one piece")) this.#opening = NONE;
      return -1;
    }
    const { head, end } = found;
    const isAccepted = this.#role === "server"
      ? this.#reply(head, end < this.#opening.length)
      : this.#accept(head);
    this.#opening = isAccepted ? undefined : NONE;
    return isAccepted ? end - before : -1;
  }

  #reply(head: SeenHead, isEarly: boolean): boolean {
    const reply = replyTo(head, (fault) => this.#has(fault as FaultId), isEarly);
    if (reply !== undefined) this.output.push(reply.bytes);
    this.hasEnded = !(reply?.isAccepted ?? true);
    if (reply?.isDeflating) this.#deflates();
    return reply?.isAccepted ?? false;
  }

  /** Whether an answer is the right one. */
  #accept(head: SeenHead): boolean {
    const isTaken = takes(head, (fault) => this.#has(fault as FaultId)) &&
      !(head.fields.some(([, value]) => value.length > 999) && this.#has("refuses long answers"));
    if (!isTaken && !this.#has("goes on when it has refused")) {
      this.hasEnded = !this.#has("stays silent when it has refused");
      return false;
    }
    if (valuesOf(head, "sec-websocket-extensions").join() !== "") this.#deflates();
    return true;
  }

  #deflates(): void {
    this.#inflate = inflateOf({ serverTakeover: true, serverWindowBits: 15 });
  }

  endOfInput(): void {
    if (this.#parts.length > 0 && this.#has("answers an unfinished message at the end")) {
      this.#answer(this.#opcode, joined(this.#parts));
    }
    if (this.#input.length > 6 && this.#has("takes half of a frame for a whole one at the end")) {
      this.#answer(OPCODE.text, this.#input.slice(6));
    }
    if (!this.#has("stays when the other side has ended")) this.hasEnded = true;
  }

  /** Takes one frame; returns whether there was one. */
  #frame(): boolean {
    if (this.hasEnded || this.#input.length === 0) return false;
    if (this.#hasClosed && !this.#has("goes on after the close")) return false;
    const header = this.#header();
    if (header === undefined) return false;
    const { start, length, key } = header;
    const end = Math.min(start + length, this.#input.length);
    const payload = this.#input.slice(start, end);
    if (key !== undefined && !this.#has("does not unmask")) {
      applyMask(payload, 0, payload.length, this.#has("unmasks by one byte") ? key >>> 24 : key);
    }
    if (end < start + length) {
      this.#checkBeginning(header, payload);
      return false;
    }
    this.#input = this.#input.subarray(end);
    if ((header.opcode & 8) !== 0) this.#control(header, payload);
    else this.#data(header, payload);
    return true;
  }

  #header(): Header | undefined {
    return readHeader(this.#input, {
      role: this.#role,
      opcode: this.#opcode,
      isDeflating: this.#inflate !== undefined,
      heldBytes: this.#heldBytes,
      heldFrames: this.#parts.length,
    }, (fault) => this.#has(fault));
  }

  /** Checks the beginning of a frame of which the rest has not come. */
  #checkBeginning({ opcode, rsv }: Header, payload: Uint8Array<ArrayBuffer>): void {
    if (rsv === 4 || opcode === 0 && this.#isCompressed) return;
    if ((opcode || this.#opcode) !== OPCODE.text || (opcode & 8) !== 0) return;
    this.#text.checkBeginning(payload);
  }

  #data({ fin, opcode, rsv }: Header, payload: Uint8Array<ArrayBuffer>): void {
    if (opcode !== 0) {
      this.#opcode = opcode;
      this.#isCompressed = this.#inflate !== undefined &&
        (rsv === 4 || this.#has("takes plain messages for compressed ones"));
      // Another message is open only with that fault.
      this.#parts = [];
    }
    if (this.#opcode === 0) this.#opcode = OPCODE.text;
    const isLost = payload.length === 0 && this.#has("takes an empty fragment for the end");
    this.#parts.push(payload);
    const isEnd = fin || isLost;
    const type = this.#opcode;
    this.#heldBytes += payload.length;
    if (type === OPCODE.text && !this.#isCompressed) this.#text.checkFrame(payload, isEnd);
    if (!isEnd) return;
    const whole = this.#inflated(joined(this.#parts));
    if (type === OPCODE.text && this.#isCompressed) this.#text.checkFrame(whole, true);
    this.#opcode = 0;
    this.#parts = [];
    this.#heldBytes = 0;
    this.#text.clear();
    this.#answer(type, this.#replaced(type, whole));
    for (const payload of this.#latePongs.splice(0)) this.#send({ opcode: OPCODE.pong, payload });
  }

  /** The message that was compressed, if it was. */
  #inflated(whole: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (!this.#isCompressed || this.#has("takes compressed messages for plain ones")) return whole;
    if (this.#has("forgets the context")) {
      this.#inflate = inflateOf({ serverTakeover: false, serverWindowBits: 15 });
    }
    const isLast = (whole[0]! & 1) !== 0;
    if (isLast && this.#has("takes no last blocks")) throw new Failure(1002);
    try {
      const inflated = this.#inflate!(whole);
      if (inflated.length > MOST_BYTES) {
        throw new Failure(1009);
      }
      return inflated;
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (this.#has("takes what it cannot inflate for empty")) return NONE;
      throw new Failure(this.#has("closes what it cannot inflate with 1000") ? 1000 : 1002);
    }
  }

  #replaced(type: number, whole: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (type !== OPCODE.text || findInvalidUtf8(whole, 0, whole.length) < 0) return whole;
    if (!this.#has("replaces what is not UTF-8")) return whole;
    return new TextEncoder().encode(new TextDecoder("utf-8", { ignoreBOM: true }).decode(whole));
  }

  #control({ opcode }: Header, payload: Uint8Array<ArrayBuffer>): void {
    if (opcode === OPCODE.ping) this.#ping(payload);
    if (opcode === OPCODE.pong && this.#has("answers pongs")) {
      this.#send({ opcode: OPCODE.pong, payload });
    }
    if (opcode === OPCODE.close) this.#close(payload);
  }

  #ping(payload: Uint8Array<ArrayBuffer>): void {
    if (this.#has("answers no ping")) return;
    if (this.#opcode !== 0 && this.#has("answers pings after the message")) {
      this.#latePongs.push(payload);
      return;
    }
    const carried = payload.length > 0 && this.#has("answers pings without content")
      ? NONE
      : payload.length > 124 && this.#has("cuts what a ping carries")
      ? payload.slice(0, 124)
      : payload;
    this.#send({ opcode: OPCODE.pong, payload: carried });
  }

  #close(payload: Uint8Array<ArrayBuffer>): void {
    if (this.#hasClosed) return;
    if (this.#has("answers no close")) return;
    if (this.#has("ends without an answer to a close")) {
      this.hasEnded = true;
      return;
    }
    const answer = closeAnswer(payload, (fault) => this.#has(fault));
    this.#send({ opcode: OPCODE.close, payload: answer });
    this.#hasClosed = true;
    if (!this.#has("does not end the connection") && !this.#has("goes on after the close")) {
      this.hasEnded = true;
    }
  }

  #fail(code: number): void {
    if (!this.#has("fails without a close frame")) {
      const said = this.#has("fails with 1000") ? 1000 : code;
      this.#send({ opcode: OPCODE.close, payload: Uint8Array.of(said >> 8, said & 255) });
    }
    if (this.#has("answers after it has failed")) this.#answer(OPCODE.text, NONE);
    this.hasEnded = true;
  }

  #answer(type: number, whole: Uint8Array<ArrayBuffer>): void {
    const payload = whole.slice();
    const last = payload.length - 1;
    if (last >= 0 && this.#has("changes the last byte")) payload[last]! ^= 1;
    if (last === 65_535 && this.#has("loses the last byte of 65,536")) {
      return this.#send({ opcode: type, payload: payload.slice(0, last) });
    }
    if (this.#has("answers all as text")) return this.#send({ opcode: OPCODE.text, payload });
    if (this.#has("answers all as binary")) return this.#send({ opcode: OPCODE.binary, payload });
    if (last > 0 && this.#has("answers in unmarked fragments")) {
      this.#send({ opcode: type, payload: payload.slice(0, 1) });
      return this.#send({ opcode: 0, payload: payload.slice(1) });
    }
    if (type === OPCODE.text && payload.includes(0) && this.#has("cuts texts at U+0000")) {
      return this.#send({ opcode: type, payload: payload.slice(0, payload.indexOf(0)) });
    }
    if (payload.length === 0 && this.#has("answers nothing without content")) return;
    const isDeflating = this.#inflate !== undefined && payload.length < 65_536;
    const frame: Frame = isDeflating
      ? { opcode: type, rsv: 4, payload: { blocks: [{ stored: payload }] } }
      : { opcode: type, payload };
    this.#send(frame);
    if (this.#has("answers twice")) this.#send(frame);
  }

  #send(frame: Frame): void {
    const length = sentBytes(frame, this.#role).length;
    this.output.push(sentBytes({
      ...frame,
      ...(this.#has("masks its frames") && { mask: this.#role === "server" ? 1 : false as const }),
      ...(length < 100 && this.#has("sends long forms of a length") && { lengthBits: 16 as const }),
      ...(this.#has("sets RSV1") && { rsv: 4 }),
    }, this.#role));
  }
}
