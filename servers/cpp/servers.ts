/** The servers in C++: a new one is a folder, and a line here and in the Makefile. */

import { optional, programs } from "../launch/entries.ts";
import type { ServerEntry } from "../types.ts";

const { built } = programs;

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional("beast", "Boost.Beast", "websocket", built("cpp", "beast")),
  optional("websocketpp", "WebSocket++", "websocket", built("cpp", "websocketpp")),
  optional("libwebsockets", "libwebsockets", "websocket", built("cpp", "libwebsockets"), {
    deflate: "its extension aborts the process at a message without content",
  }),
];
