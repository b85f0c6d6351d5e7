/** The package websocket (WebSocket-Node) on node:http. */

import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";
// @ts-types="npm:@types/websocket@^1"
import { type request, server as WebSocketServer } from "websocket";
import manifest from "websocket/package.json" with { type: "json" };
import { askedAt, maxMessageBytes } from "../contract/behaviours.ts";
import { serveUpgrades } from "../contract/node_http.ts";
import { Sessions } from "../contract/sessions.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, RunningServer } from "../types.ts";

export function start(address: Address): Promise<RunningServer> {
  const sessions = new Sessions<Buffer>();
  const server = new WebSocketServer({
    // It is handed the upgrades itself.
    httpServer: [],
    keepalive: false,
    maxReceivedFrameSize: maxMessageBytes,
    maxReceivedMessageSize: maxMessageBytes,
  });
  server.on("request", (request) => serve(request, sessions));
  return serveUpgrades("websocket-node", address, {
    accept: (_asked, request, stream) => server.handleUpgrade(request, stream as Socket),
    drop: () => server.connections.forEach(({ socket }) => socket.destroy()),
  });
}

function serve(request: request, sessions: Sessions<Buffer>): void {
  const socket = request.accept(undefined, request.origin);
  const session = sessions.begin(askedAt(request.resource)!, (message) => socket.send(message));
  socket.on(
    "message",
    (message) => session.received(message.type === "utf8" ? message.utf8Data : message.binaryData),
  );
  socket.on("close", session.closed);
}

if (import.meta.main) {
  await standalone({
    id: "websocket-node",
    library: `websocket ${manifest.version}`,
    lacks: { deflate: "it knows no extension" },
    notes: [
      "No logging; its keep-alive is off, as no other server here sends pings.",
      "Its native helpers, bufferutil and utf-8-validate, are used.",
      "TCP_NODELAY is set by websocket.",
      "It sends messages above 16 KiB in fragments, its default, and reads those of up to 64 MiB.",
      "It answers every close with code 1000.",
      "Replies that the client does not read are queued in memory without limit.",
    ],
  }, start);
}
