/**
 * Socket.IO over WebSocket messages: Engine.IO protocol 4 (https://github.com/socketio/engine.io-protocol) and in it
 * Socket.IO protocol 5 (https://github.com/socketio/socket.io-protocol), for a load generator that has its own frames.
 *
 * One connection joins one namespace and exchanges one kind of event with one argument, a text or bytes. Here is what it
 * sends; what it receives is read by `conversation.ts`, which makes no object for a message, except for the view that a
 * bulk copy of a long run of plain bytes needs.
 */

const encoder = new TextEncoder();

/** The one event that is sent and received. */
export const EVENT_NAME = "message";

/**
 * Takes a URL apart whose path is a namespace. The handshake goes to one path for all namespaces, with the query of the
 * URL; the namespace is as it is written, because it is sent in a packet, where nothing is escaped.
 */
export function socketIoTarget(url: string): { handshake: URL; namespace: string } {
  const handshake = new URL(url);
  const { search } = handshake;
  handshake.pathname = "/socket.io/";
  handshake.search = `${search}${search === "" ? "?" : "&"}EIO=4&transport=websocket`;
  handshake.hash = "";
  const [, namespace = ""] = /^\w+:\/\/[^/?#]*([^?#]*)/.exec(url) ?? [];
  return { handshake, namespace: namespace || "/" };
}

/** The packets of one namespace, as payloads of WebSocket messages; without any state of a connection. */
export class SocketIoPackets {
  readonly namespace: string;
  readonly connectPacket: Uint8Array<ArrayBuffer>;
  readonly disconnectPacket: Uint8Array<ArrayBuffer>;
  readonly pong: Uint8Array<ArrayBuffer> = encoder.encode("3");
  /** Begins a binary event; a binary message with the bytes must follow directly. */
  readonly binaryEventHeader: Uint8Array<ArrayBuffer>;
  /** What precedes the escaped text in a text event. */
  readonly textEventStart: Uint8Array<ArrayBuffer>;
  /** What follows it. */
  readonly textEventEnd: Uint8Array<ArrayBuffer> = encoder.encode('"]');
  #scratch = new Uint8Array(1024);

  /** @throws {SyntaxError} for a namespace without a slash at its start, or with a comma or a question mark */
  constructor(namespace: string) {
    if (!/^\/[^,?]*$/.test(namespace)) {
      throw new SyntaxError(
        `Cannot name a namespace without '/' at its start or with ',' or '?': received '${namespace}'`,
      );
    }
    this.namespace = namespace;
    const prefix = namespace === "/" ? "" : `${namespace},`;
    const name = JSON.stringify(EVENT_NAME);
    this.connectPacket = encoder.encode(`40${prefix}`);
    this.disconnectPacket = encoder.encode(`41${prefix}`);
    this.textEventStart = encoder.encode(`42${prefix}[${name},"`);
    this.binaryEventHeader = encoder.encode(`451-${prefix}[${name},{"_placeholder":true,"num":0}]`);
  }

  /** Room that all conversations share, of at least the given number of bytes; its content is lost at the next call. */
  scratch(length: number): Uint8Array<ArrayBuffer> {
    if (this.#scratch.length < length) {
      this.#scratch = new Uint8Array(Math.max(length, 2 * this.#scratch.length));
    }
    return this.#scratch;
  }
}
