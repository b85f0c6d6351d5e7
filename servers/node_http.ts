/** A server of node:http over whose upgrades a library makes WebSockets. Runs under Deno, Node and Bun. */

import type { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { behaviourAt } from "./behaviours.ts";
import { page } from "./page.ts";
import type { Address, Behaviour, RunningServer } from "./types.ts";
import { FORBIDDEN, refusesOf } from "./visitors.ts";

/** What a library does. */
export interface Upgrades {
  /** Takes over a connection that asks for a behaviour. */
  accept(behaviour: Behaviour, request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Drops all connections. */
  drop(): void;
}

/**
 * Starts a server.
 *
 * @param id the server's id in the list
 * @param address where it listens
 * @param upgrades what the library does
 */
export async function serveUpgrades(
  id: string,
  { hostname, port, tls }: Address,
  upgrades: Upgrades,
): Promise<RunningServer> {
  const refuses = refusesOf(hostname);
  const home = page(id, "websocket");
  const answer = ({ url = "", headers }: IncomingMessage, response: ServerResponse): void => {
    if (refuses(headers.host, headers.origin)) response.writeHead(403).end();
    else if (url === "/") response.writeHead(200, home.headers).end(home.body);
    else if (behaviourAt(url)) {
      response.writeHead(426, { upgrade: "websocket", connection: "upgrade" }).end(
        "Open a WebSocket here\n",
      );
    } else response.writeHead(404).end("Not found\n");
  };
  const server = tls === undefined
    ? createServer(answer)
    : createSecureServer({ cert: tls, key: tls }, answer);

  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const behaviour = behaviourAt(request.url ?? "");
    // Until the library takes over, nobody else listens: a reset would end the process.
    stream.on("error", () => stream.destroy());
    if (refuses(request.headers.host, request.headers.origin)) return stream.end(FORBIDDEN);
    if (!behaviour) {
      return stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    upgrades.accept(behaviour, request, stream, head);
  });

  server.listen(port, hostname);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      upgrades.drop();
      server.close();
      await once(server, "close");
    },
  };
}
