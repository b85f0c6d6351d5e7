/** A connection of STOMP: reads the frames that the server sends (STOMP 1.2), and decides what to say. */

import { excerptOf, ProtocolError, refusal } from "../common/protocol_error.ts";
import { beginsWith, digitsIn } from "../common/scan.ts";
import { type PacketReader, PacketStream } from "../common/stream.ts";
import { bytesOf } from "../parts/bytes.ts";
import type { Conversation, ConversationHandlers } from "../types.ts";
import { unescaped } from "./frame.ts";

/** The receipt that a subscription asks for. */
export const SUBSCRIBED = "subscribed";

/** What all connections of a codec share. */
export interface StompShared {
  readonly connect: Uint8Array;
  /** The frame with which a connection subscribes; undefined if it does not. */
  subscribe(connection: number): Uint8Array | undefined;
  /** Whether the server confirms the subscription. */
  readonly isConfirmed: boolean;
  /** Whether content is text: STOMP does not say. */
  readonly isText: boolean;
  /** How long a frame may be, in bytes. */
  readonly longest: number;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const FRESH = 0;
const CONNECTING = 1;
const SUBSCRIBING = 2;
const READY = 3;

const CR = 13;
const LF = 10;
const MESSAGE = bytesOf("MESSAGE");
const HEART_BEAT = bytesOf("\n");
const DISCONNECT = bytesOf("DISCONNECT\n\n\0");
const CONTENT_LENGTH = bytesOf("content-length:");
const SUBSCRIPTION = bytesOf("subscription:");
const OWN_SUBSCRIPTION = bytesOf("subscription:0");

function malformed(why: string, buffer: Uint8Array, start: number, end: number): ProtocolError {
  const received = excerptOf(buffer, start, end);
  return new ProtocolError(
    "malformed",
    `The server sent a frame that is not STOMP, as ${why}: received "${received}"`,
  );
}

export class StompConversation implements Conversation, PacketReader {
  readonly #shared: StompShared;
  readonly #handlers: ConversationHandlers;
  readonly #connection: number;
  readonly #stream: PacketStream;
  #state = FRESH;

  constructor(shared: StompShared, handlers: ConversationHandlers, connection: number) {
    this.#shared = shared;
    this.#handlers = handlers;
    this.#connection = connection;
    this.#stream = new PacketStream(shared.longest);
  }

  open(): void {
    this.#state = CONNECTING;
    this.#handlers.send(true, this.#shared.connect);
  }

  keepAlive(): void {
    this.#handlers.keepAlive(true, HEART_BEAT);
  }

  close(): void {
    this.#handlers.send(true, DISCONNECT);
  }

  /** @throws {ProtocolError} for what is not STOMP, cannot come now, and if the server refuses */
  receive(_isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    this.#stream.push(buffer, start, end, this);
  }

  read(buffer: Uint8Array, start: number, end: number): number {
    let at = start;
    for (;;) {
      // Between frames there may be ends of lines, which are signs of life.
      while (at < end && (buffer[at] === LF || buffer[at] === CR)) at++;
      const next = at < end ? this.#frame(buffer, at, end) : at;
      if (next === at) return at;
      at = next;
    }
  }

  /** Reads a frame; returns the place after it, or `start` if it is not whole. */
  #frame(buffer: Uint8Array, start: number, end: number): number {
    const commandEnd = lineEnd(buffer, start, end);
    if (commandEnd < 0) return start;
    let length = -1;
    let isOwn = false;
    let isFirst = true;
    let at = commandEnd + 1;
    for (;; at++) {
      const stop = lineEnd(buffer, at, end);
      if (stop < 0) return start;
      const textEnd = buffer[stop - 1] === CR ? stop - 1 : stop;
      if (textEnd === at) {
        at = stop + 1;
        break;
      }
      // Of a header that is there twice the first counts.
      if (length < 0 && beginsWith(CONTENT_LENGTH, buffer, at, textEnd)) {
        length = digitsIn(buffer, at + CONTENT_LENGTH.length, textEnd);
        if (length < 0) throw malformed("its length is no number", buffer, start, textEnd);
        if (length > this.#shared.longest) {
          throw malformed("no message is so long", buffer, start, textEnd);
        }
      } else if (isFirst && beginsWith(SUBSCRIPTION, buffer, at, textEnd)) {
        isFirst = false;
        isOwn = textEnd - at === OWN_SUBSCRIPTION.length &&
          beginsWith(OWN_SUBSCRIPTION, buffer, at, textEnd);
      }
      at = stop;
    }
    const bodyEnd = length < 0 ? buffer.indexOf(0, at) : at + length;
    if (bodyEnd < 0 || bodyEnd >= end) return start;
    if (buffer[bodyEnd] !== 0) throw malformed("it does not end", buffer, start, bodyEnd);
    const plainEnd = buffer[commandEnd - 1] === CR ? commandEnd - 1 : commandEnd;
    if (
      plainEnd - start !== MESSAGE.length || !beginsWith(MESSAGE, buffer, start, plainEnd)
    ) this.#other(buffer, start, at, bodyEnd);
    else if (isOwn && this.#state === READY) {
      this.#handlers.reply(this.#shared.isText, buffer, at, bodyEnd);
    } else this.#handlers.unasked(this.#shared.isText, buffer, at, bodyEnd);
    return bodyEnd + 1;
  }

  /** Takes a frame that is no message. */
  #other(buffer: Uint8Array, start: number, bodyAt: number, end: number): void {
    const [command, ...lines] = decoder.decode(buffer.subarray(start, bodyAt)).split(/\r?\n/);
    const valueOf = (name: string): string =>
      lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? "";
    switch (command) {
      case "CONNECTED":
        if (this.#state === CONNECTING) return this.#connected(valueOf("version"));
        break;
      case "RECEIPT":
        return this.#receipt(valueOf("receipt-id"), buffer, start, end);
      case "ERROR": {
        const body = decoder.decode(buffer.subarray(bodyAt, Math.min(end, bodyAt + 1000)));
        const reason = [unescaped(valueOf("message")), body].filter((text) => text.trim() !== "");
        throw refusal(this.#state === READY ? "to go on" : "the connection", reason.join(": "));
      }
      default:
        throw malformed("it has no such command", buffer, start, end);
    }
    throw new ProtocolError("unexpected", `The server sent ${command} when it could not come`);
  }

  #connected(version: string): void {
    if (version !== "1.2") {
      throw refusal(
        "STOMP 1.2",
        version === "" ? "its version is 1.0" : `its version is ${version}`,
      );
    }
    const subscribe = this.#shared.subscribe(this.#connection);
    this.#state = SUBSCRIBING;
    if (subscribe !== undefined) this.#handlers.send(true, subscribe);
    if (!this.#shared.isConfirmed) this.#ready();
  }

  #receipt(id: string, buffer: Uint8Array, start: number, end: number): void {
    if (id === SUBSCRIBED && this.#state === SUBSCRIBING) return this.#ready();
    if (this.#state === READY && /^\d{10}$/.test(id)) {
      return this.#handlers.answered(Number(id), true, buffer, start, end);
    }
    this.#handlers.unasked(true, buffer, start, end);
  }

  #ready(): void {
    this.#state = READY;
    this.#handlers.ready();
  }
}

/** Where the line that begins at a place ends; -1 if it does not. */
function lineEnd(buffer: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) if (buffer[at] === LF) return at;
  return -1;
}
