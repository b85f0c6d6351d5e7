/**
 * Bursts: all messages of a burst are sent at once on one connection; the next burst starts after the last reply of
 * the one before.
 */

import type { Load, Traffic } from "./types.ts";

/** @param options.messages how many messages a burst has */
export function burst(load: Load, { messages }: { messages: number }): Traffic {
  let startedMs = 0;
  let open = 0;
  let stopped = false;

  function begin(nowMs: number): void {
    startedMs = nowMs;
    open = messages;
    load.send(0, messages);
  }

  return {
    connections: 1,
    slots: 1,
    depth: messages,
    phases: "between batches",
    start: begin,
    replied(_connection, released, nowMs) {
      open -= released;
      if (open > 0) return;
      load.batchDone(startedMs, nowMs);
      if (!stopped) begin(load.now());
    },
    stop() {
      stopped = true;
    },
  };
}
