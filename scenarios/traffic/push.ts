/** Streams: connections on which the client says nothing, and the server sends by itself. */

import { PushAccount } from "../../measure/record/accounts/pushes.ts";
import type { Load, Traffic } from "./types.ts";

/** @param options.connections each with a stream of its own, from when it is open */
export function push(_load: Load, { connections }: { connections: number }): Traffic {
  const pushes = new PushAccount(connections);
  return {
    connections,
    slots: connections,
    depth: 1,
    phases: "any time",
    accounts: [pushes],
    pushes,
    start() {},
    replied() {},
    stop() {},
  };
}
