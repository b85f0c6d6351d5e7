/** The platform's WebSocket, as in a browser. On its own: `deno run -A clients/websocket.ts ws://localhost:8765/echo` */

import { repl } from "./repl.ts";
import type { Client } from "./types.ts";
import { connect } from "./websocket_connect.ts";

/** The client over the platform's WebSocket. */
export const client: Client = {
  id: "websocket",
  title: "WebSocket API",
  library: `Deno WebSocket ${Deno.version.deno}`,
  notes: [
    "TCP_NODELAY is off: Deno offers no way to set it (denoland/deno#35581), so a message may wait for the acknowledgement of the one before.",
    "Over TLS it resumes sessions: the handshakes after the first are shorter.",
  ],
  connect,
};

if (import.meta.main) await repl(client);
