/**
 * A server, or a client, that is right by construction: it checks all that RFC 6455 says in the order in which the bytes come, in one
 * straight line of code without a system, so that a fault can be planted at each rule.
 */

import { applyMask } from "../../clients/wire/frame/mask.ts";
import { isCloseCode, OPCODE } from "../../clients/wire/frame/protocol.ts";
import { findInvalidUtf8, isCutUtf8 } from "../../clients/wire/frame/utf8.ts";
import { joined } from "../driver/bytes.ts";
import type { Connection } from "../driver/connection.ts";
import { sentBytes } from "../driver/frame_bytes.ts";
import type { Inflate } from "../driver/frame_reader.ts";
import { inflateOf } from "../driver/inflate.ts";
import type { Frame, Role } from "../types.ts";
import type { FaultId } from "./faults.ts";
import { REQUEST, takes } from "./strict_answer.ts";
import { readHead, replyTo, type SeenHead, valuesOf } from "./strict_opening.ts";

/** What a rule found: the connection is failed with this code. */
class Failure {
  constructor(readonly code: number) {}
}

const NONE: Uint8Array<ArrayBuffer> = new Uint8Array(0);

/** The most that a message may have, in bytes. */
const MOST_BYTES = 2 ** 25;
/** The same for the faulty one that takes little. */
const LITTLE = 2 ** 17;

interface Header {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly length: number;
  readonly key: number | undefined;
  readonly start: number;
}

