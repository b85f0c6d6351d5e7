/** The servers in JavaScript and TypeScript: a new one is a file and a line here. */

import { optional, programs, usual } from "../launch/entries.ts";
import type { Lacks, ServerEntry } from "../types.ts";

const { deno, node, bun, bunBundled } = programs;

const WITHOUT_DEFLATE: Lacks = { deflate: "Deno.upgradeWebSocket knows no extension" };

/** The usual ones, then by runtime. */
export const servers: readonly ServerEntry[] = [
  usual("native", "Deno.serve", "websocket", deno("native.ts"), WITHOUT_DEFLATE),
  usual("ws", "ws", "websocket", deno("ws.ts")),
  usual("socketio", "Socket.IO", "socket.io", deno("socketio.ts")),

  optional("hono", "hono", "websocket", deno("javascript/hono.ts"), WITHOUT_DEFLATE),
  optional("faye", "faye-websocket", "websocket", deno("javascript/faye.ts")),

  optional("ws-node", "ws on Node", "websocket", node("ws.ts")),
  optional("faye-node", "faye-websocket on Node", "websocket", node("javascript/faye.ts")),
  optional("socketio-node", "Socket.IO on Node", "socket.io", node("socketio.ts")),

  optional("bun", "Bun.serve", "websocket", bun("javascript/bun.ts")),
  optional("ws-bun", "ws on Bun", "websocket", bun("ws.ts")),
  optional("faye-bun", "faye-websocket on Bun", "websocket", bunBundled("javascript/faye.ts")),
  optional("socketio-bun", "Socket.IO on Bun", "socket.io", bunBundled("socketio.ts")),
];
