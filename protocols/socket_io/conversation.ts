/**
 * A connection of Socket.IO: reads what the server sends and decides on the answers. Engine.IO protocol 4
 * (https://github.com/socketio/engine.io-protocol) and in it Socket.IO protocol 5
 * (https://github.com/socketio/socket.io-protocol), as payloads of WebSocket messages.
 *
 * An event that is written as JSON.stringify writes it is read in place; all others go through strings.
 */

import type { Conversation, ConversationHandlers } from "../types.ts";
import { digitsEnd, readDigits } from "../parts/bytes.ts";
import {
  beginning,
  excerpt,
  type Fault,
  malformed,
  SOCKET_IO_2,
  SocketIoError,
  UNEXPECTED,
} from "./error.ts";
import type { SocketIoPackets } from "./packets.ts";
import { plainEnd, unescape } from "../json/text.ts";

const ZERO = 0x30;
const QUOTE = 0x22;
const [OPEN_BRACKET, BRACKET] = [0x5b, 0x5d];
/** With more digits than these it may be no number of 32 bits, which is no object where it is passed on. */
const MOST_DIGITS = 9;

/** The state of a connection: a number, because there may be thousands of connections. */
const FRESH = 0;
const OPEN = 1;
const JOINED = 2;
const CLOSED = 3;

/** What an acknowledgement has to have: it is not asked for, it has what was sent, or it has anything. */
export type Acknowledgement = "none" | "echo" | "any";

/** What the bytes are that come next: those of the event, of something else, or of an acknowledgement by its number. */
const OF_EVENT = -1;
const OF_OTHERS = -2;

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
const encoder = new TextEncoder();

export class SocketIoConversation implements Conversation {
  readonly #packets: SocketIoPackets;
  readonly #handlers: ConversationHandlers;
  readonly #acknowledgement: Acknowledgement;
  readonly #rooms: RegExp | undefined;
  #state = FRESH;
  /** How many messages with bytes come next. */
  #bytesDue = 0;
  /** What they are of. */
  #bytesOf = OF_OTHERS;

  /**
   * @param packets those of the namespace; thousands of conversations may share them
   * @param rooms the namespaces of all groups, if each has its own
   */
  constructor(
    packets: SocketIoPackets,
    handlers: ConversationHandlers,
    acknowledgement: Acknowledgement = "none",
    rooms?: RegExp,
  ) {
    this.#rooms = rooms;
    this.#packets = packets;
    this.#handlers = handlers;
    this.#acknowledgement = acknowledgement;
  }

  get awaited(): string | undefined {
    return this.#state < JOINED ? `the namespace ${this.#packets.namespace}` : undefined;
  }

  /** Nothing: the server begins. */
  open(): void {}

  /** Leaves the namespace. */
  close(): void {
    this.#handlers.send(true, this.#packets.disconnectPacket);
  }

