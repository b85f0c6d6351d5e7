/**
 * The closed loop: a connection sends again when a reply arrives, so that the same number of messages is outstanding
 * on it at any time.
 */

import type { Load, Traffic } from "./types.ts";

/** @param options.inFlight how many messages are outstanding on each connection */
export function closedLoop(
  load: Load,
  { connections, inFlight }: { connections: number; inFlight: number },
): Traffic {
  let stopped = false;

  return {
    connections,
    slots: connections,
    depth: inFlight,
    phases: "any time",
    start() {
      for (let connection = 0; connection < connections; connection++) {
        load.send(connection, inFlight);
      }
    },
    replied(connection, released) {
      if (!stopped) load.send(connection, released);
    },
    stop() {
      stopped = true;
    },
  };
}
