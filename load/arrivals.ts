/**
 * What follows a schedule: calls a function at each arrival that is due, and says when the next one is.
 *
 * @module
 */

import { schedule, type ScheduleOptions } from "./schedule.ts";
import type { Pace, Traffic } from "./types.ts";

/** Arrival times that are computed at a time. */
const BLOCK = 256;

/** The parts of a traffic that follows a schedule. */
export type Arriving = Required<Pick<Traffic, "pace" | "due" | "start" | "stop">>;

/**
 * Follows a schedule.
 *
 * @param of what arrives
 * @param options.rate arrivals per second
 * @param arrive called for each arrival, when {@linkcode Pace.intendedMs} is its time
 */
export function arriving(of: Pace["of"], options: ScheduleOptions, arrive: () => void): Arriving {
  const nextTimes = schedule(options);
  const times = new Float64Array(BLOCK);
  const pace: Pace = { of, nextMs: Infinity, intendedMs: NaN };
  let place = BLOCK;
  let startMs = 0;
  let stopped = false;

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
    pace,
    due,
    start(nowMs) {
      startMs = nowMs;
      due(nowMs);
    },
    stop() {
      stopped = true;
      pace.nextMs = Infinity;
    },
  };
}