/** Opens a connection to a new server, or of a new client, with a fault or without. */
export function connectStrict(fault?: FaultId, role: Role = "server"): Connection {
  const peer = new StrictPeer(fault, role);
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

/** Where the character begins that a text may go on with; its end, if that is the end of one. */
function cutAt(bytes: Uint8Array): number {
  for (let at = Math.max(0, bytes.length - 3); at < bytes.length; at++) {
    if (isCutUtf8(bytes, at, bytes.length)) return at;
  }
  return bytes.length;
}

class StrictPeer {
  readonly output: Uint8Array<ArrayBuffer>[] = [];
  hasEnded = false;
  readonly #fault: FaultId | undefined;
  readonly #role: Role;
  /** What has come of the other side's head; undefined when all has. */
  #opening: Uint8Array<ArrayBuffer> | undefined = NONE;
  /** What inflates, if that was agreed on. */
  #inflate: Inflate | undefined;
  #input = NONE;
  /** The bytes of a text that have come, and may go on to be a character. */
  #tail = NONE;
  #heldBytes = 0;
  #hasClosed = false;
  /** The type of the message that is open, and its parts. */
  #opcode = 0;
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #isCompressed = false;
  #latePongs: Uint8Array<ArrayBuffer>[] = [];

  constructor(fault: FaultId | undefined, role: Role) {
    this.#fault = fault;
    this.#role = role;
    if (role === "client") this.output.push(new TextEncoder().encode(REQUEST));
  }

  /** Whether the server has this fault. */
  #has(fault: FaultId): boolean {
    return this.#fault === fault;
  }

  receive(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.hasEnded) return;
    let rest = bytes;
    if (this.#opening !== undefined) {
      const end = this.#open(bytes);
      if (end < 0) return;
      if (this.#has("loses what comes with the handshake")) return;
      rest = bytes.slice(end);
    }
    if (this.#has("takes what it reads for whole frames")) this.#input = NONE;
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
    const reply = replyTo(head, (fault) => this.#fault === fault, isEarly);
    if (reply !== undefined) this.output.push(reply.bytes);
    this.hasEnded = !(reply?.isAccepted ?? true);
    if (reply?.isDeflating) this.#deflates();
    return reply?.isAccepted ?? false;
  }

  /** Whether an answer is the right one. */
  #accept(head: SeenHead): boolean {
    const isTaken = takes(head, (fault) => this.#fault === fault) &&
      !(this.#has("refuses long answers") && head.fields.some(([, value]) => value.length > 999));
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
    if (this.#has("answers an unfinished message at the end") && this.#parts.length > 0) {
      this.#answer(this.#opcode, joined(this.#parts));
    }
    if (this.#has("takes half of a frame for a whole one at the end") && this.#input.length > 6) {
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
    const input = this.#input;
    const first = input[0]!;
    const [fin, rsv, opcode] = [first >= 0x80, first >> 4 & 7, first & 15];
    this.#checkFirst(fin, rsv, opcode);
    const second = input[1];
    if (second === undefined) return undefined;
    const isMasked = second >= 0x80;
    const isRight = isMasked === (this.#role === "server");
    const isTaken = isMasked ? "takes masked frames" : "takes unmasked frames";
    if (!isRight && !this.#has(isTaken)) throw new Failure(1002);
    const short = second & 127;
    if ((opcode & 8) !== 0 && short > 125 && !this.#has("takes long control frames")) {
      throw new Failure(1002);
    }
    const bytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const start = 2 + bytes + (isMasked ? 4 : 0);
    if (bytes === 8 && input.length > 2 && input[2]! >= 0x80 && !this.#has("takes any length")) {
      throw new Failure(1002);
    }
    if (input.length < start) return undefined;
    const view = new DataView(input.buffer, input.byteOffset);
    const length = bytes === 0
      ? short
      : bytes === 2
      ? view.getUint16(2)
      : Number(view.getBigUint64(2));
    const isMinimal = bytes === 0 || length >= (bytes === 2 ? 126 : 65_536);
    if (!isMinimal && !this.#has("takes long forms of a length")) throw new Failure(1002);
    this.#checkSize(length);
    return {
      ...{ fin, rsv, opcode, length, start },
      key: isMasked ? view.getUint32(start - 4) : undefined,
    };
  }

  #checkFirst(fin: boolean, rsv: number, opcode: number): void {
    const isControl = (opcode & 8) !== 0;
    const ignored = this.#has("ignores reserved bits") ||
      this.#has("ignores RSV2") && rsv === 2 ||
      this.#has("ignores RSV1") && rsv === 4 ||
      this.#has("ignores RSV3") && rsv === 1 ||
      this.#has("ignores reserved bits of control frames") && isControl ||
      this.#has("ignores reserved bits of continuations") && opcode === 0;
    const isCompressed = rsv === 4 && this.#inflate !== undefined && (opcode === 1 || opcode === 2);
    if (rsv !== 0 && !isCompressed && !ignored) throw new Failure(1002);
    if ((opcode & 7) > 2) {
      const taken = isControl
        ? this.#has("takes reserved opcodes of control frames")
        : this.#has("takes reserved opcodes of messages");
      if (!taken) throw new Failure(1002);
    }
    if (isControl) {
      if (!fin && !this.#has("takes control frames in fragments")) throw new Failure(1002);
    } else if (opcode === 0) {
      if (this.#opcode === 0 && !this.#has("takes continuations without a start")) {
        throw new Failure(1002);
      }
    } else if (this.#opcode !== 0 && !this.#has("takes a message inside another")) {
      throw new Failure(1002);
    }
  }

  #checkSize(length: number): void {
    const most = this.#has("takes little") ? LITTLE : MOST_BYTES;
    if (length > most - this.#heldBytes && !this.#has("takes any length")) throw new Failure(1009);
    if (this.#has("takes few fragments") && this.#parts.length > 50) throw new Failure(1009);
  }

  /** Checks the beginning of a frame of which the rest has not come. */
  #checkBeginning({ opcode, rsv }: Header, payload: Uint8Array<ArrayBuffer>): void {
    if (rsv === 4 || opcode === 0 && this.#isCompressed) return;
    if ((opcode || this.#opcode) !== OPCODE.text || (opcode & 8) !== 0) return;
    if (this.#has("checks UTF-8 when the frame has come")) return;
    this.#checkText(joined([this.#tail, payload]), false);
  }

  #data({ fin, opcode, rsv }: Header, payload: Uint8Array<ArrayBuffer>): void {
    if (opcode !== 0) {
      this.#opcode = opcode;
      this.#isCompressed = this.#inflate !== undefined &&
        (rsv === 4 || this.#has("takes plain messages for compressed ones"));
      if (this.#has("takes a message inside another")) this.#parts = [];
    }
    if (this.#opcode === 0) this.#opcode = OPCODE.text;
    const isLost = payload.length === 0 && this.#has("takes an empty fragment for the end");
    this.#parts.push(payload);
    const isEnd = fin || isLost;
    const type = this.#opcode;
    this.#heldBytes += payload.length;
    if (type === OPCODE.text && !this.#isCompressed) this.#checkFragment(payload, isEnd);
    if (!isEnd) return;
    const whole = this.#inflated(joined(this.#parts));
    if (type === OPCODE.text && this.#isCompressed) this.#checkFragment(whole, true);
    this.#opcode = 0;
    this.#parts = [];
    this.#heldBytes = 0;
    this.#tail = NONE;
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

  #checkFragment(payload: Uint8Array<ArrayBuffer>, isEnd: boolean): void {
    const bytes = joined([this.#tail, payload]);
    const isLate = this.#has("checks UTF-8 when the message has come") && !isEnd;
    if (!isLate) this.#checkText(bytes, isEnd);
    // A character has four bytes at most.
    this.#tail = isLate ? bytes : bytes.slice(cutAt(bytes));
  }

  #checkText(bytes: Uint8Array<ArrayBuffer>, isWhole: boolean): void {
    if (this.#has("does not check UTF-8") || this.#has("replaces what is not UTF-8")) return;
    const at = findInvalidUtf8(bytes, 0, bytes.length);
    if (at < 0) return;
    const [lead = 0, second = 0] = bytes.subarray(at);
    if (isCutUtf8(bytes, at, bytes.length)) {
      if (!isWhole || this.#has("takes cut UTF-8")) return;
    } else if (
      this.#has("takes surrogates in UTF-8") && lead === 0xed && second >= 0xa0 ||
      this.#has("takes overlong UTF-8") &&
        (lead === 0xc0 || lead === 0xc1 || lead === 0xe0 && second < 0xa0 ||
          lead === 0xf0 && second < 0x90) ||
      this.#has("takes UTF-8 above U+10FFFF") && (lead === 0xf4 && second > 0x8f || lead > 0xf4) ||
      this.#has("takes lone continuation bytes in UTF-8") && lead >= 0x80 && lead < 0xc0
    ) return;
    throw new Failure(this.#has("closes broken UTF-8 with 1002") ? 1002 : 1007);
  }

  #replaced(type: number, whole: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (type !== OPCODE.text || !this.#has("replaces what is not UTF-8")) return whole;
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
    if (this.#has("answers pings after the message") && this.#opcode !== 0) {
      this.#latePongs.push(payload);
      return;
    }
    const carried = this.#has("answers pings without content")
      ? NONE
      : this.#has("cuts what a ping carries")
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
    const [high, low] = payload;
    const code = payload.length < 2 ? 1005 : high! << 8 | low!;
    if (payload.length === 1 && !this.#has("takes a close frame of one byte")) {
      throw new Failure(1002);
    }
    const isAny = this.#has("echoes any close code") || this.#has("answers every close with 1000");
    const isUndefined = code > 1014 && code < 3000 && this.#has("takes undefined close codes");
    if (payload.length > 1 && !isCloseCode(code) && !isAny && !isUndefined) {
      throw new Failure(1002);
    }
    const reason = payload.slice(2);
    if (
      findInvalidUtf8(reason, 0, reason.length) >= 0 && !this.#has("does not check close reasons")
    ) throw new Failure(1007);
    const echoed = this.#has("answers every close with 1000")
      ? Uint8Array.of(3, 232)
      : this.#has("answers every close with 1011")
      ? Uint8Array.of(3, 243)
      : payload.slice(0, 2);
    this.#send({ opcode: OPCODE.close, payload: echoed.length === 1 ? NONE : echoed });
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
    if (this.#has("changes the last byte") && last >= 0) payload[last]! ^= 1;
    if (this.#has("loses the last byte of 65,536") && last === 65_535) {
      return this.#send({ opcode: type, payload: payload.slice(0, last) });
    }
    if (this.#has("answers all as text")) return this.#send({ opcode: OPCODE.text, payload });
    if (this.#has("answers all as binary")) return this.#send({ opcode: OPCODE.binary, payload });
    if (this.#has("answers in unmarked fragments") && last > 0) {
      this.#send({ opcode: type, payload: payload.slice(0, 1) });
      return this.#send({ opcode: 0, payload: payload.slice(1) });
    }
    if (this.#has("cuts texts at U+0000") && payload.includes(0) && type === OPCODE.text) {
      return this.#send({ opcode: type, payload: payload.slice(0, payload.indexOf(0)) });
    }
    if (this.#has("answers nothing without content") && payload.length === 0) return;
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
      ...(this.#has("sends long forms of a length") && length < 100 && { lengthBits: 16 as const }),
      ...(this.#has("sets RSV1") && { rsv: 4 }),
    }, this.#role));
  }
}
