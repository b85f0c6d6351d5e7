/**
 * Socket.IO over WebSocket messages: Engine.IO protocol 4 (https://github.com/socketio/engine.io-protocol) and in it
 * Socket.IO protocol 5 (https://github.com/socketio/socket.io-protocol), for a load generator that has its own frames.
 *
 * One connection joins one namespace and exchanges one kind of event with one argument, a text or bytes. Here is what it
 * sends; what it receives is read by `conversation.ts`, which makes no object for a message, except for the view that a
 * bulk copy of a long run of plain bytes needs.
 */

import { GROUP } from "../common/groups.ts";
import type { OptionValue } from "../types.ts";

const encoder = new TextEncoder();

/** The event that is sent and received unless another one is chosen. */
export const EVENT_NAME = "message";
/** Where Socket.IO is unless another path is chosen. */
export const DEFAULT_PATH = "/socket.io/";

/**
 * Takes a URL apart whose path is a namespace. The handshake goes to one path for all namespaces, with the query of the
 * URL and one more; the namespace is as it is written, because it is sent in a packet, where nothing is escaped.
 */
export function socketIoTarget(
  url: string,
  path: string = DEFAULT_PATH,
  query: string = "",
): { handshake: URL; namespace: string } {
  const handshake = new URL(url);
  const own = [handshake.search.slice(1), query.replace(/^\?/, "")].filter((part) => part !== "");
  handshake.pathname = path;
  handshake.search = `?${[...own, "EIO=4&transport=websocket"].join("&")}`;
  handshake.hash = "";
  const [, namespace = ""] = /^\w+:\/\/[^/?#]*([^?#]*)/.exec(url) ?? [];
  return { handshake, namespace: namespace || "/" };
}

/** The packets of one namespace, as payloads of WebSocket messages; without any state of a connection. */
export class SocketIoPackets {
  readonly namespace: string;
  /** The event that is sent and received. */
  readonly event: string;
  readonly connectPacket: Uint8Array<ArrayBuffer>;
  readonly disconnectPacket: Uint8Array<ArrayBuffer>;
  readonly pong: Uint8Array<ArrayBuffer> = encoder.encode("3");
  /** Begins a binary event; a binary message with the bytes must follow directly. */
  readonly binaryEventHeader: Uint8Array<ArrayBuffer>;
  /** What precedes the escaped text in a text event. */
  readonly textEventStart: Uint8Array<ArrayBuffer>;
  /** What follows it. */
  readonly textEventEnd: Uint8Array<ArrayBuffer> = encoder.encode('"]');
  /** What precedes the number in an acknowledgement. */
  readonly ackStart: Uint8Array<ArrayBuffer>;
  #scratch = new Uint8Array(1024);

  /**
   * @param event the one that is sent and received
   * @param auth what is said of oneself when a namespace is joined; nothing if left out
   * @throws {SyntaxError} for a namespace without a slash at its start, or with a comma or a question mark
   */
  constructor(namespace: string, event: string = EVENT_NAME, auth?: OptionValue) {
    if (!/^\/[^,?]*$/.test(namespace)) {
      throw new SyntaxError(
        `Cannot name a namespace without '/' at its start or with ',' or '?': received '${namespace}'`,
      );
    }
    this.namespace = namespace;
    this.event = event;
    const prefix = namespace === "/" ? "" : `${namespace},`;
    const name = JSON.stringify(event);
    this.connectPacket = encoder.encode(
      `40${prefix}${auth === undefined ? "" : JSON.stringify(auth)}`,
    );
    this.disconnectPacket = encoder.encode(`41${prefix}`);
    this.textEventStart = encoder.encode(`42${prefix}[${name},"`);
    this.ackStart = encoder.encode(`43${prefix}`);
    this.binaryEventHeader = encoder.encode(`451-${prefix}[${name},{"_placeholder":true,"num":0}]`);
  }

  /**
   * A template of the event with a text, or of the one that announces bytes, which must follow directly.
   *
   * Of all placeholders only the one of a group, in the namespace, is one.
   *
   * @param isAsking whether it has a number, so that it is acknowledged
   */
  eventTemplate(isText: boolean, isAsking: boolean): string {
    const prefix = this.namespace === "/" ? "" : `${this.namespace},`;
    const name = JSON.stringify(this.event);
    const quoted = (text: string): string => text.replace(/\{([a-z]+)\}/g, "{{$1}}");
    const start = prefix.split(GROUP).map(quoted).join(GROUP);
    const event = quoted(name);
    const number = isAsking ? "{sequence}" : "";
    return isText
      ? `42${start}${number}[${event},"{payload}"]`
      : `451-${start}${number}[${event},{"_placeholder":true,"num":0}]`;
  }

  /** Room that all conversations share, of at least the given number of bytes; its content is lost at the next call. */
  scratch(length: number): Uint8Array<ArrayBuffer> {
    if (this.#scratch.length < length) {
      this.#scratch = new Uint8Array(Math.max(length, 2 * this.#scratch.length));
    }
    return this.#scratch;
  }
}
