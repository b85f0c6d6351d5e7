/**
 * An echo for tests that says what nobody asked for: a greeting as soon as a connection is open, then a text every 2 ms.
 * A connection with more messages unanswered than its first argument says is closed.
 */

import type { AddressInfo } from "node:net";
// @ts-types="npm:@types/ws@^8"
import { WebSocketServer } from "ws";

const server = new WebSocketServer(
  { host: "127.0.0.1", port: 0, perMessageDeflate: false },
  () => {
    const { port } = server.address() as AddressInfo;
    const line = JSON.stringify({
      ready: true,
      url: `ws://127.0.0.1:${port}/`,
      pid: Deno.pid,
      server: "talkative",
      runtime: "deno",
      library: "ws",
    });
    Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
  },
);
const most = Number(Deno.args[0]);
/** Replies are held back so long that a load that grew would be seen. */
const HELD_MS = 3;

server.on("connection", (socket) => {
  socket.send('{"type":"welcome","server":"talkative"}');
  const tick = setInterval(() => socket.send(`{"type":"tick","at":${Date.now()}}`), 2);
  socket.on("close", () => clearInterval(tick));
  let unanswered = 0;
  socket.on("message", (data, isBinary) => {
    if (++unanswered > most) socket.close(4000, `${unanswered} messages at once`);
    setTimeout(() => {
      unanswered--;
      socket.send(data, { binary: isBinary });
    }, HELD_MS);
  });
});
Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
