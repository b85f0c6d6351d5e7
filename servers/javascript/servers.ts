/** The servers in JavaScript and TypeScript: a new one is a file and a line here. */

import { NO_EXTENSION, optional, programs, usual } from "../launch/entries.ts";
import { asOneProcess, PROCESSES } from "../launch/set_up.ts";
import type { ByContract, Lacks, ServerEntry } from "../types.ts";

const { deno, node, bun, bunBundled } = programs;

const WITHOUT_DEFLATE: Lacks = { deflate: "Deno.upgradeWebSocket knows no extension" };

const SMALL_WINDOW = "its compressor looks back 250 bytes, whatever window it is told to use";

/** What Deno only starts: what sets Deno up does nothing for it. */
function startedByDeno(file: string): ByContract {
  const { classes: _, ...launch } = asOneProcess(deno(file));
  return launch;
}

/** The usual ones, then by runtime. */
export const servers: readonly ServerEntry[] = [
  usual("native", "Deno.serve", "websocket", deno("native.ts"), WITHOUT_DEFLATE),
  usual("ws", "ws", "websocket", deno("ws.ts")),
  usual("socketio", "Socket.IO", "socket.io", deno("socketio.ts")),

  optional("hono", "hono", "websocket", deno("javascript/hono.ts"), WITHOUT_DEFLATE),
  optional("crossws", "crossws", "websocket", deno("javascript/crossws.ts"), WITHOUT_DEFLATE),
  optional("faye", "faye-websocket", "websocket", deno("javascript/faye.ts")),

  optional("workerd", "workerd", "websocket", startedByDeno("javascript/workerd.ts")),

  optional("ws-node", "ws on Node", "websocket", node("ws.ts")),
  optional(
    "uws",
    "uWebSockets.js",
    "websocket",
    asOneProcess(node("javascript/uws.ts", [], [18, 20])),
    { takeover: SMALL_WINDOW },
  ),
  optional("fastify", "Fastify", "websocket", node("javascript/fastify.ts")),
  optional("hono-node", "hono on Node", "websocket", node("javascript/hono.ts")),
  optional("crossws-node", "crossws on Node", "websocket", node("javascript/crossws.ts")),
  optional(
    "websocket-node",
    "WebSocket-Node",
    "websocket",
    node("javascript/websocket_node.ts", ["bufferutil", "utf-8-validate"]),
    NO_EXTENSION,
  ),
  optional("faye-node", "faye-websocket on Node", "websocket", node("javascript/faye.ts")),
  optional("socketio-node", "Socket.IO on Node", "socket.io", node("socketio.ts")),

  optional("bun", "Bun.serve", "websocket", { ...bun("javascript/bun.ts"), workers: PROCESSES }),
  optional("elysia", "Elysia", "websocket", bunBundled("javascript/elysia.ts")),
  optional("hono-bun", "hono on Bun", "websocket", bunBundled("javascript/hono.ts")),
  optional("crossws-bun", "crossws on Bun", "websocket", bunBundled("javascript/crossws.ts")),
  optional("ws-bun", "ws on Bun", "websocket", bun("ws.ts")),
  optional("faye-bun", "faye-websocket on Bun", "websocket", bunBundled("javascript/faye.ts")),
  optional("socketio-bun", "Socket.IO on Bun", "socket.io", bunBundled("socketio.ts")),
];
