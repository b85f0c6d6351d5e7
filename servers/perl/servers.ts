/** The servers in Perl, with libraries that the system brings: a new one is a file and a line here. */

import { optional, programs } from "../launch/entries.ts";
import type { ServerEntry } from "../types.ts";

const { script } = programs;

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional(
    "mojolicious",
    "Mojolicious",
    "websocket",
    script("perl", "mojolicious.pl", ["Mojolicious", "IO::Socket::SSL"]),
    { "no-takeover": "it always keeps the context" },
  ),
];
