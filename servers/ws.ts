/** The package ws on node:http. Runs under Deno, Node and Bun. On its own: `deno run -A servers/ws.ts --port 8765` */

import process from "node:process";
// @ts-types="npm:@types/ws@^8"
import { WebSocket, WebSocketServer } from "ws";
import { Audiences, document, maxMessageBytes, tag } from "./contract/behaviours.ts";
import { serveUpgrades, wsCompressionOf } from "./contract/node_http.ts";
import { startStream } from "./contract/stream.ts";
import { standalone } from "./contract/standalone.ts";
import type { Address, Asked, Behaviour, RunningServer } from "./types.ts";

export function start(address: Address): Promise<RunningServer> {
  const audiences = new Audiences<WebSocket>();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: wsCompressionOf(address.deflate),
    maxPayload: maxMessageBytes,
  });
  return serveUpgrades("ws", address, {
    accept(asked, request, stream, head) {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        // ws closes the socket itself after an error; without a listener it would end the process.
        socket.on("error", () => {});
        serve[asked.behaviour](socket, asked, audiences);
      });
    },
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
  });
}

const serve: Record<
  Behaviour,
  (socket: WebSocket, asked: Asked, audiences: Audiences<WebSocket>) => void
> = {
  "/echo"(socket) {
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  },
  "/tag"(socket) {
    socket.on("message", (data) => socket.send(tag(data.toString())));
  },
  "/json"(socket) {
    socket.on("message", () => socket.send(document));
  },
  "/broadcast"(socket, { path }, audiences) {
    audiences.join(path, socket);
    socket.on("close", () => audiences.leave(path, socket));
    socket.on("message", (data, isBinary) => {
      for (const listener of audiences.at(path)) {
        if (listener.readyState === WebSocket.OPEN) listener.send(data, { binary: isBinary });
      }
    });
  },
  "/push"(socket, { path }) {
    socket.on("close", startStream(path, (message) => socket.send(message)));
  },
};

/** Bun replaces the package with its own implementation, whichever version is installed. */
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
