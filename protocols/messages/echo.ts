/** Reads messages that come back as they were sent. */

import { Bytes, digitsEnd, readDigits } from "../parts/bytes.ts";
import { type WriteMessage, writerOf } from "../parts/composer.ts";
import { plainEnd, unescape } from "../json/text.ts";
import type { ConversationHandlers, Message } from "../types.ts";
import { NEXT } from "../types.ts";
import { isPlace, type Part, RANDOM_DIGITS, type Template } from "./template.ts";

const [ZERO, NINE] = [0x30, 0x39];

/** Finds out which message has come back, and whether it is whole. */
export class EchoReader {
  readonly #message: Message;
  readonly #write: WriteMessage;
  readonly #right: Uint8Array;
  readonly #bytes: Bytes;
  /** The parts before the payload and those after it: all are before it if there is none. */
  readonly #before: readonly Part[];
  readonly #after: readonly Part[];
  readonly #hasSequence: boolean;
  readonly #payload: { readonly isEscaped: boolean } | undefined;
  #scratch = new Uint8Array(1024);
  #sequence = NEXT;

  constructor(template: Template, message: Message) {
    const { parts } = template;
    const at = parts.findIndex((part) => isPlace(part) && part.holds === "payload");
    const payload = parts[at];
    this.#payload = payload !== undefined && isPlace(payload) ? payload : undefined;
    this.#before = at < 0 ? parts : parts.slice(0, at);
    this.#after = at < 0 ? [] : parts.slice(at + 1).reverse();
    this.#hasSequence = template.has("sequence");
    this.#message = message;
    this.#write = writerOf(message);
    this.#right = new Uint8Array(message.size);
    this.#bytes = new Bytes(this.#right);
  }

  /** Reads what came on a connection. */
  read(
    handlers: ConversationHandlers,
    connection: number,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#sequence = NEXT;
    const from = this.#pass(this.#before, buffer, start, end);
    const to = from < 0 ? -1 : this.#passBack(this.#after, buffer, from, end);
    if (to < 0 || this.#payload === undefined && from !== to || isText !== this.#message.isText) {
      handlers.unreadable(isText, buffer, start, end);
    } else if (this.#hasSequence && this.#sequence < 0) {
      handlers.unreadable(isText, buffer, start, end);
    } else if (this.#hasSequence || this.#payload === undefined) {
      const isRight = this.#isMessage(connection, this.#sequence, buffer, start, end);
      if (isRight) handlers.answered(this.#sequence, isText, buffer, start, end);
      else handlers.wrong(this.#sequence, isText, buffer, start, end);
    } else if (this.#payload.isEscaped) {
      this.#replyEscaped(handlers, buffer, from, to);
    } else handlers.reply(isText, buffer, from, to);
  }

  #isMessage(
    connection: number,
    sequence: number,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const length = this.#write(this.#right, 0, connection, Math.max(0, sequence));
    return length === end - start && this.#bytes.equal(buffer, start, 0, length);
  }

  #replyEscaped(
    handlers: ConversationHandlers,
    buffer: Uint8Array,
    from: number,
    to: number,
  ): void {
    if (this.#scratch.length < to - from) this.#scratch = new Uint8Array(2 * (to - from));
    const length = unescape(this.#scratch, buffer, from, plainEnd(buffer, from, to), to);
    if (length < 0) handlers.unreadable(true, buffer, from, to);
    else handlers.reply(true, this.#scratch, 0, length);
  }

  /** Goes past parts at the start of a range; -1 if they are not there. */
  #pass(parts: readonly Part[], buffer: Uint8Array, start: number, end: number): number {
    let at = start;
    for (const part of parts) {
      if (!isPlace(part)) {
        if (!isAt(part, buffer, at, end)) return -1;
        at += part.length;
      } else if (part.holds === "random") at += RANDOM_DIGITS;
      else {
        const next = digitsEnd(buffer, at, end);
        if (next === at) return -1;
        if (part.holds === "sequence") this.#sequence = readDigits(buffer, at, next) - 1;
        at = next;
      }
      if (at > end) return -1;
    }
    return at;
  }

  /** Goes past parts at the end of a range, the last one first; returns where they begin, -1 if they are not there. */
  #passBack(parts: readonly Part[], buffer: Uint8Array, start: number, end: number): number {
    let at = end;
    for (const part of parts) {
      if (!isPlace(part)) {
        at -= part.length;
        if (at < start || !isAt(part, buffer, at, end)) return -1;
      } else if (part.holds === "random") at -= RANDOM_DIGITS;
      else {
        const last = at;
        while (at > start && buffer[at - 1]! >= ZERO && buffer[at - 1]! <= NINE) at--;
        if (at === last) return -1;
        if (part.holds === "sequence") this.#sequence = readDigits(buffer, at, last) - 1;
      }
      if (at < start) return -1;
    }
    return at;
  }
}

function isAt(bytes: Uint8Array, buffer: Uint8Array, at: number, end: number): boolean {
  if (at + bytes.length > end) return false;
  for (let index = 0; index < bytes.length; index++) {
    if (buffer[at + index] !== bytes[index]) return false;
  }
  return true;
}
