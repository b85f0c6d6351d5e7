/**
 * The package ws on node:http. Runs under Deno, Node and Bun.
 *
 * By itself: `deno run -A servers/ws.ts --port 8765`
 *
 * @module
 */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import process from "node:process";
// @ts-types="npm:@types/ws@^8"
import { type PerMessageDeflateOptions, WebSocket, WebSocketServer } from "ws";
import { behaviourAt, document, maxMessageBytes, tag } from "./behaviours.ts";
import { page } from "./page.ts";
import { standalone } from "./standalone.ts";
import type { Address, Behaviour, Deflate, RunningServer } from "./types.ts";
import { FORBIDDEN, refusesOf } from "./visitors.ts";

/**
 * Starts the server.
 *
 * @param address where it listens
 */
export async function start({ hostname, port, tls, deflate }: Address): Promise<RunningServer> {
  const audience = new Set<WebSocket>();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: compressionOf(deflate),
    maxPayload: maxMessageBytes,
  });
  const refuses = refusesOf(hostname);
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { host, origin } = request.headers;
    if (refuses(host, origin)) response.writeHead(403).end();
    else answerPlainRequest(request, response);
  };
  const server = tls === undefined
    ? createServer(answer)
    : createSecureServer({ cert: tls, key: tls }, answer);

  server.on("upgrade", (request, stream, head) => {
    const behaviour = behaviourAt(request.url ?? "");
    // Until ws takes over, nobody else listens: a reset would end the process.
    stream.on("error", () => stream.destroy());
    if (refuses(request.headers.host, request.headers.origin)) return stream.end(FORBIDDEN);
    if (!behaviour) {
      return stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // ws closes the socket itself after an error; without a listener it would end the process.
      socket.on("error", () => {});
      serve[behaviour](socket, audience);
    });
  });

  server.listen(port, hostname);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

/** Without a threshold, as ws leaves short messages as they are where each stands by itself. */
function compressionOf(deflate: Deflate | undefined): PerMessageDeflateOptions | false {
  if (deflate === undefined) return false;
  if (deflate === "takeover") return { threshold: 0 };
  return { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true };
}

const serve: Record<Behaviour, (socket: WebSocket, audience: Set<WebSocket>) => void> = {
  "/echo"(socket) {
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  },
  "/tag"(socket) {
    socket.on("message", (data) => socket.send(tag(data.toString())));
  },
  "/json"(socket) {
    socket.on("message", () => socket.send(document));
  },
  "/broadcast"(socket, audience) {
    audience.add(socket);
    socket.on("close", () => audience.delete(socket));
    socket.on("message", (data, isBinary) => {
      for (const listener of audience) {
        if (listener.readyState === WebSocket.OPEN) listener.send(data, { binary: isBinary });
      }
    });
  },
};

const home = page("ws", "websocket");

function answerPlainRequest({ url = "" }: IncomingMessage, response: ServerResponse): void {
  if (url === "/") response.writeHead(200, home.headers).end(home.body);
  else if (behaviourAt(url)) {
    response.writeHead(426, { upgrade: "websocket", connection: "upgrade" }).end(
      "Open a WebSocket here\n",
    );
  } else response.writeHead(404).end("Not found\n");
}

/** Bun puts an implementation of its own in the place of the package, whichever version is installed. */
async function library(): Promise<string> {
  const { bun } = process.versions;
  if (bun) return `ws of Bun ${bun}`;
  const { default: manifest } = await import("ws/package.json", { with: { type: "json" } });
  return `ws ${manifest.version}`;
}

if (import.meta.main) {
  await standalone({
    id: "ws",
    library: await library(),
    notes: [
      "No compression unless a case asks for it, then of every message; no logging, no idle timeout.",
      "TCP_NODELAY is set by ws.",
      "Messages of up to 64 MiB.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
