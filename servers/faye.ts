/**
 * The package faye-websocket on node:http. Runs under Deno, Node and Bun.
 *
 * By itself: `deno run -A servers/faye.ts --port 8765`
 *
 * @module
 */

import type { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import FayeWebSocket from "faye-websocket";
import manifest from "faye-websocket/package.json" with { type: "json" };
import permessageDeflate from "permessage-deflate";
import deflateManifest from "permessage-deflate/package.json" with { type: "json" };
import { behaviourAt, document, maxMessageBytes, tag } from "./behaviours.ts";
import { page } from "./page.ts";
import { standalone } from "./standalone.ts";
import type { Address, Behaviour, Deflate, RunningServer } from "./types.ts";
import { FORBIDDEN, refusesOf } from "./visitors.ts";

/** What is used of the package, which has no types of its own. */
interface Socket {
  send(message: string | Buffer): boolean;
  on(event: "message", listener: (event: { data: string | Buffer }) => void): void;
  on(event: "close", listener: () => void): void;
}

/**
 * Starts the server.
 *
 * @param address where it listens
 */
export async function start({ hostname, port, tls, deflate }: Address): Promise<RunningServer> {
  const audience = new Set<Socket>();
  const streams = new Set<Duplex>();
  const refuses = refusesOf(hostname);
  const options = { maxLength: maxMessageBytes, extensions: extensionsOf(deflate) };
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
    // Until the package takes over, nobody else listens: a reset would end the process.
    stream.on("error", () => stream.destroy());
    if (refuses(request.headers.host, request.headers.origin)) return stream.end(FORBIDDEN);
    if (!behaviour) {
      return stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    if (!FayeWebSocket.isWebSocket(request)) {
      return stream.end(
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
      );
    }
    streams.add(stream);
    stream.on("close", () => streams.delete(stream));
    serve[behaviour](new FayeWebSocket(request, stream, head, [], options) as Socket, audience);
  });

  server.listen(port, hostname);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const stream of streams) stream.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** The extension of the same author, which compresses every message. */
function extensionsOf(deflate: Deflate | undefined): readonly unknown[] {
  if (deflate === undefined) return [];
  const forgets = deflate === "no-takeover";
  return [
    permessageDeflate.configure({ noContextTakeover: forgets, requestNoContextTakeover: forgets }),
  ];
}

const serve: Record<Behaviour, (socket: Socket, audience: Set<Socket>) => void> = {
  "/echo"(socket) {
    socket.on("message", ({ data }) => socket.send(data));
  },
  "/tag"(socket) {
    socket.on("message", ({ data }) => socket.send(tag(data.toString())));
  },
  "/json"(socket) {
    socket.on("message", () => socket.send(document));
  },
  "/broadcast"(socket, audience) {
    audience.add(socket);
    socket.on("close", () => audience.delete(socket));
    // It sends nothing over a connection that is closing.
    socket.on("message", ({ data }) => audience.forEach((listener) => listener.send(data)));
  },
};

const home = page("faye", "websocket");

function answerPlainRequest({ url = "" }: IncomingMessage, response: ServerResponse): void {
  if (url === "/") response.writeHead(200, home.headers).end(home.body);
  else if (behaviourAt(url)) {
    response.writeHead(426, { upgrade: "websocket", connection: "upgrade" }).end(
      "Open a WebSocket here\n",
    );
  } else response.writeHead(404).end("Not found\n");
}

if (import.meta.main) {
  await standalone({
    id: "faye",
    library: `faye-websocket ${manifest.version}`,
    notes: [
      "No compression unless a case asks for it, then of every message; no logging, no idle timeout.",
      `Compression is that of permessage-deflate ${deflateManifest.version}.`,
      "TCP_NODELAY is set by faye-websocket.",
      "Messages of up to 64 MiB; of compressed ones as they come, whatever they are inflated to.",
      "It reads nothing more from a client that does not read its replies.",
      "Broadcasts to such a client are queued in memory without limit.",
    ],
  }, start);
}
