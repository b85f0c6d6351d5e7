/**
 * Sessions: every connection sends a number of messages, each after the reply to the one before; the next session starts
 * when the last connection has its last reply.
 */

import type { Load, Traffic } from "./types.ts";

/** @param options.messages how many messages each connection sends in a session */
export function session(
  load: Load,
  { connections, messages }: { connections: number; messages: number },
): Traffic {
  const sent = new Uint32Array(connections);
  let startedMs = 0;
  let open = 0;
  let stopped = false;

  function begin(nowMs: number): void {
    startedMs = nowMs;
    open = connections * messages;
    sent.fill(1);
    for (let connection = 0; connection < connections; connection++) load.send(connection);
  }

  return {
    connections,
    slots: connections,
    depth: 1,
    phases: "between batches",
    start: begin,
    replied(connection, released, nowMs) {
      open -= released;
      if (open === 0) {
        load.batchDone(startedMs, nowMs);
        if (!stopped) begin(load.now());
        return;
      }
      if (stopped || sent[connection] === messages) return;
      sent[connection]!++;
      load.send(connection);
    },
    stop() {
      stopped = true;
    },
  };
}
