/**
 * A connection of Socket.IO: reads what the server sends and decides on the answers. Engine.IO protocol 4
 * (https://github.com/socketio/engine.io-protocol) and in it Socket.IO protocol 5
 * (https://github.com/socketio/socket.io-protocol), as payloads of WebSocket messages.
 *
 * An event that is written as JSON.stringify writes it is read in place; all others go through strings.
 */

import type { Conversation, ConversationHandlers } from "../types.ts";
import { EVENT_NAME, type SocketIoPackets } from "./packets.ts";
import { plainEnd, unescape } from "./text.ts";

const ZERO = 0x30;
const QUOTE = 0x22;
const BRACKET = 0x5d;
/** Characters of a message that an error shows. */
const SHOWN = 60;

/** The state of a connection: a number, because there may be thousands of connections. */
const FRESH = 0;
const OPEN = 1;
const JOINED = 2;
/** Joined, and the bytes of an event come next. */
const BYTES_DUE = 3;
const CLOSED = 4;

/** Type, attachments, namespace, acknowledgement and JSON ("Packet encoding" in the Socket.IO protocol). */
const PACKET = /^4([0-6])(?:(\d+)-)?(?:(\/[^,]*)(?:,|$))?(\d*)(.*)$/s;
const CONNECT = 0;
const DISCONNECT = 1;
const EVENT = 2;
const ACK = 3;
const CONNECT_ERROR = 4;
const BINARY_EVENT = 5;
const BINARY_ACK = 6;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * What is wrong with a message from a server.
 *
 * - `malformed`: not a packet, or without the JSON that its type has
 * - `unexpected`: a packet that cannot come now, or at all from a server that was not asked for it
 * - `namespace`, `event`: of another one than was asked for
 * - `arguments`: an event with anything but one text or one run of bytes
 * - `refused`: the server refuses the namespace
 */
export type SocketIoErrorKind =
  | "malformed"
  | "unexpected"
  | "namespace"
  | "event"
  | "arguments"
  | "refused";

/** A message after which the connection is of no use. */
export class SocketIoError extends Error {
  override readonly name = "SocketIoError";

  /** @param message one line with the beginning of what was received */
  constructor(readonly kind: SocketIoErrorKind, message: string) {
    super(message);
  }
}

interface Fault {
  readonly kind: SocketIoErrorKind;
  readonly why: string;
}

const UNEXPECTED: Fault = { kind: "unexpected", why: "a packet of its type cannot come now" };

function malformed(why: string): Fault {
  return { kind: "malformed", why };
}

export class SocketIoConversation implements Conversation {
  readonly #packets: SocketIoPackets;
  readonly #handlers: ConversationHandlers;
  #state = FRESH;

  /** @param packets those of the namespace; thousands of conversations may share them */
  constructor(packets: SocketIoPackets, handlers: ConversationHandlers) {
    this.#packets = packets;
    this.#handlers = handlers;
  }

  /** Nothing: the server begins. */
  open(): void {}

  /** Leaves the namespace. */
  close(): void {
    this.#handlers.send(true, this.#packets.disconnectPacket);
  }

  /**
   * Reads one WebSocket message that the server sent. The acknowledgement that an event may ask for is not sent.
   *
   * @throws {SocketIoError} for what does not fit the protocol or the one kind of event, and if the server refuses
   */
  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    if (isText && this.#state === JOINED && this.#readEvent(buffer, start, end)) return;
    const fault = isText ? this.#readText(buffer, start, end) : this.#readBytes(buffer, start, end);
    if (fault) {
      throw new SocketIoError(
        fault.kind,
        `Cannot read a message of a Socket.IO server as ${fault.why}: received ${
          excerpt(isText, buffer, start, end)
        }`,
      );
    }
  }

