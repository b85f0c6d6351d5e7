/**
 * Socket.IO on node:http; the behaviours are namespaces. Runs under Deno, Node and Bun.
 *
 * By itself: `deno run -A servers/socketio.ts --port 8765`
 */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { Server, type ServerOptions, type Socket } from "socket.io";
import manifest from "socket.io/package.json" with { type: "json" };
import { document, maxMessageBytes, tag } from "./behaviours.ts";
import { page } from "./page.ts";
import { standalone } from "./standalone.ts";
import type { Address, Deflate, RunningServer } from "./types.ts";
import { refusesOf } from "./visitors.ts";

/**
 * Starts the server.
 *
 * @param address where it listens
 */
export async function start({ hostname, port, tls, deflate }: Address): Promise<RunningServer> {
  const refuses = refusesOf(hostname);
  const isRefused = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
    refuses(headers.host, headers.origin);
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (isRefused(request)) response.writeHead(403).end();
    else answerPlainRequest(request, response);
  };
  const server = tls === undefined
    ? createServer(answer)
    : createSecureServer({ cert: tls, key: tls }, answer);
  const io = new Server(server, {
    allowRequest: (request, answer) => answer(null, !isRefused(request)),
    httpCompression: false,
    maxHttpBufferSize: maxMessageBytes,
    perMessageDeflate: compressionOf(deflate),
    pingInterval: 24 * 60 * 60 * 1000,
    serveClient: false,
  });

  io.on("connection", echo);
  io.of("/echo").on("connection", echo);
  io.of("/tag").on("connection", (socket) => {
    socket.on("message", (data) => socket.send(tag(String(data))));
  });
  io.of("/json").on("connection", (socket) => {
    socket.on("message", () => socket.send(document));
  });
  io.of("/broadcast").on("connection", (socket) => {
    socket.on("message", (data) => socket.nsp.send(data));
  });

  server.listen(port, hostname);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: () => io.close(),
  };
}

/** What Engine.IO hands to ws; without a threshold, as it leaves messages below 1 KiB as they are. */
function compressionOf(
  deflate: Deflate | undefined,
): NonNullable<ServerOptions["perMessageDeflate"]> {
  if (deflate === undefined) return false;
  if (deflate === "takeover") return { threshold: 0 };
  return { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true };
}

function echo(socket: Socket): void {
  socket.on("message", (data) => socket.send(data));
}

const home = page("socketio", "socket.io");

function answerPlainRequest({ url }: IncomingMessage, response: ServerResponse): void {
  if (url === "/") response.writeHead(200, home.headers).end(home.body);
  else response.writeHead(404).end("Not found\n");
}

if (import.meta.main) {
  await standalone({
    id: "socketio",
    library: `socket.io ${manifest.version}`,
    notes: [
      "No compression unless a case asks for it, then of every message; no logging.",
      `TCP_NODELAY is set by ${process.versions.bun ? "the ws of Bun" : "ws"}, which carries it.`,
      "The heartbeat is sent once a day, so that none falls into a trial.",
      "Clients may begin with long polling; wsmark's begin with WebSocket.",
      "Messages of up to 64 MiB.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
