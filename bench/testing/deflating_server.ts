/**
 * An echo for tests that compresses its replies, right or wrong, as its first argument says: `right`, `fragments`
 * (replies in three frames), `altered` (one byte of every 10th reply is another one, before it is compressed),
 * `uninvited` (a compressed message although the client offered nothing), `forgetful` (agrees to compress, but without
 * takeover), `bomb` (replies with 64 MiB that take little on the wire), `garbage` (marks as compressed what is not).
 */

import type { Buffer } from "node:buffer";
import type { AddressInfo, Socket } from "node:net";
// @ts-types="npm:@types/ws@^8"
import { type WebSocket, WebSocketServer } from "ws";

const [manner] = Deno.args;
let messages = 0;

const HELLO = Uint8Array.of(0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);
const GARBAGE = Uint8Array.of(0xc1, 0x02, 0xff, 0xff);

/** The stream below the library, which sends no such frames. */
function raw(socket: WebSocket): Socket {
  return (socket as unknown as { readonly _socket: Socket })._socket;
}

function reply(socket: WebSocket, data: Buffer, binary: boolean): void {
  switch (manner) {
    case "fragments":
      socket.send(data.subarray(0, 5), { binary, fin: false });
      socket.send(data.subarray(5, 5), { binary, fin: false });
      return socket.send(data.subarray(5), { binary, fin: true });
    case "altered":
      if (messages % 10 === 0) data[data.length - 3]! ^= 1;
      return socket.send(data, { binary });
    case "uninvited":
      return void raw(socket).write(HELLO);
    case "garbage":
      return void raw(socket).write(GARBAGE);
    case "bomb":
      return socket.send(new Uint8Array(64 * 2 ** 20));
    default:
      return socket.send(data, { binary });
  }
}

const perMessageDeflate = manner === "uninvited"
  ? false
  : { threshold: 0, ...(manner === "forgetful" && { serverNoContextTakeover: true }) };
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate }, () => {
  const line = JSON.stringify({
    ready: true,
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    pid: Deno.pid,
    server: "deflating",
    runtime: "deno",
    library: "ws",
  });
  Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
});

server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data: Buffer, isBinary) => {
    messages++;
    reply(socket, data, isBinary);
  });
});

Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
for await (const _ of Deno.stdin.readable);
Deno.exit(0);
