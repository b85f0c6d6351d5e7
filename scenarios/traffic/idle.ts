/**
 * Idle connections: a first group warms the server up; when the window begins the second group is opened, each
 * connection sends one message to show that it works, and then all are silent. In the window the memory of the server
 * grows by what the second group costs.
 */

import type { Load, Traffic } from "./types.ts";

/** How many handshakes of the second group are under way at once: below the backlog of common servers. */
const OPENING = 32;

/**
 * @param options.warm connections of the first group, opened before the traffic starts
 * @param options.connections connections of the second group
 */
export function idle(
  load: Load,
  { warm, connections }: { warm: number; connections: number },
): Traffic {
  const slots = warm + connections;
  let next = warm;
  let stopped = false;

  function openNext(): void {
    if (next < slots && !stopped) load.open(next++);
  }

  return {
    connections: warm,
    slots,
    depth: 1,
    phases: "any time",
    start() {
      for (let connection = 0; connection < warm; connection++) load.send(connection);
    },
    measure() {
      for (let opening = 0; opening < OPENING; opening++) openNext();
    },
    opened(connection) {
      if (!stopped) load.send(connection);
      openNext();
    },
    replied() {},
    stop() {
      stopped = true;
    },
  };
}
