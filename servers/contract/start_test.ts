/** The servers within one process, as the micro-benchmarks use them. */

import { equal, notEqual, rejects } from "node:assert/strict";
import * as crossws from "../javascript/crossws.ts";
import * as faye from "../javascript/faye.ts";
import * as hono from "../javascript/hono.ts";
import * as native from "../native.ts";
import * as socketio from "../socketio.ts";
import { openPeer } from "../testing/peer.ts";
import { within } from "../testing/process.ts";
import * as ws from "../ws.ts";

const modules = { native, ws, socketio, hono, crossws, faye };

for (const [id, { start }] of Object.entries(modules)) {
  const protocol: string = id === "socketio" ? "socket.io" : "websocket";

  Deno.test(`${id}: start() serves on a free port until close() drops the connections`, async () => {
    const server = await start({ hostname: "127.0.0.1", port: 0 });
    notEqual(server.port, 0);
    const peer = await openPeer[protocol]!(`ws://127.0.0.1:${server.port}`, "/echo");
    equal(await peer.ask("hello"), "hello");
    await server.close();
    await within("the end of the connection", peer.closed);
    await rejects(Deno.connect({ hostname: "127.0.0.1", port: server.port }));
  });

  Deno.test(`${id}: start() rejects a port that is taken`, async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    await rejects(start({ hostname: "127.0.0.1", port: listener.addr.port }), {
      code: "EADDRINUSE",
    });
  });
}
