/**
 * Socket.IO's client over WebSocket alone; the URL's path is the namespace.
 * On its own: `deno run -A clients/socketio.ts ws://localhost:8765/echo`
 */

import manifest from "socket.io-client/package.json" with { type: "json" };
import { repl } from "./repl.ts";
import { connect } from "./socketio_connect.ts";
import type { Client } from "./types.ts";

/** The client over socket.io-client. */
export const client: Client = {
  id: "socketio",
  title: "Socket.IO",
  library: `socket.io-client ${manifest.version}`,
  notes: [
    "WebSocket transport only, no reconnection.",
    "TCP_NODELAY is set by ws, which carries it.",
  ],
  connect,
};

if (import.meta.main) await repl(client);
