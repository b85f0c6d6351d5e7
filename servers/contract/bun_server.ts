/** Bun.serve as the servers on Bun use it, whatever framework carries their WebSockets. */

import { maxMessageBytes } from "./behaviours.ts";
import type { Address, Deflate, RunningServer } from "../types.ts";

/** The part of Bun that is used here: its types are not installed. */
declare const Bun: {
  readonly version: string;
  serve(
    options: BunHandlers & {
      hostname: string;
      port: number;
      reusePort: boolean;
      tls?: { cert: string; key: string };
    },
  ): BunServer;
};

/** A server of Bun. */
export interface BunServer {
  readonly port: number;
  upgrade(request: Request, options: { data: unknown }): boolean;
  stop(closesConnections: boolean): Promise<void>;
}

/** What answers its requests, and what happens on its WebSockets. */
interface BunHandlers {
  fetch(
    request: Request,
    server: BunServer,
  ): Response | undefined | Promise<Response | undefined>;
  readonly websocket: object;
}

/** Starts a server; its WebSockets are set up by {@linkcode bunWebSockets}. */
export function serveBun(
  { hostname, port, tls, deflate, sharesPort = false }: Address,
  { fetch, websocket }: BunHandlers,
): RunningServer {
  const server = Bun.serve({
    hostname,
    port,
    reusePort: sharesPort,
    ...(tls && { tls: { cert: tls, key: tls } }),
    fetch,
    websocket: { ...websocket, ...bunWebSockets(deflate) },
  });
  return { port: server.port, close: () => server.stop(true) };
}

/** The version of Bun that runs this. */
export function bunVersion(): string {
  return Bun.version;
}

/** Options that Bun.serve takes for its WebSockets. */
interface BunWebSockets {
  readonly perMessageDeflate: false | {
    readonly compress: "dedicated" | "shared";
    readonly decompress: "dedicated" | "shared";
  };
  readonly maxPayloadLength: number;
  readonly idleTimeout: number;
  readonly sendPings: boolean;
  readonly backpressureLimit: number;
  readonly closeOnBackpressureLimit: boolean;
}

/** The options for what an address asks for. */
export function bunWebSockets(deflate: Deflate | undefined): BunWebSockets {
  const kind = deflate && KINDS[deflate];
  return {
    perMessageDeflate: kind === undefined ? false : { compress: kind, decompress: kind },
    maxPayloadLength: maxMessageBytes,
    idleTimeout: 0,
    sendPings: false,
    // Beyond its limit Bun silently drops messages; 0 means no limit.
    backpressureLimit: 0,
    closeOnBackpressureLimit: false,
  };
}

/**
 * Compressors and decompressors: one for each connection, or one for all, which starts afresh with each message. Bun
 * 1.4.0 and older close a connection whose client takes over: https://github.com/oven-sh/bun/pull/33003.
 */
const KINDS = {
  "takeover": "dedicated",
  "no-takeover": "shared",
} as const satisfies Readonly<Record<Deflate, string>>;

/** Compresses if the handshake agreed to it; by default Bun would send plain messages. */
export const COMPRESS = true;

/** What these options come to. */
export const bunNotes: readonly string[] = [
  "No compression unless a case asks for it, then of every message that is not empty.",
  "Compression is at level 6, in a window of 32 KiB.",
  "No logging, no idle timeout.",
  "TCP_NODELAY is set by Bun.serve.",
  "Messages of up to 64 MiB.",
  "Replies that the client does not read are queued in memory without limit.",
];
