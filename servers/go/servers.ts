/** The servers in Go: a new one is a folder and a line here. */

import { NO_CONTEXT, NO_EXTENSION, optional, programs } from "../launch/entries.ts";
import type { ServerEntry } from "../types.ts";

const { built } = programs;

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional("gorilla", "gorilla/websocket", "websocket", built("go", "gorilla"), NO_CONTEXT),
  optional("coder", "coder/websocket", "websocket", built("go", "coder")),
  optional("gws", "gws", "websocket", built("go", "gws")),
  optional("gobwas", "gobwas/ws", "websocket", built("go", "gobwas"), NO_CONTEXT),
  optional("nbio", "nbio", "websocket", built("go", "nbio"), NO_CONTEXT),
  optional("fasthttp", "fasthttp", "websocket", built("go", "fasthttp"), NO_CONTEXT),
  optional("xnet", "x/net/websocket", "websocket", built("go", "xnet"), NO_EXTENSION),
];
