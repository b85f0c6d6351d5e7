/**
 * The package faye-websocket on node:http. Runs under Deno, Node and Bun.
 * On its own: `deno run -A servers/javascript/faye.ts --port 8765`
 */

import type { Buffer } from "node:buffer";
import type { Duplex } from "node:stream";
import FayeWebSocket from "faye-websocket";
import manifest from "faye-websocket/package.json" with { type: "json" };
import permessageDeflate from "permessage-deflate";
import deflateManifest from "permessage-deflate/package.json" with { type: "json" };
import { Audiences, document, maxMessageBytes, tag } from "../contract/behaviours.ts";
import { serveUpgrades } from "../contract/node_http.ts";
import { startStream } from "../contract/stream.ts";
import { standalone } from "../contract/standalone.ts";
import type { Address, Asked, Behaviour, Deflate, RunningServer } from "../types.ts";

/** The part of the package that is used here: it comes without types. */
interface Socket {
  send(message: string | Buffer): boolean;
  on(event: "message", listener: (event: { data: string | Buffer }) => void): void;
  on(event: "close", listener: () => void): void;
}

export function start(address: Address): Promise<RunningServer> {
  const audiences = new Audiences<Socket>();
  const streams = new Set<Duplex>();
  const options = { maxLength: maxMessageBytes, extensions: extensionsOf(address.deflate) };
  return serveUpgrades("faye", address, {
    accept(asked, request, stream, head) {
      if (!FayeWebSocket.isWebSocket(request)) {
        return stream.end(
          "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        );
      }
      streams.add(stream);
      stream.on("close", () => streams.delete(stream));
      const socket = new FayeWebSocket(request, stream, head, [], options) as Socket;
      serve[asked.behaviour](socket, asked, audiences);
    },
    drop() {
      for (const stream of streams) stream.destroy();
    },
  });
}

/** The extension of the same author, which compresses every message. */
function extensionsOf(deflate: Deflate | undefined): readonly unknown[] {
  if (deflate === undefined) return [];
  const forgets = deflate === "no-takeover";
  return [
    permessageDeflate.configure({ noContextTakeover: forgets, requestNoContextTakeover: forgets }),
  ];
}

const serve: Record<
  Behaviour,
  (socket: Socket, asked: Asked, audiences: Audiences<Socket>) => void
> = {
  "/echo"(socket) {
    socket.on("message", ({ data }) => socket.send(data));
  },
  "/tag"(socket) {
    socket.on("message", ({ data }) => socket.send(tag(data.toString())));
  },
  "/json"(socket) {
    socket.on("message", () => socket.send(document));
  },
  "/broadcast"(socket, { path }, audiences) {
    audiences.join(path, socket);
    socket.on("close", () => audiences.leave(path, socket));
    // It sends nothing over a connection that is closing.
    socket.on("message", ({ data }) => {
      audiences.at(path).forEach((listener) => listener.send(data));
    });
  },
  "/push"(socket, { path }) {
    socket.on("close", startStream(path, (message) => socket.send(message)));
  },
};

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
