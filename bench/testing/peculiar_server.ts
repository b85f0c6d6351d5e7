/**
 * An echo for tests that does a rare but rightful thing, named by its first argument: `ping` (sends a ping before every
 * 10th reply, and holds that reply back until the right pong comes), `fragments` (replies in three frames), `text`
 * (replies to bytes with text of as many bytes), `close` (ends each connection with code 4001 and a reason after 50
 * messages), `not-utf8` (sends a text of its own after 50 messages that is none), `leave` (ends the TCP connection after 50 messages, without a word), `late-pongs` (answers a ping after
 * 40 ms), `last-pongs` (answers every 3rd ping of a connection alone), `no-pongs` (answers none).
 */

import type { Buffer } from "node:buffer";
import type { AddressInfo } from "node:net";
// @ts-types="npm:@types/ws@^8"
import { type WebSocket, WebSocketServer } from "ws";

const [manner] = Deno.args;
let messages = 0;

function reply(socket: WebSocket, data: Buffer, isBinary: boolean): void {
  switch (manner) {
    case "ping":
      return messages % 10 === 0 ? askFirst(socket, data, isBinary) : socket.send(data, {
        binary: isBinary,
      });
    case "fragments":
      socket.send(data.subarray(0, 5), { binary: isBinary, fin: false });
      socket.send(data.subarray(5, 5), { binary: isBinary, fin: false });
      return socket.send(data.subarray(5), { binary: isBinary, fin: true });
    case "text":
      return socket.send("x".repeat(data.length));
    case "close":
      if (messages === 50) return socket.close(4001, "enough, says größe");
      return socket.send(data, { binary: isBinary });
    case "not-utf8":
      if (messages === 50) return socket.send(Uint8Array.of(0x66, 0xff), { binary: false });
      return socket.send(data, { binary: isBinary });
    case "leave":
      if (messages === 50) return socket.terminate();
      return socket.send(data, { binary: isBinary });
    case "late-pongs":
    case "last-pongs":
    case "no-pongs":
      return socket.send(data, { binary: isBinary });
    default:
      throw new Error(`Unknown manner '${manner}'`);
  }
}

/** What a ping carries: of every length from none to the most that a ping can have (RFC 6455 §5.5). */
function askFirst(socket: WebSocket, data: Buffer, isBinary: boolean): void {
  const question = new Uint8Array(messages % 126).map((_, index) => messages + index);
  socket.once("pong", (answer: Buffer) => {
    if (answer.equals(question)) socket.send(data, { binary: isBinary });
    else socket.close(4002, "another pong");
  });
  socket.ping(question);
}

const LATE_MS = 40;

/** Answers the pings of a connection in its own manner. */
function answerPings(socket: WebSocket): void {
  let pings = 0;
  socket.on("ping", (data: Buffer) => {
    pings++;
    if (manner === "late-pongs") setTimeout(() => socket.pong(data), LATE_MS);
    else if (manner === "last-pongs" && pings % 3 === 0) socket.pong(data);
  });
}

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: 0,
  perMessageDeflate: false,
  autoPong: !manner?.endsWith("-pongs"),
}, () => {
  const line = JSON.stringify({
    ready: true,
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    pid: Deno.pid,
    server: "peculiar",
    runtime: "deno",
    library: "ws",
  });
  Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
});
server.on("connection", (socket) => {
  if (manner?.endsWith("-pongs")) answerPings(socket);
  socket.on("message", (data, isBinary) => {
    messages++;
    reply(socket, data as Buffer, isBinary);
  });
});
Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
