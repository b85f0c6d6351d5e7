/** The far end in the conformance suite: libraries that are not wsmark's clients, behind one interface. */

import type { Buffer } from "node:buffer";
import { io } from "socket.io-client";
// @ts-types="npm:@types/ws@^8"
import { WebSocket } from "ws";
import { within } from "./process.ts";

/** What a server under test sends and receives. */
export type Message = string | Uint8Array;

/** A connection to a server under test; disposing closes it. */
export interface Peer extends AsyncDisposable {
  /** Sends a message. */
  send(message: Message): void;
  /** Takes the next messages, in the order in which they came. */
  take(count: number): Promise<Message[]>;
  /** Sends a message and takes the next that comes. */
  ask(message: Message): Promise<Message | undefined>;
  /** Resolves as it is closed, by whichever side: with the close code, or with Socket.IO's word for the reason. */
  readonly closed: Promise<number | string>;
  /** Closes; resolves with the close code, or with Socket.IO's word for the reason. */
  close(code?: number): Promise<number | string>;
}

/** How to connect. */
export interface PeerOptions {
  /** The certificate to trust, as PEM. */
  readonly ca?: string | undefined;
  /** Whether to offer compression, and to compress every message if the server agrees. */
  readonly deflate?: boolean;
}

type OpenPeer = (origin: string, path: string, options?: PeerOptions) => Promise<Peer>;

/** How to open a connection, by protocol; rejects with the library's error if it is refused. */
export const openPeer: Record<string, OpenPeer> = {
  websocket(origin, path, options) {
    const socket = new WebSocket(origin + path, transportOf(options));
    const { opened, received, failed, closed, peer } = createPeer({
      send: (message) => socket.send(message),
      close: (code) => socket.close(code),
    });
    socket.on("open", opened);
    socket.on(
      "message",
      (data, isBinary) => received(isBinary ? new Uint8Array(data as Buffer) : String(data)),
    );
    socket.on("error", failed);
    socket.on("close", closed);
    return peer;
  },
  "socket.io"(origin, path, options) {
    const socket = io(origin + path, {
      ...transportOf(options),
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
    });
    const { opened, received, failed, closed, peer } = createPeer({
      send: (message) => socket.send(message),
      close: () => socket.disconnect(),
    });
    socket.on("connect", opened);
    socket.on(
      "message",
      (data) => received(typeof data === "string" ? data : new Uint8Array(data)),
    );
    socket.on("connect_error", (error) => {
      socket.disconnect();
      failed(error);
    });
    socket.on("disconnect", closed);
    return peer;
  },
};

/** The options of ws, which carries socket.io-client, too. */
function transportOf({ ca, deflate = false }: PeerOptions = {}) {
  // engine.io-client has a word of its own for no compression, which its types do not know.
  const perMessageDeflate = (deflate ? { threshold: 0 } : false) as { threshold: number };
  return { perMessageDeflate, ...(ca !== undefined && { ca }) };
}

/** A peer over what a library offers, and the functions that the library's events are to call. */
function createPeer(wire: { send(message: Message): void; close(code: number): void }) {
  const { promise: peer, resolve, reject: failed } = Promise.withResolvers<Peer>();
  const { promise: end, resolve: closed } = Promise.withResolvers<number | string>();
  const inbox: Message[] = [];
  let wanted = 0;
  let filled = (): void => {};

  function received(message: Message): void {
    inbox.push(message);
    if (inbox.length >= wanted) filled();
  }

  async function take(count: number): Promise<Message[]> {
    wanted = count;
    if (inbox.length < count) {
      await within(
        `${count} messages`,
        new Promise<void>((done) => filled = done),
      );
    }
    return inbox.splice(0, count);
  }

  function opened(): void {
    resolve({
      send: wire.send,
      take,
      async ask(message) {
        wire.send(message);
        return (await take(1))[0];
      },
      closed: end,
      close,
      async [Symbol.asyncDispose]() {
        await close();
      },
    });
  }

  function close(code = 1000): Promise<number | string> {
    wire.close(code);
    return within("the close", end);
  }

  return { opened, received, failed, closed, peer: within("the connection", peer) };
}
