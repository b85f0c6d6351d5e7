/** The servers in Rust: a new one is a folder and a line here. */

import { NO_EXTENSION, optional, programs } from "../launch/entries.ts";
import type { ServerEntry } from "../types.ts";

const { built } = programs;

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional(
    "tokio-tungstenite",
    "tokio-tungstenite",
    "websocket",
    built("rust", "tokio-tungstenite"),
    NO_EXTENSION,
  ),
  optional("axum", "axum", "websocket", built("rust", "axum"), NO_EXTENSION),
  optional(
    "fastwebsockets",
    "fastwebsockets",
    "websocket",
    built("rust", "fastwebsockets"),
    NO_EXTENSION,
  ),
  optional("sockudo-ws", "sockudo-ws", "websocket", built("rust", "sockudo-ws"), {
    deflate: "it leaves a message as it is that would not become shorter",
  }),
];
