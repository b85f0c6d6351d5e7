/**
 * Socket.IO's client over WebSocket alone; the URL's path is the namespace.
 *
 * By itself: `deno run -A clients/socketio.ts ws://localhost:8765/echo`
 *
 * @module
 */

import { io } from "socket.io-client";
import manifest from "socket.io-client/package.json" with { type: "json" };
import { repl } from "./repl.ts";
import type { Client } from "./types.ts";

/**
 * The client over socket.io-client. Socket.IO tells reasons, not close codes: a disconnect that either side asked for is
 * given as 1000, everything else as 1006.
 */
export const client: Client = {
  id: "socketio",
  title: "Socket.IO",
  library: `socket.io-client ${manifest.version}`,
  notes: [
    "WebSocket transport only, no reconnection.",
    "TCP_NODELAY is set by ws, which carries it.",
  ],
  connect(url, handlers) {
    // io() would make a host of whatever it is given.
    if (!URL.canParse(url)) {
      throw new SyntaxError(`Cannot connect as the URL is invalid: received '${url}'`);
    }
    const socket = io(url, { transports: ["websocket"], forceNew: true, reconnection: false });
    let ended = false;

    function end(code: number, reason: string): void {
      if (ended) return;
      ended = true;
      socket.disconnect();
      // disconnect() tells of itself before it returns; the other clients tell of a close afterwards.
      queueMicrotask(() => handlers.closed(code, reason));
    }

    socket.on("connect", () => handlers.opened());
    socket.on("message", (message) => handlers.received(message));
    socket.on("connect_error", (error) => end(1006, causeOf(error)));
    socket.on(
      "disconnect",
      (reason) => end(reason === "io server disconnect" ? 1000 : 1006, reason),
    );
    return {
      send: (message) => socket.send(message),
      close: () => end(socket.connected ? 1000 : 1006, "io client disconnect"),
    };
  },
};

/** What stands behind the "websocket error" that the transport makes of everything. */
function causeOf(error: Error & { description?: unknown }): string {
  const { message } = (error.description ?? error) as { message?: string };
  return message || error.message;
}

if (import.meta.main) await repl(client);
