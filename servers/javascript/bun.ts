/** Bun.serve with its own WebSockets. On its own: `bun servers/javascript/bun.ts --port 8765` */

import { Audiences, document, maxMessageBytes, tag } from "../contract/behaviours.ts";
import { answersOf } from "../contract/page.ts";
import { startStream } from "../contract/stream.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, Asked, Behaviour, Deflate, RunningServer } from "../types.ts";

/** The part of Bun that is used here: its types are not installed. */
declare const Bun: {
  readonly version: string;
  serve(options: {
    hostname: string;
    port: number;
    tls?: { cert: string; key: string };
    fetch(request: Request, server: BunServer): Response | undefined;
    websocket: Record<string, unknown> & {
      open(socket: Socket): void;
      message(socket: Socket, message: string | Uint8Array): void;
      close(socket: Socket): void;
    };
  }): BunServer;
};

interface BunServer {
  readonly port: number;
  upgrade(request: Request, options: { data: Asked }): boolean;
  stop(closesConnections: boolean): Promise<void>;
}

interface Socket {
  readonly data: Asked;
  /** Returns how many bytes were sent, -1 if they are queued, 0 if they are dropped. */
  send(message: string | Uint8Array, compress: boolean): number;
}

// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start({ hostname, port, tls, deflate }: Address): Promise<RunningServer> {
  const audiences = new Audiences<Socket>();
  const streams = new Map<Socket, () => void>();
  const answer = answersOf("bun", hostname);

  const server = Bun.serve({
    hostname,
    port,
    ...(tls && { tls: { cert: tls, key: tls } }),
    fetch(request, server) {
      const asked = answer(request);
      if (asked instanceof Response) return asked;
      if (server.upgrade(request, { data: asked })) return undefined;
      return new Response("Not a WebSocket handshake\n", { status: 400 });
    },
    websocket: {
      perMessageDeflate: deflate ? { compress: KINDS[deflate], decompress: KINDS[deflate] } : false,
      maxPayloadLength: maxMessageBytes,
      idleTimeout: 0,
      sendPings: false,
      // Beyond its limit Bun silently drops messages; 0 means no limit.
      backpressureLimit: 0,
      closeOnBackpressureLimit: false,
      open(socket) {
        const { behaviour, path } = socket.data;
        if (behaviour === "/broadcast") audiences.join(path, socket);
        if (behaviour === "/push") {
          streams.set(socket, startStream(path, (message) => socket.send(message, COMPRESS)));
        }
      },
      close(socket) {
        audiences.leave(socket.data.path, socket);
        streams.get(socket)?.();
        streams.delete(socket);
      },
      message: (socket, message) => serve[socket.data.behaviour](socket, message, audiences),
    },
  });

  return { port: server.port, close: () => server.stop(true) };
}

/**
 * Compressors and decompressors: one for each connection, or one for all, which starts afresh with each message. Bun
 * 1.4.0 and older close a connection whose client takes over: https://github.com/oven-sh/bun/pull/33003.
 */
const KINDS: Readonly<Record<Deflate, string>> = {
  "takeover": "dedicated",
  "no-takeover": "shared",
};

/** Compresses if the handshake agreed to it; by default Bun would send plain messages. */
const COMPRESS = true;

const serve: Record<
  Behaviour,
  (socket: Socket, message: string | Uint8Array, audiences: Audiences<Socket>) => void
> = {
  "/echo": (socket, message) => void socket.send(message, COMPRESS),
  "/tag": (socket, message) =>
    void socket.send(tag(typeof message === "string" ? message : utf8.decode(message)), COMPRESS),
  "/json": (socket) => void socket.send(document, COMPRESS),
  "/broadcast": ({ data: { path } }, message, audiences) =>
    audiences.at(path).forEach((listener) => listener.send(message, COMPRESS)),
  "/push"() {},
};

const utf8 = new TextDecoder();

// Deno reads this file, too, to check it.
if (import.meta.main) {
  await standalone({
    id: "bun",
    library: `Bun.serve ${Bun.version}`,
    notes: [
      "No compression unless a case asks for it, then of every message that is not empty.",
      "Compression is at level 6, in a window of 32 KiB.",
      "No logging, no idle timeout.",
      "TCP_NODELAY is set by Bun.serve.",
      "Messages of up to 64 MiB.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
