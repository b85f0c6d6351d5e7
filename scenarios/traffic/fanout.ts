/** Fan-out: one room in which the first connection speaks, and all connections get its messages, itself among them. */

import { rooms } from "./rooms.ts";
import type { ScheduleOptions } from "./timing/schedule.ts";
import type { Groups, Load, Traffic } from "./types.ts";

/**
 * @param options.connections those of this generator
 * @param options.inFlight how many messages are on their way at once; without meaning if there is a schedule
 * @param options.shared where the first connection is, if several generators have connections
 */
export function fanout(
  load: Load,
  { connections, shared, ...options }: {
    connections: number;
    inFlight: number;
    schedule?: ScheduleOptions | undefined;
    shared?: Groups["shared"];
  },
): Traffic {
  if (shared === "listens") return listening(connections);
  const traffic = rooms(load, { rooms: 1, members: connections, speakers: 1, ...options });
  if (shared === undefined) return traffic;
  return { ...traffic, groups: { ...traffic.groups!, shared } };
}

/** The members that a generator has to whom one of another generator speaks. */
function listening(connections: number): Traffic {
  return {
    connections,
    slots: connections,
    depth: 1,
    groups: { members: connections, speakers: 1, shared: "listens" },
    phases: "any time",
    start() {},
    replied() {},
    stop() {},
  };
}
