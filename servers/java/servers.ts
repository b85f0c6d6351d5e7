/** The servers in Java: a new one is a file and a line here. */

import { optional, programs } from "../launch/entries.ts";
import type { ServerEntry } from "../types.ts";

const { built } = programs;

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional("netty", "Netty", "websocket", built("java", "NettyServer")),
];
