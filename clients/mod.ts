/** The list of clients: a new one is a file and a line here. */

import { protocols } from "../protocols/mod.ts";
import { findChromium } from "./chromium.ts";
import type { BrowserEntry, ClientEntry, LibraryEntry } from "./types.ts";

/** The clients that run in the process of their user; a client's library is loaded with the client, not with the list. */
export const libraries: readonly LibraryEntry[] = [
  {
    id: "wire",
    title: "Wire",
    protocols: protocols.map(({ id }) => id),
    load: async () => (await import("./wire.ts")).client,
  },
  {
    id: "websocket",
    title: "WebSocket API",
    protocols: ["websocket"],
    load: async () => (await import("./websocket.ts")).client,
  },
  {
    id: "ws",
    title: "ws",
    protocols: ["websocket"],
    load: async () => (await import("./ws.ts")).client,
  },
  {
    id: "socketio",
    title: "Socket.IO",
    protocols: ["socket.io"],
    load: async () => (await import("./socketio.ts")).client,
  },
];

const UNPACED = "the timers of a page, 1 to 4 ms apart, keep no schedule";
const SLOW_TO_OPEN =
  "Chromium opens its connections to a server one after another, with a pause of 10 ms: that is what would be measured";

const browser: BrowserEntry = {
  id: "browser",
  title: "Browser",
  protocols: ["websocket", "socket.io"],
  inBrowser: true,
  refuses: {
    rate: UNPACED,
    capacity: UNPACED,
    connect: SLOW_TO_OPEN,
    churn: SLOW_TO_OPEN,
    fanout: UNPACED,
    idle: SLOW_TO_OPEN,
    crowd: SLOW_TO_OPEN,
  },
  mostConnections: 255,
  missing() {
    const found = findChromium();
    return "missing" in found ? found.missing : undefined;
  },
  load: async () => (await import("./browser.ts")).describe(),
};

/** The clients that wsmark can drive a server with. */
export const clients: readonly ClientEntry[] = [...libraries, browser];
