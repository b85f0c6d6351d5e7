/** The servers in Ruby, with libraries that the system brings: a new one is a file and a line here. */

import { optional, programs } from "../launch/entries.ts";
import type { ServerEntry } from "../types.ts";

const { script } = programs;

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional(
    "faye-ruby",
    "faye-websocket (Ruby)",
    "websocket",
    script("ruby", "faye.rb", ["thin", "faye/websocket"]),
    { deflate: "Debian has no permessage-deflate for it" },
  ),
];
