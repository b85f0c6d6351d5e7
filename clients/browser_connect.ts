/** How connections are opened in a page, by the id of the protocol. */

import { connect as connectSocketIo } from "./socketio_connect.ts";
import type { Client } from "./types.ts";
import { connect as connectWebSocket } from "./websocket_connect.ts";

export const connectIn: Readonly<Record<string, Client["connect"]>> = {
  "websocket": connectWebSocket,
  "socket.io": connectSocketIo,
};
