/**
 * An echo for tests that does something about a client that does not read, once 1 MiB is queued for it, named by its
 * first argument: `stop` (reads no more from it until it reads), `terminate` (ends the TCP connection), `resign`
 * (closes it with a code and a reason, behind what is queued), `skip` (drops replies), `queue` (nothing).
 */

import type { AddressInfo } from "node:net";
// @ts-types="npm:@types/ws@^8"
import { type RawData, type WebSocket, WebSocketServer } from "ws";

const [manner] = Deno.args;
const MOST = 2 ** 20;

function reply(socket: WebSocket, data: RawData, isBinary: boolean): void {
  const send = (): void =>
    socket.send(data, { binary: isBinary }, () => {
      if (manner === "stop" && socket.bufferedAmount < MOST) socket.resume();
    });
  if (socket.bufferedAmount < MOST) return send();
  switch (manner) {
    case "queue":
      return send();
    case "stop":
      socket.pause();
      return send();
    case "terminate":
      return socket.terminate();
    case "resign":
      return socket.close(1013, "read faster");
    case "skip":
      return;
    default:
      throw new Error(`Unknown manner '${manner}'`);
  }
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false }, () => {
  const line = JSON.stringify({
    ready: true,
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    pid: Deno.pid,
    server: "overflowing",
    runtime: "deno",
    library: "ws",
  });
  Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
});
server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => reply(socket, data, isBinary));
});
Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
