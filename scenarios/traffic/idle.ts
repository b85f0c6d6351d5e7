/**
 * Idle connections: a first group warms the server up; when the window begins the second group is opened, each
 * connection sends one message to show that it works, and then all are silent. In the window the memory of the server
 * grows by what the second group costs.
 */

import { opening, type OpeningRate } from "./timing/opening.ts";
import type { Load, Traffic } from "./types.ts";

/** How many handshakes of the second group are under way at once: below the backlog of common servers. */
const OPENING = 32;

/**
 * @param options.warm connections of the first group, opened before the traffic starts
 * @param options.connections connections of the second group
 * @param options.rate at which rate these are opened; as fast as the server takes them when left out
 */
export function idle(
  load: Load,
  { warm, connections, rate }: {
    warm: number;
    connections: number;
    rate?: OpeningRate | undefined;
  },
): Traffic {
  const slots = warm + connections;
  let next = warm;
  let stopped = false;

  function openNext(): void {
    if (next < slots && !stopped) load.open(next++);
  }

  const atRate = rate && opening(connections, rate, openNext);

  return {
    ...atRate,
    connections: warm,
    slots,
    depth: 1,
    phases: "any time",
    start() {
      for (let connection = 0; connection < warm; connection++) load.send(connection);
    },
    measure(nowMs) {
      if (atRate !== undefined) return atRate.start(nowMs);
      for (let left = OPENING; left > 0; left--) openNext();
    },
    opened(connection) {
      if (!stopped) load.send(connection);
      if (atRate === undefined) openNext();
    },
    replied() {},
    stop() {
      stopped = true;
    },
  };
}
