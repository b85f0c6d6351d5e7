/**
 * The open loop: messages are sent by a schedule, whatever the replies do, one connection after the other in turn.
 *
 * @module
 */

import { schedule, type ScheduleOptions } from "./schedule.ts";
import type { Load, Pace, Traffic } from "./types.ts";

/** Arrival times that are computed at a time. */
const BLOCK = 256;
/** How long a server may stand still before messages are dropped, in seconds of arrivals. */
const STILL_S = 5;
/** The fewest and the most messages that may be unanswered in all. */
const FEWEST = 1024;
const MOST = 2 ** 18;

/** The most messages that may be unanswered on one of so many connections at an arrival rate. */
export function depthOf(rate: number, connections: number): number {
  return Math.ceil(Math.min(MOST, Math.max(FEWEST, rate * STILL_S)) / connections);
}

/**
 * @param options.connections how many connections carry messages
 * @param options.rate arrivals per second, on all connections together
 */
export function openLoop(
  load: Load,
  { connections, ...options }: ScheduleOptions & { connections: number },
): Traffic {
  const nextTimes = schedule(options);
  const depth = depthOf(options.rate, connections);
  const times = new Float64Array(BLOCK);
  const unanswered = new Uint32Array(connections);
  const pace: Pace = { nextMs: Infinity, intendedMs: NaN };
  let place = BLOCK;
  let startMs = 0;
  let connection = 0;
  let stopped = false;

  function arrive(): void {
    if (unanswered[connection]! < depth) {
      unanswered[connection]!++;
      load.send(connection);
    } else load.drop();
    connection = connection + 1 === connections ? 0 : connection + 1;
  }

  function due(nowMs: number): void {
    while (!stopped) {
      if (place === BLOCK) {
        nextTimes(times);
        place = 0;
      }
      const dueMs = startMs + times[place]!;
      pace.nextMs = dueMs;
      if (dueMs > nowMs) return;
      pace.intendedMs = dueMs;
      place++;
      arrive();
    }
  }

  return {
    connections,
    slots: connections,
    depth,
    phases: "any time",
    pace,
    due,
    start(nowMs) {
      startMs = nowMs;
      due(nowMs);
    },
    replied(connection, released) {
      unanswered[connection]! -= released;
    },
    stop() {
      stopped = true;
      pace.nextMs = Infinity;
    },
  };
}
