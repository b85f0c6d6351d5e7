/**
 * The list of servers: a new one is a file and a line here.
 *
 * @module
 */

import type { ByContract, ServerEntry } from "./types.ts";

export type { Launch, Missing, Protocol, ServerEntry } from "./types.ts";

/** The servers that wsmark can start, in the order of the tables. */
export const servers: readonly ServerEntry[] = [
  { id: "native", title: "Deno.serve", protocol: "websocket", launch: deno("native.ts") },
  { id: "ws", title: "ws", protocol: "websocket", launch: deno("ws.ts") },
  { id: "socketio", title: "Socket.IO", protocol: "socket.io", launch: deno("socketio.ts") },
];

/** No contender: it shows the most that the generator can drive on this machine. Linux only. */
export const reference: ServerEntry = {
  id: "reference",
  title: "Reference",
  protocol: "websocket",
  launch: deno("reference.ts"),
};

/** Not imported but run: a server's library must not load where only the list is wanted. */
function deno(file: string): ByContract {
  const module = import.meta.resolve(`./${file}`);
  return {
    by: "contract",
    command: () => [Deno.execPath(), "run", "--quiet", "--allow-all", module],
  };
}
