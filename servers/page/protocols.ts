/** The protocols that the page speaks. */

import { messagePacket, type Packet, readPacket } from "./socket_io.ts";

/** How the page speaks a protocol. `path` is the path of a URL, which the protocol may use as something else. */
interface PageProtocol {
  /** The path and query that the WebSocket is opened at. */
  socketPath(path: string): string;
  /** Whether messages may be sent as soon as the WebSocket is open. */
  readonly isOpenAtOnce: boolean;
  pack(path: string, text: string): string;
  unpack(path: string, text: string): Packet;
  /** A place in words; `origin` is `ws://host:port`. */
  placeOf(origin: string, path: string): string;
  /** What to check if there is no connection: a browser does not tell a page why. */
  readonly remedy: string;
}

export const protocols = {
  "websocket": {
    socketPath: (path) => path,
    isOpenAtOnce: true,
    pack: (_path, text) => text,
    unpack: (_path, text) => ({ kind: "message", text }),
    placeOf: (origin, path) => origin + path,
    remedy: "check that a server runs there and speaks plain WebSocket on this path",
  },
  "socket.io": {
    // One endpoint for all namespaces (Engine.IO, protocol 4).
    socketPath: () => "/socket.io/?EIO=4&transport=websocket",
    isOpenAtOnce: false,
    pack: messagePacket,
    unpack: readPacket,
    placeOf: (origin, path) => `${origin}, Socket.IO namespace ${path}`,
    remedy: "check that a server runs there and speaks Socket.IO",
  },
} satisfies Record<string, PageProtocol>;

export type Protocol = keyof typeof protocols;
