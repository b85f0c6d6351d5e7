/** A server of node:http on which a library makes WebSockets of the upgrades. Runs under Deno, Node and Bun. */

import type { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { askedAt } from "./behaviours.ts";
import { page } from "./page.ts";
import type { Address, Asked, Deflate, RunningServer } from "../types.ts";
import { FORBIDDEN, refusesOf } from "./visitors.ts";

/** What a library does. */
interface Upgrades {
  /** Takes over a connection. */
  accept(asked: Asked, request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Drops all connections. */
  drop(): void;
}

/** A server of HTTP, or of HTTPS if there is a certificate, that does not listen yet. */
export function createHttp(
  tls: string | undefined,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  return tls === undefined
    ? createServer(answer)
    : createSecureServer({ cert: tls, key: tls }, answer);
}

/** Resolves to the port as soon as the server listens. */
export async function listen(
  server: Server,
  { hostname, port, sharesPort = false }: Address,
): Promise<number> {
  // A Node that does not know the option shares the port by its cluster.
  server.listen({ port, host: hostname, reusePort: sharesPort });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

interface WsCompression {
  readonly threshold: 0;
  readonly serverNoContextTakeover?: true;
  readonly clientNoContextTakeover?: true;
}

/** What ws is passed; with a threshold, because ws and Engine.IO by themselves do not compress short messages. */
export function wsCompressionOf(deflate: Deflate | undefined): WsCompression | false {
  if (deflate === undefined) return false;
  if (deflate === "takeover") return { threshold: 0 };
  return { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true };
}

/** Starts the server with an id in the list. */
export async function serveUpgrades(
  id: string,
  address: Address,
  upgrades: Upgrades,
): Promise<RunningServer> {
  const refuses = refusesOf(address.hostname);
  const home = page(id, "websocket");
  const server = createHttp(address.tls, ({ url = "", headers }, response) => {
    if (refuses(headers.host, headers.origin)) response.writeHead(403).end();
    else if (url === "/") response.writeHead(200, home.headers).end(home.body);
    else if (askedAt(url)) {
      response.writeHead(426, { upgrade: "websocket", connection: "upgrade" }).end(
        "Open a WebSocket here\n",
      );
    } else response.writeHead(404).end("Not found\n");
  });

  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const asked = askedAt(request.url ?? "");
    // Until the library takes over, nobody else listens: a reset would end the process.
    stream.on("error", () => stream.destroy());
    if (refuses(request.headers.host, request.headers.origin)) return stream.end(FORBIDDEN);
    if (!asked) {
      return stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    upgrades.accept(asked, request, stream, head);
  });

  return {
    port: await listen(server, address),
    async close() {
      upgrades.drop();
      server.close();
      await once(server, "close");
    },
  };
}
