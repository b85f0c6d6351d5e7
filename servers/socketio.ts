/**
 * Socket.IO on node:http; the behaviours are namespaces. Runs under Deno, Node and Bun.
 * On its own: `deno run -A servers/socketio.ts --port 8765`
 */

import type { IncomingMessage } from "node:http";
import process from "node:process";
import { Server, type Socket } from "socket.io";
import manifest from "socket.io/package.json" with { type: "json" };
import { document, maxMessageBytes, ROOM, tag } from "./contract/behaviours.ts";
import { createHttp, listen, wsCompressionOf } from "./contract/node_http.ts";
import { page } from "./contract/page.ts";
import { PUSH, startStream } from "./contract/stream.ts";
import { standalone } from "./contract/standalone.ts";
import type { Address, RunningServer } from "./types.ts";
import { refusesOf } from "./contract/visitors.ts";

export async function start(address: Address): Promise<RunningServer> {
  const refuses = refusesOf(address.hostname);
  const isRefused = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
    refuses(headers.host, headers.origin);
  const home = page("socketio", "socket.io");
  const server = createHttp(address.tls, (request, response) => {
    if (isRefused(request)) response.writeHead(403).end();
    else if (request.url === "/") response.writeHead(200, home.headers).end(home.body);
    else response.writeHead(404).end("Not found\n");
  });
  const io = new Server(server, {
    allowRequest: (request, answer) => answer(null, !isRefused(request)),
    httpCompression: false,
    maxHttpBufferSize: maxMessageBytes,
    perMessageDeflate: wsCompressionOf(address.deflate),
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
  io.of("/broadcast").on("connection", broadcast);
  io.of(ROOM).on("connection", broadcast);
  io.of(PUSH).on("connection", (socket) => {
    socket.on("disconnect", startStream(socket.nsp.name, (message) => socket.send(message)));
  });

  return { port: await listen(server, address), close: () => io.close() };
}

function echo(socket: Socket): void {
  socket.on("message", (data) => socket.send(data));
}

function broadcast(socket: Socket): void {
  socket.on("message", (data) => socket.nsp.send(data));
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
