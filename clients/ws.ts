/** The package ws. On its own: `deno run -A clients/ws.ts ws://localhost:8765/echo` */

// @ts-types="npm:@types/ws@^8"
import { WebSocket } from "ws";
import manifest from "ws/package.json" with { type: "json" };
import { byName, nodeTls } from "./node_options.ts";
import { basicAuthorization, withoutUser } from "./wire/handshake/authorization.ts";
import { repl } from "./repl.ts";
import type { Client } from "./types.ts";

/** The client over the package ws, without compression. */
export const client: Client = {
  id: "ws",
  title: "ws",
  library: `ws ${manifest.version}`,
  notes: ["No compression.", "TCP_NODELAY is set by ws."],
  connect(url, handlers, _protocol, { headers = [], subprotocols = [], tls } = {}) {
    // ws would send user and password as they are in the URL, percent-encoded.
    const parsed = URL.parse(url);
    const authorization = parsed === null ? undefined : basicAuthorization(parsed);
    const address = authorization === undefined ? url : withoutUser(parsed!);
    const socket = new WebSocket(address, [...subprotocols], {
      perMessageDeflate: false,
      headers: {
        ...(authorization !== undefined && { Authorization: authorization }),
        ...byName(headers),
      },
      ...nodeTls(tls),
    });
    let problem = "";
    socket.on("open", () => handlers.opened());
    socket.on(
      "message",
      (data, isBinary) => handlers.received(isBinary ? data as Uint8Array : data.toString()),
    );
    socket.on("error", ({ message }) => problem = message);
    socket.on("close", (code, reason) => handlers.closed(code, reason.toString() || problem));
    return {
      send: (message) => socket.send(message),
      close: () => socket.close(1000),
    };
  },
};

if (import.meta.main) await repl(client);
