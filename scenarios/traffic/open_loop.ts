/** The open loop: messages are sent by a schedule, whatever the replies do, one connection after the other in turn. */

import { arriving } from "./timing/arrivals.ts";
import { type ScheduleOptions, STILL_S } from "./timing/schedule.ts";
import type { Load, Traffic } from "./types.ts";

/** The fewest and the most messages that may be unanswered in all. */
const FEWEST = 1024;
const MOST = 2 ** 18;

/** The most messages that may be unanswered on one of so many connections at an arrival rate. */
export function depthOf(rate: number, connections: number): number {
  return Math.ceil(Math.min(MOST, Math.max(FEWEST, rate * STILL_S)) / connections);
}

/** @param options.rate arrivals per second, on all connections of all generators together */
export function openLoop(
  load: Load,
  { connections, ...options }: ScheduleOptions & { connections: number },
): Traffic {
  const depth = depthOf(options.rate / (options.share?.of ?? 1), connections);
  const unanswered = new Uint32Array(connections);
  let connection = 0;

  function arrive(): void {
    if (unanswered[connection]! < depth) {
      unanswered[connection]!++;
      load.send(connection);
    } else load.drop();
    connection = connection + 1 === connections ? 0 : connection + 1;
  }

  return {
    ...arriving("messages", [{ ...options, arrive }]),
    connections,
    slots: connections,
    depth,
    phases: "any time",
    replied(connection, released) {
      unanswered[connection]! -= released;
    },
  };
}
