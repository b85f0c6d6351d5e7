/**
 * The list of servers, put together of the lists that each language has beside its sources: a new server is a file and a
 * line there, a new language a line here.
 */

import { servers as cpp } from "./cpp/servers.ts";
import { servers as go } from "./go/servers.ts";
import { servers as java } from "./java/servers.ts";
import { servers as javascript } from "./javascript/servers.ts";
import { programs } from "./launch/entries.ts";
import { servers as perl } from "./perl/servers.ts";
import { servers as python } from "./python/servers.ts";
import { servers as ruby } from "./ruby/servers.ts";
import { servers as rust } from "./rust/servers.ts";
import type { ServerEntry } from "./types.ts";

/** The servers that wsmark can start, in the order of the tables. */
export const servers: readonly ServerEntry[] = [
  ...javascript,
  ...python,
  ...go,
  ...rust,
  ...cpp,
  ...java,
  ...ruby,
  ...perl,
];

const SIMPLE = "it is as simple as can be";

/** Not a contender: it shows how much the generator can drive on this machine at most. Linux only. */
export const reference: ServerEntry = {
  ...{ id: "reference", title: "Reference", protocol: "websocket" },
  launch: programs.deno("reference.ts"),
  lacks: { tls: SIMPLE, deflate: SIMPLE },
};
