/**
 * Fan-out: the first connection sends messages that all connections get, itself among them. In the closed form it
 * sends again when a message has reached everybody; in the open form by a schedule.
 */

import { arriving } from "./arrivals.ts";
import { type ScheduleOptions, STILL_S } from "./schedule.ts";
import type { Load, Traffic } from "./types.ts";

/** The fewest messages that may be on their way. */
const FEWEST = 16;

/** @param options.inFlight how many messages are on their way at once; without meaning if there is a schedule */
export function fanout(
  load: Load,
  { connections, inFlight, schedule }: {
    connections: number;
    inFlight: number;
    schedule?: ScheduleOptions | undefined;
  },
): Traffic {
  const depth = schedule === undefined
    ? inFlight
    : Math.max(FEWEST, Math.ceil(schedule.rate * STILL_S));
  /** How many deliveries may be due when another message is sent. */
  const most = (depth - 1) * connections;
  let due = 0;
  let stopped = false;

  function send(): void {
    due += connections;
    load.send(0);
  }

  function arrive(): void {
    if (due <= most) send();
    else load.drop();
  }

  const arrivals = schedule && arriving("messages", [{ ...schedule, arrive }]);
  const loop = {
    start(): void {
      while (due <= most) send();
    },
    stop(): void {
      stopped = true;
    },
  };

  return {
    ...(arrivals ?? loop),
    connections,
    slots: connections,
    depth,
    groups: { members: connections, speakers: 1 },
    phases: "any time",
    replied(_connection, released) {
      due -= released;
      if (arrivals === undefined && !stopped && due <= most) send();
    },
  };
}
