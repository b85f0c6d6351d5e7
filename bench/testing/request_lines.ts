/**
 * A worker that accepts every WebSocket handshake, and closes the connection at the first frame. It reports its URL, and
 * then the request line of each handshake. It has its own thread, because the loop of epoll lets nothing else run.
 */

import { acceptKey } from "../../clients/wire/handshake/handshake.ts";

declare const self: { postMessage(message: string): void };

async function answer(connection: Deno.Conn): Promise<void> {
  using _ = connection;
  const bytes = new Uint8Array(65_536);
  let head = "";
  while (!head.includes("\r\n\r\n")) {
    const count = await connection.read(bytes);
    if (count === null) return;
    head += new TextDecoder("latin1").decode(bytes.subarray(0, count));
  }
  self.postMessage(head.slice(0, head.indexOf("\r\n")));
  const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1] ?? "";
  const response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n" +
    `Connection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\n\r\n`;
  await connection.write(new TextEncoder().encode(response));
  await connection.read(bytes);
}

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
self.postMessage(`ws://127.0.0.1:${listener.addr.port}/`);
for await (const connection of listener) answer(connection).catch(() => {});
