/** The list of servers: a new one is a file and a line here. */

import { findPrograms } from "./launch/programs.ts";
import type { ByContract, Lacks, ServerEntry } from "./types.ts";

const WITHOUT_DEFLATE: Lacks = { deflate: "Deno.upgradeWebSocket knows no extension" };

const NO_EXTENSION: Lacks = { deflate: "it knows no extension" };

const NO_CONTEXT: Lacks = { takeover: "it compresses each message by itself" };

const { deno, node, bun, bunBundled, python, built } = findPrograms();

/** The servers that wsmark can start, in the order of the tables: the usual ones, then by runtime. */
export const servers: readonly ServerEntry[] = [
  usual("native", "Deno.serve", "websocket", deno("native.ts"), WITHOUT_DEFLATE),
  usual("ws", "ws", "websocket", deno("ws.ts")),
  usual("socketio", "Socket.IO", "socket.io", deno("socketio.ts")),

  optional("hono", "hono", "websocket", deno("hono.ts"), WITHOUT_DEFLATE),
  optional("faye", "faye-websocket", "websocket", deno("faye.ts")),

  optional("ws-node", "ws on Node", "websocket", node("ws.ts")),
  optional("faye-node", "faye-websocket on Node", "websocket", node("faye.ts")),
  optional("socketio-node", "Socket.IO on Node", "socket.io", node("socketio.ts")),

  optional("bun", "Bun.serve", "websocket", bun("bun.ts")),
  optional("ws-bun", "ws on Bun", "websocket", bun("ws.ts")),
  optional("faye-bun", "faye-websocket on Bun", "websocket", bunBundled("faye.ts")),
  optional("socketio-bun", "Socket.IO on Bun", "socket.io", bunBundled("socketio.ts")),

  optional("tornado", "Tornado", "websocket", python("tornado", ["tornado"]), {
    "no-takeover": "it reads no parameter of an offer that has no value",
  }),
  optional("websockets", "websockets (Python)", "websocket", python("websockets", ["websockets"])),
  optional(
    "fastapi",
    "FastAPI",
    "websocket",
    python("fastapi", ["fastapi", "uvicorn", "websockets"]),
  ),
  optional("aiohttp", "aiohttp", "websocket", python("aiohttp", ["aiohttp"])),
  optional(
    "flask-socketio",
    "Flask-SocketIO",
    "socket.io",
    python("flask_socketio", ["flask_socketio", "eventlet"]),
  ),

  optional("gorilla", "gorilla/websocket", "websocket", built("go", "gorilla"), NO_CONTEXT),
  optional("coder", "coder/websocket", "websocket", built("go", "coder")),
  optional("gws", "gws", "websocket", built("go", "gws")),
  optional("gobwas", "gobwas/ws", "websocket", built("go", "gobwas"), NO_CONTEXT),
  optional("nbio", "nbio", "websocket", built("go", "nbio"), NO_CONTEXT),
  optional("fasthttp", "fasthttp", "websocket", built("go", "fasthttp"), NO_CONTEXT),
  optional("xnet", "x/net/websocket", "websocket", built("go", "xnet"), NO_EXTENSION),

  optional(
    "tokio-tungstenite",
    "tokio-tungstenite",
    "websocket",
    built("rust", "tokio-tungstenite"),
    NO_EXTENSION,
  ),
  optional("axum", "axum", "websocket", built("rust", "axum"), NO_EXTENSION),
  optional(
    "fastwebsockets",
    "fastwebsockets",
    "websocket",
    built("rust", "fastwebsockets"),
    NO_EXTENSION,
  ),

  optional("netty", "Netty", "websocket", built("java", "NettyServer")),
];

const SIMPLE = "it is as simple as can be";

/** Not a contender: it shows how much the generator can drive on this machine at most. Linux only. */
export const reference: ServerEntry = {
  ...{ id: "reference", title: "Reference", protocol: "websocket" },
  launch: deno("reference.ts"),
  lacks: { tls: SIMPLE, deflate: SIMPLE },
};

function usual(
  id: string,
  title: string,
  protocol: string,
  launch: ByContract,
  lacks?: Lacks,
): ServerEntry {
  return { id, title, protocol, launch, ...(lacks && { lacks }) };
}

function optional(...parts: Parameters<typeof usual>): ServerEntry {
  // deno-lint-ignore wsmark/no-spread-arguments -- a parameter each
  return { ...usual(...parts), isOptional: true };
}