  /**
   * Reads one WebSocket message that the server sent. The acknowledgement that an event may ask for is not sent. Other
   * events are pushed: their JSON is a list of the name and what it carries. Other namespaces are what nobody
   * asked for, but for other rooms: what comes from there has lost its way.
   *
   * @throws {SocketIoError} for what does not fit the protocol, and if the server refuses
   */
  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    if (isText && this.#state === JOINED && this.#bytesDue === 0) {
      const isRead = this.#acknowledgement === "none"
        ? this.#readEvent(buffer, start, end)
        : this.#readAck(buffer, start, end);
      if (isRead) return;
    }
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
    return this.#replyText(buffer, from, to);
  }

  /** Reads what begins like an acknowledgement with one text, byte by byte; false if it is not one after all. */
  #readAck(buffer: Uint8Array, start: number, end: number): boolean {
    const head = this.#packets.ackStart;
    const digitsAt = start + head.length;
    const to = end - 2;
    if (digitsAt >= to || !isAt(buffer, start, head)) return false;
    const digitsTo = digitsEnd(buffer, digitsAt, to);
    const number = readDigits(buffer, digitsAt, digitsTo) | 0;
    const from = digitsTo + 2;
    if (number < 1 || digitsTo - digitsAt > MOST_DIGITS || to < from) return false;
    if (buffer[digitsTo] !== OPEN_BRACKET || buffer[from - 1] !== QUOTE) return false;
    if (buffer[to] !== QUOTE || buffer[to + 1] !== BRACKET) return false;
    if (this.#acknowledgement === "echo") return this.#replyText(buffer, from, to, number - 1);
    this.#handlers.answered(number - 1, true, buffer, from, to);
    return true;
  }

  /** Replies with the inside of a JSON text; false if it is not one. */
  #replyText(buffer: Uint8Array, from: number, to: number, sequence?: number): boolean {
    const plain = plainEnd(buffer, from, to);
    if (plain === to) {
      this.#handlers.reply(true, buffer, from, to, sequence);
      return true;
    }
    const scratch = this.#packets.scratch(to - from);
    const length = unescape(scratch, buffer, from, plain, to);
    if (length < 0) return false;
    this.#handlers.reply(true, scratch, 0, length, sequence);
    return true;
  }

  #readBytes(buffer: Uint8Array, start: number, end: number): Fault | undefined {
    if (this.#bytesDue === 0) {
      return { kind: "unexpected", why: "no event is waiting for bytes" };
    }
    this.#bytesDue--;
    const of = this.#bytesOf;
    if (of === OF_OTHERS) return;
    if (of === OF_EVENT) this.#handlers.reply(false, buffer, start, end);
    else if (this.#acknowledgement === "any") {
      this.#handlers.answered(of, false, buffer, start, end);
    } else this.#handlers.reply(false, buffer, start, end, of);
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
    const match = PACKET.exec(textOf(buffer, start, end) ?? "");
    if (!match) return malformed("it is not a packet");
    const [, digit, attachments, namespace = "/", acknowledgement = "", data = ""] = match;
    const type = Number(digit);
    if ((attachments !== undefined) !== (type >= BINARY_EVENT)) {
      return malformed("its number of attachments does not fit its type");
    }
    if (this.#bytesDue > 0) return UNEXPECTED;
    if (type === CONNECT && data === "") throw new SocketIoError("version", SOCKET_IO_2);
    const isEvent = type === EVENT || type === BINARY_EVENT;
    const values = parse(data);
    const isOwn = namespace === this.#packets.namespace;
    if (!isOwn && !(isEvent && this.#claims(namespace, values))) {
      return this.#skip(attachments, buffer, start, end);
    }
    const isAck = type === ACK || type === BINARY_ACK;
    if ((isEvent || isAck) && this.#state !== JOINED) return UNEXPECTED;
    if (isAck && this.#acknowledgement === "none") return UNEXPECTED;
    if (!isEvent && !isAck) {
      return acknowledgement === ""
        ? this.#readChange(type, data)
        : malformed("only an event has a number");
    }
    if (!Array.isArray(values) || (isEvent && values.length === 0)) {
      return malformed("an event has a JSON array");
    }
    const valuesAt = end - encoder.encode(data).length;
    if (isEvent && (values[0] !== this.#packets.event || this.#acknowledgement !== "none")) {
      this.#bytesDue = Number(attachments ?? 0);
      this.#bytesOf = OF_OTHERS;
      return void this.#handlers.pushed(true, buffer, valuesAt, end);
    }
    return this.#readValues(
      { buffer, start, end, valuesAt },
      isEvent ? values.slice(1) : values,
      attachments,
      isEvent ? undefined : Number(acknowledgement || 0) - 1,
    );
  }

  /** Whether it is an event as it is sent here, to the room of others: its content tells whether it is a reply. */
  #claims(namespace: string, values: unknown): boolean {
    return this.#state === JOINED && this.#acknowledgement === "none" &&
      this.#rooms?.test(namespace) === true && Array.isArray(values) &&
      values[0] === this.#packets.event;
  }

  /** Passes over what nobody asked for, with its bytes. */
  #skip(
    attachments: string | undefined,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): undefined {
    this.#bytesDue = Number(attachments ?? 0);
    this.#bytesOf = OF_OTHERS;
    this.#handlers.unasked(true, buffer, start, end);
  }

  /** Reads what an event or an acknowledgement carries: one text, or bytes, which come next. */
  #readValues(
    { buffer, start, end, valuesAt }: {
      buffer: Uint8Array;
      start: number;
      end: number;
      valuesAt: number;
    },
    values: readonly unknown[],
    attachments: string | undefined,
    sequence: number | undefined,
  ): Fault | undefined {
    const [value] = values;
    if (sequence !== undefined && sequence < 0) {
      return malformed("an acknowledgement has the number of its event");
    }
    if (attachments !== undefined) {
      this.#bytesDue = Number(attachments);
      this.#bytesOf = sequence ?? OF_EVENT;
      if (this.#bytesDue === 1 && isPlaceholder(values)) return;
      this.#bytesOf = OF_OTHERS;
    }
    if (sequence !== undefined && this.#acknowledgement === "any") {
      this.#handlers.answered(sequence, true, buffer, start, end);
    } else if (attachments === undefined && values.length === 1 && typeof value === "string") {
      const scratch = this.#packets.scratch(3 * value.length);
      const { written } = encoder.encodeInto(value, scratch);
      this.#handlers.reply(true, scratch, 0, written, sequence);
    } else if (sequence !== undefined) this.#handlers.wrong(sequence, true, buffer, start, end);
    else this.#handlers.unreadable(true, buffer, start, end, valuesAt);
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

/** Whether values are the place of bytes, and nothing else. */
function isPlaceholder(values: readonly unknown[]): boolean {
  const { _placeholder, num }: { _placeholder?: unknown; num?: unknown } = Object(values[0]);
  return values.length === 1 && _placeholder === true && num === 0;
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
