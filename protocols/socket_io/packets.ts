/**
 * Socket.IO over WebSocket messages: Engine.IO protocol 4 (https://github.com/socketio/engine.io-protocol) and in it
 * Socket.IO protocol 5 (https://github.com/socketio/socket.io-protocol), for a load generator that has its own frames.
 *
 * One connection joins one namespace and exchanges one kind of event with one argument, a text or bytes. Here is what it
 * sends, written straight into the caller's buffer; what it receives is read by `conversation.ts`. Neither makes an
 * object for a message, but for the view that a bulk copy of a long run of plain bytes takes.
 */

import { escape, escapedSize } from "./text.ts";

const encoder = new TextEncoder();

/** Names that Socket.IO keeps for itself ("Event names" in its documentation). */
const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener"];
const QUOTE = 0x22;
const BRACKET = 0x5d;
/** The longest that one byte becomes: `\u0000`. */
export const LONGEST_ESCAPE = 6;

/** What a URL means under Socket.IO. */
export interface SocketIoTarget {
  /** Where the HTTP upgrade goes: one path for all namespaces, with the query of the URL. */
  readonly handshake: URL;
  /** Its path, as it is written: it is sent in a packet, where nothing is escaped. */
  readonly namespace: string;
}

/** Takes a URL apart whose path is a namespace. */
export function socketIoTarget(url: string): SocketIoTarget {
  const handshake = new URL(url);
  const { search } = handshake;
  handshake.pathname = "/socket.io/";
  handshake.search = `${search}${search === "" ? "?" : "&"}EIO=4&transport=websocket`;
  handshake.hash = "";
  const [, namespace = ""] = /^\w+:\/\/[^/?#]*([^?#]*)/.exec(url) ?? [];
  return { handshake, namespace: namespace || "/" };
}

/**
 * The packets of one namespace and one event, as payloads of WebSocket messages. It holds no state of a connection: one
 * serves all.
 */
export class SocketIoPackets {
  /** The namespace, from its slash on. */
  readonly namespace: string;
  /** The event's name. */
  readonly event: string;
  /** Text message that joins the namespace. */
  readonly connectPacket: Uint8Array<ArrayBuffer>;
  /** Text message that leaves the namespace. */
  readonly disconnectPacket: Uint8Array<ArrayBuffer>;
  /** Text message that answers a ping. */
  readonly pong: Uint8Array<ArrayBuffer> = encoder.encode("3");
  /** Text message that begins a binary event; a binary message with the bytes has to follow directly. */
  readonly binaryEventHeader: Uint8Array<ArrayBuffer>;
  /** What stands before the escaped text in a text event. */
  readonly textEventStart: Uint8Array<ArrayBuffer>;
  #scratch = new Uint8Array(1024);

  /**
   * Makes the constant packets.
   *
   * @param namespace such as `/echo`, or `/`
   * @param event the name of the event
   * @throws {SyntaxError} for a namespace without a slash at its start or with a comma, and for a reserved event's name
   */
  constructor(namespace: string, event = "message") {
    if (!/^\/[^,?]*$/.test(namespace)) {
      throw new SyntaxError(
        `Cannot name a namespace without '/' at its start or with ',' or '?': received '${namespace}'`,
      );
    }
    if (RESERVED.includes(event)) {
      throw new SyntaxError(`Cannot send an event that Socket.IO reserves: received '${event}'`);
    }
    this.namespace = namespace;
    this.event = event;
    const prefix = namespace === "/" ? "" : `${namespace},`;
    const name = JSON.stringify(event);
    this.connectPacket = encoder.encode(`40${prefix}`);
    this.disconnectPacket = encoder.encode(`41${prefix}`);
    this.textEventStart = encoder.encode(`42${prefix}[${name},"`);
    this.binaryEventHeader = encoder.encode(`451-${prefix}[${name},{"_placeholder":true,"num":0}]`);
  }

  /** The most bytes that a text event with so many bytes of text can take; see also {@linkcode textEventSize}. */
  maxTextEventSize(length: number): number {
    return this.textEventStart.length + length * LONGEST_ESCAPE + 2;
  }

  /** The bytes that a text event takes. It reads the whole text: writing it tells the size as well. */
  textEventSize(payload: Uint8Array, start: number, end: number): number {
    return this.textEventStart.length + escapedSize(payload, start, end) + 2;
  }

  /**
   * Writes the text message of a text event.
   *
   * @param target takes it; its range must not overlap that of `payload`
   * @param at offset of its first byte
   * @param payload holds the text as UTF-8 from `start` to `end`
   * @returns the offset after its last byte
   * @throws {RangeError} where `target` is too short; what fits may have been written
   */
  writeTextEvent(
    target: Uint8Array,
    at: number,
    payload: Uint8Array,
    start: number,
    end: number,
  ): number {
    const head = this.textEventStart;
    for (let index = 0; index < head.length; index++) target[at++] = head[index]!;
    at = escape(target, at, payload, start, end);
    target[at++] = QUOTE;
    target[at++] = BRACKET;
    if (at > target.length) {
      throw new RangeError(
        `Cannot write a text event of ${end - start} bytes of text into ${target.length} bytes`,
      );
    }
    return at;
  }

  /** Room that all conversations share, of at least the given number of bytes; its content is lost at the next call. */
  scratch(length: number): Uint8Array<ArrayBuffer> {
    if (this.#scratch.length < length) {
      this.#scratch = new Uint8Array(Math.max(length, 2 * this.#scratch.length));
    }
    return this.#scratch;
  }
}
