/**
 * The list of clients: a new one is a file and a line here.
 *
 * @module
 */

import type { ClientEntry } from "./types.ts";

export type { Client, ClientEntry, Connection, Handlers, Message } from "./types.ts";

/** The clients that wsmark can drive a server with; a client's library is loaded with it, not with this list. */
export const clients: readonly ClientEntry[] = [
  {
    id: "wire",
    title: "Wire",
    protocol: "websocket",
    alsoDrives: "socket.io",
    isPlain: true,
    load: async () => (await import("./wire.ts")).client,
  },
  {
    id: "websocket",
    title: "WebSocket API",
    protocol: "websocket",
    load: async () => (await import("./websocket.ts")).client,
  },
  {
    id: "ws",
    title: "ws",
    protocol: "websocket",
    load: async () => (await import("./ws.ts")).client,
  },
  {
    id: "socketio",
    title: "Socket.IO",
    protocol: "socket.io",
    load: async () => (await import("./socketio.ts")).client,
  },
];
