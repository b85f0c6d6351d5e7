/**
 * A closed loop with other connections beside it, which send as much as the server takes up to a limit: they read the
 * replies as they come, or leave them unread until the window is over.
 */

import { BulkAccount } from "../../measure/record/accounts/bulk.ts";
import type { BulkLimit } from "../../measure/model/result.ts";
import { closedLoop } from "./closed_loop.ts";
import type { Load, Traffic } from "./types.ts";

/** How long the late replies may take, in milliseconds, as long as any come. */
const DRAIN_MS = 25_000;

/** The connections beside a closed loop. */
export interface Beside extends BulkLimit {
  /** When they read the replies: as they come, or when the window is over. */
  readonly reads: "promptly" | "late";
}

/** @param options.connections connections of the closed loop, one message in flight on each */
export function closedLoopBeside(
  load: Load,
  { connections, beside }: { connections: number; beside?: Beside | undefined },
): Traffic {
  const loop = closedLoop(load, { connections, inFlight: 1 });
  if (beside === undefined) return loop;
  const { messages, size } = beside;
  const isLate = beside.reads === "late";
  const slots = connections + beside.connections;

  function eachBeside(act: (connection: number) => void): void {
    for (let connection = connections; connection < slots; connection++) act(connection);
  }

  return {
    ...loop,
    connections: slots,
    slots,
    depth: messages,
    beside: beside.connections,
    accounts: [new BulkAccount({ connections: beside.connections, messages, size }, connections)],
    drainMs: DRAIN_MS,
    measure() {
      eachBeside((connection) => {
        if (isLate) load.pause(connection);
        load.send(connection, messages);
      });
    },
    replied(connection, released, nowMs) {
      if (connection < connections) loop.replied(connection, released, nowMs);
    },
    stop() {
      loop.stop();
      eachBeside((connection) => {
        load.withdraw(connection);
        if (isLate) load.resume(connection);
      });
    },
  };
}
