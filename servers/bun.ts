/**
 * Bun.serve with its own WebSockets.
 *
 * By itself: `bun servers/bun.ts --port 8765`
 */

import { behaviourAt, document, maxMessageBytes, tag } from "./behaviours.ts";
import { page } from "./page.ts";
import { standalone } from "./standalone.ts";
import type { Address, Behaviour, Deflate, RunningServer } from "./types.ts";
import { forbidden, refusesOf } from "./visitors.ts";

/** What is used of Bun, whose types are not installed. */
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
  upgrade(request: Request, options: { data: Behaviour }): boolean;
  stop(closesConnections: boolean): Promise<void>;
}

interface Socket {
  readonly data: Behaviour;
  /** Returns how many bytes were sent, -1 where they are queued, 0 where they are dropped. */
  send(message: string | Uint8Array, compress: boolean): number;
}

/**
 * Starts the server.
 *
 * @param address where it listens
 */
// deno-lint-ignore require-await -- so that a port that is taken rejects, as with the other servers
export async function start(
  { hostname, port, tls, deflate }: Address,
): Promise<RunningServer> {
  const audience = new Set<Socket>();
  const refuses = refusesOf(hostname);

  const server = Bun.serve({
    hostname,
    port,
    ...(tls && { tls: { cert: tls, key: tls } }),
    fetch(request, server) {
      const { headers } = request;
      if (refuses(headers.get("host"), headers.get("origin"))) return forbidden();
      const { pathname } = new URL(request.url);
      const behaviour = behaviourAt(pathname);
      if (!behaviour) return new Response("Not found\n", { status: 404 });
      if (headers.get("upgrade")?.toLowerCase() !== "websocket") {
        return pathname === "/"
          ? new Response(home.body, { headers: home.headers })
          : upgradeRequired();
      }
      if (server.upgrade(request, { data: behaviour })) return undefined;
      return new Response("Not a WebSocket handshake\n", { status: 400 });
    },
    websocket: {
      perMessageDeflate: deflate ? { compress: KINDS[deflate], decompress: KINDS[deflate] } : false,
      maxPayloadLength: maxMessageBytes,
      idleTimeout: 0,
      sendPings: false,
      // Beyond its limit Bun drops messages without a word; 0 is none.
      backpressureLimit: 0,
      closeOnBackpressureLimit: false,
      open(socket) {
        if (socket.data === "/broadcast") audience.add(socket);
      },
      close: (socket) => audience.delete(socket),
      message: (socket, message) => serve[socket.data](socket, message, audience),
    },
  });

  return {
    port: server.port,
    close: () => server.stop(true),
  };
}

/**
 * Of compressors and decompressors: one for each connection, or one for all, which begins anew with each message. Bun
 * 1.4.0 and older close a connection whose client takes over: https://github.com/oven-sh/bun/pull/33003.
 */
const KINDS: Readonly<Record<Deflate, string>> = {
  "takeover": "dedicated",
  "no-takeover": "shared",
};

/** Compresses where the handshake agreed to it; unless told, Bun would send plain messages. */
const COMPRESS = true;

const home = page("bun", "websocket");

const serve: Record<
  Behaviour,
  (socket: Socket, message: string | Uint8Array, audience: Set<Socket>) => void
> = {
  "/echo": (socket, message) => void socket.send(message, COMPRESS),
  "/tag": (socket, message) =>
    void socket.send(tag(typeof message === "string" ? message : utf8.decode(message)), COMPRESS),
  "/json": (socket) => void socket.send(document, COMPRESS),
  "/broadcast": (_socket, message, audience) =>
    audience.forEach((listener) => listener.send(message, COMPRESS)),
};

const utf8 = new TextDecoder();

function upgradeRequired(): Response {
  return new Response("Open a WebSocket here\n", {
    status: 426,
    headers: { upgrade: "websocket", connection: "upgrade" },
  });
}

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
