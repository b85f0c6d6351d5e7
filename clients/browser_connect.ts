/** How connections are opened in a page, by the id of the protocol that is spoken. */

import { connect as connectSocketIo } from "./socketio_connect.ts";
import type { Client } from "./types.ts";
import { connect as connectWebSocket } from "./websocket_connect.ts";

/** See {@linkcode Client.connect}. */
export const connectIn: Readonly<Record<string, Client["connect"]>> = {
  "websocket": connectWebSocket,
  "socket.io": connectSocketIo,
};
