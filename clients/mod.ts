/** The list of clients: a new one is a file and a line here. */

import { isProtocolFile, protocols } from "../protocols/mod.ts";
import { findChromium } from "./chromium.ts";
import type { BrowserEntry, Client, ClientEntry, LibraryEntry } from "./types.ts";

/** Loads a client. A literal would be loaded, with all libraries, by each generator: Deno looks into functions, too. */
async function load(file: string): Promise<Client> {
  const { client }: { client: Client } = await import(file);
  return client;
}

/**
 * Whether a client speaks a protocol: one that it names, or for wsmark's own frames one of a user's file.
 *
 * @param protocol id of the protocol
 */
export function speaks({ id, protocols }: ClientEntry, protocol: string): boolean {
  return protocols.includes(protocol) || id === "wire" && isProtocolFile(protocol);
}

/** The clients that run in the process of their user; a client's library is loaded with the client, not with the list. */
export const libraries: readonly LibraryEntry[] = [
  {
    id: "wire",
    title: "Wire",
    protocols: protocols.map(({ id }) => id),
    load: () => load("./wire.ts"),
  },
  {
    id: "websocket",
    title: "WebSocket API",
    protocols: ["websocket"],
    cannot: {
      host: "Deno's WebSocket sends the host of the URL",
      "a CA's own certificate": "Deno's WebSocket takes it of issuers only",
      insecure: "Deno's WebSocket always checks certificates",
      "server name": "Deno's WebSocket asks for the host of the URL",
    },
    load: () => load("./websocket.ts"),
  },
  {
    id: "ws",
    title: "ws",
    protocols: ["websocket"],
    load: () => load("./ws.ts"),
  },
  {
    id: "socketio",
    title: "Socket.IO",
    protocols: ["socket.io"],
    load: () => load("./socketio.ts"),
  },
];

const UNPACED = "the timers of a page, 1 to 4 ms apart, keep no schedule";
const SLOW_TO_OPEN =
  "Chromium opens its connections to a server one after another, with a pause of 10 ms: that is what would be measured";

const IN_PAGE = "a page cannot set it";

const browser: BrowserEntry = {
  id: "browser",
  title: "Browser",
  protocols: ["websocket", "socket.io"],
  inBrowser: true,
  cannot: {
    headers: "a page cannot send headers",
    host: "a page cannot send headers",
    ca: IN_PAGE,
    "client certificate": IN_PAGE,
    insecure: IN_PAGE,
    "server name": IN_PAGE,
  },
  refuses: {
    rate: UNPACED,
    capacity: UNPACED,
    curve: UNPACED,
    connect: SLOW_TO_OPEN,
    churn: SLOW_TO_OPEN,
    stages: SLOW_TO_OPEN,
    fanout: UNPACED,
    rooms: UNPACED,
    idle: SLOW_TO_OPEN,
    crowd: SLOW_TO_OPEN,
  },
  mostConnections: 255,
  missing() {
    const found = findChromium();
    return "missing" in found ? found.missing : undefined;
  },
  async load() {
    const file = "./browser.ts";
    const { describe }: typeof import("./browser.ts") = await import(file);
    return describe();
  },
};

/** The clients that wsmark can drive a server with. */
export const clients: readonly ClientEntry[] = [...libraries, browser];