  /** Reads what begins like a text event, byte by byte; false if it is not one after all. */
  #readEvent(buffer: Uint8Array, start: number, end: number): boolean {
    const head = this.#packets.textEventStart;
    const from = start + head.length;
    const to = end - 2;
    if (to < from || buffer[to] !== QUOTE || buffer[to + 1] !== BRACKET) return false;
    if (!isAt(buffer, start, head)) return false;
    const plain = plainEnd(buffer, from, to);
    if (plain === to) {
      this.#handlers.reply(true, buffer, from, to);
      return true;
    }
    const scratch = this.#packets.scratch(to - from);
    const length = unescape(scratch, buffer, from, plain, to);
    if (length < 0) return false;
    this.#handlers.reply(true, scratch, 0, length);
    return true;
  }

  #readBytes(buffer: Uint8Array, start: number, end: number): Fault | undefined {
    if (this.#state !== BYTES_DUE) {
      return { kind: "unexpected", why: "no event is waiting for bytes" };
    }
    this.#state = JOINED;
    this.#handlers.reply(false, buffer, start, end);
  }

  #readText(buffer: Uint8Array, start: number, end: number): Fault | undefined {
    const type = start < end ? buffer[start]! - ZERO : -1;
    if (!(type >= 0 && type <= 6)) return malformed("its type is unknown");
    const fresh = this.#state === FRESH;
    if (this.#state === CLOSED || fresh !== (type === 0) || type === 3 || type === 5) {
      return UNEXPECTED;
    }
    if (type === 4) return this.#readPacket(buffer, start, end);
    if (type === 0) {
      if (typeof fieldsOf(textOf(buffer, start + 1, end)).sid !== "string") {
        return malformed("it opens a connection without an id");
      }
      this.#state = OPEN;
      this.#handlers.send(true, this.#packets.connectPacket);
    } else if (end - start > 1) {
      return malformed("a packet of its type is empty");
    } else if (type === 2) {
      this.#handlers.keepAlive(true, this.#packets.pong);
    } else if (type === 1) {
      this.#state = CLOSED;
      this.#handlers.ended("transport close");
    }
  }

  #readPacket(buffer: Uint8Array, start: number, end: number): Fault | undefined {
    const header = this.#packets.binaryEventHeader;
    if (this.#state === JOINED && end - start === header.length && isAt(buffer, start, header)) {
      this.#state = BYTES_DUE;
      return;
    }
    const match = PACKET.exec(textOf(buffer, start, end) ?? "");
    if (!match) return malformed("it is not a packet");
    const [, digit, attachments, namespace = "/", acknowledgement, data = ""] = match;
    const type = Number(digit);
    const isEvent = type === EVENT || type === BINARY_EVENT;
    if ((attachments !== undefined) !== (type >= BINARY_EVENT)) {
      return malformed("its number of attachments does not fit its type");
    }
    if (namespace !== this.#packets.namespace) {
      return { kind: "namespace", why: "it is of another namespace" };
    }
    const isReply = type === ACK || type === BINARY_ACK;
    if (isReply || this.#state === BYTES_DUE || (isEvent && this.#state !== JOINED)) {
      return UNEXPECTED;
    }
    if (isEvent) return this.#readArguments(type, attachments, parse(data));
    if (acknowledgement) return malformed("only an event has a number");
    return this.#readChange(type, data);
  }

  #readArguments(type: number, attachments: string | undefined, data: unknown): Fault | undefined {
    if (!Array.isArray(data) || data.length === 0) return malformed("an event has a JSON array");
    const [event, argument] = data;
    if (event !== EVENT_NAME) return { kind: "event", why: "it is another event" };
    if (data.length === 2 && type === EVENT && typeof argument === "string") {
      const scratch = this.#packets.scratch(3 * argument.length);
      this.#handlers.reply(true, scratch, 0, encoder.encodeInto(argument, scratch).written);
      return;
    }
    const isBytes = data.length === 2 && type === BINARY_EVENT && Number(attachments) === 1 &&
      argument?._placeholder === true && argument.num === 0;
    if (!isBytes) return { kind: "arguments", why: "its argument is not one text or bytes" };
    this.#state = BYTES_DUE;
  }

  /** Reads what joins the namespace, refuses it or leaves it. */
  #readChange(type: number, data: string): Fault | undefined {
    if (type === CONNECT && this.#state === OPEN) {
      if (typeof fieldsOf(data).sid !== "string") {
        return malformed("it joins a namespace without an id");
      }
      this.#state = JOINED;
      this.#handlers.ready();
    } else if (type === CONNECT_ERROR && this.#state === OPEN) {
      const error = parse(data);
      const message = typeof error === "string" ? error : fieldsOf(data).message;
      if (typeof message !== "string") return malformed("it refuses a namespace without a message");
      throw new SocketIoError("refused", `The server refused the namespace: ${beginning(message)}`);
    } else if (type === DISCONNECT && data !== "") {
      return malformed("leaving a namespace takes no data");
    } else if (type === DISCONNECT) {
      this.#state = OPEN;
      this.#handlers.ended("io server disconnect");
    } else {
      return UNEXPECTED;
    }
  }
}

function isAt(buffer: Uint8Array, start: number, bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) {
    if (buffer[start + index] !== bytes[index]) return false;
  }
  return true;
}

/** The text of a range; undefined if it is not UTF-8. */
function textOf(buffer: Uint8Array, start: number, end: number): string | undefined {
  try {
    return utf8.decode(buffer.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** A JSON value; undefined, which JSON does not have, for what is not JSON. */
function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** The fields of a JSON object; none for what is not one. */
function fieldsOf(text: string | undefined): Record<string, unknown> {
  return Object(parse(text));
}

function excerpt(isText: boolean, buffer: Uint8Array, start: number, end: number): string {
  if (!isText) return `${end - start} bytes`;
  // 240 bytes hold at least 60 characters, however the cut falls.
  const bytes = buffer.subarray(start, Math.min(end, start + 4 * SHOWN));
  return beginning(lenientUtf8.decode(bytes), "'");
}

function beginning(text: string, quote = ""): string {
  const characters = [...text];
  const shown = characters.slice(0, SHOWN).join("").replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${quote}${shown}${quote}${characters.length > SHOWN ? "…" : ""}`;
}
