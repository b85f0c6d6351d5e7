/**
 * Handshakes: a fixed number is under way at once; a connection that has opened is closed, and when it is closed the
 * next one is opened in its place.
 */

import type { Load, Traffic } from "./types.ts";

/** @param options.limit how many connections are opened in all, so that the ports of the machine suffice */
export function connect(
  load: Load,
  { concurrency, limit }: { concurrency: number; limit: number },
): Traffic {
  let opened = 0;
  let stopped = false;

  function open(slot: number): void {
    if (stopped || opened === limit) return;
    opened++;
    load.open(slot);
  }

  return {
    connections: 0,
    slots: concurrency,
    depth: 0,
    phases: "any time",
    start() {
      for (let slot = 0; slot < concurrency; slot++) open(slot);
    },
    opened: (slot) => load.close(slot),
    closed: open,
    replied() {},
    stop() {
      stopped = true;
    },
  };
}
