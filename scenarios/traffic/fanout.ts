/** Fan-out: one room in which the first connection speaks, and all connections get its messages, itself among them. */

import { rooms } from "./rooms.ts";
import type { ScheduleOptions } from "./timing/schedule.ts";
import type { Load, Traffic } from "./types.ts";

/** @param options.inFlight how many messages are on their way at once; without meaning if there is a schedule */
export function fanout(
  load: Load,
  { connections, ...options }: {
    connections: number;
    inFlight: number;
    schedule?: ScheduleOptions | undefined;
  },
): Traffic {
  return rooms(load, { rooms: 1, members: connections, speakers: 1, ...options });
}
