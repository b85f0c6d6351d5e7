/**
 * The platform's WebSocket, as in a browser.
 *
 * By itself: `deno run -A clients/websocket.ts ws://localhost:8765/echo`
 *
 * @module
 */

import { repl } from "./repl.ts";
import type { Client } from "./types.ts";

/** The client over the platform's WebSocket. */
export const client: Client = {
  id: "websocket",
  title: "WebSocket API",
  library: `Deno WebSocket ${Deno.version.deno}`,
  notes: [
    "TCP_NODELAY is off: Deno offers no way to set it (denoland/deno#35581), so a message may wait for the acknowledgement of the one before.",
  ],
  connect(url, handlers) {
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    let problem = "";
    socket.onopen = () => handlers.opened();
    socket.onmessage = ({ data }) =>
      handlers.received(typeof data === "string" ? data : new Uint8Array(data));
    socket.onerror = (event) => problem = (event as ErrorEvent).message;
    // Deno gives code 0 where the WebSocket API says 1006.
    socket.onclose = ({ code, reason }) => handlers.closed(code || 1006, reason || problem);
    return {
      send: (message) => socket.send(message as string | Uint8Array<ArrayBuffer>),
      close: () => socket.close(1000),
    };
  },
};

if (import.meta.main) await repl(client);
