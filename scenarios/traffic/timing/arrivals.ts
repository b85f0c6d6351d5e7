/** Follows schedules: calls a function at each arrival that is due, and says when the next one is. */

import { schedule, type ScheduleOptions } from "./schedule.ts";
import type { Pace, Traffic } from "../types.ts";
import { firstLevel } from "./texts.ts";

/** How many arrival times of a schedule are computed at a time. */
const BLOCK = 256;

/** The parts of a traffic that follows a schedule. */
export type Arriving = Required<Pick<Traffic, "pace" | "due" | "start" | "measure" | "stop">>;

/** A schedule that is followed. */
export interface Stream extends ScheduleOptions {
  /** Called for each arrival, when {@linkcode Pace.intendedMs} is its time. */
  readonly arrive: () => void;
}

/** The schedule before the window: stages begin with the window, and the first level that they lead to warms up for them. */
function beforeWindow({ stages, ...options }: Stream): ScheduleOptions {
  return stages === undefined ? options : { ...options, rate: firstLevel(stages) };
}

/**
 * Follows schedules, arrival by arrival in the order of their times; of equal times the first schedule's first. Those with
 * stages begin with the window.
 */
export function arriving(of: Pace["of"], streams: readonly Stream[]): Arriving {
  const parts = streams.map((options) => ({
    nextTimes: schedule(beforeWindow(options)),
    arrive: options.arrive,
    times: new Float64Array(BLOCK),
    place: BLOCK,
  }));
  const isStaged = streams.some(({ stages }) => stages !== undefined);
  /** When the next arrival of each is due, in milliseconds since the start. */
  const nextMs = new Float64Array(streams.length);
  const pace: Pace = { of, nextMs: Infinity, intendedMs: NaN };
  let startMs = 0;
  let stopped = false;

  function advance(index: number): void {
    const part = parts[index]!;
    if (part.place === BLOCK) {
      part.nextTimes(part.times);
      part.place = 0;
    }
    nextMs[index] = part.times[part.place++]!;
  }

  /** Index of the schedule with the next arrival. */
  function earliest(): number {
    let first = 0;
    for (let index = 1; index < nextMs.length; index++) {
      if (nextMs[index]! < nextMs[first]!) first = index;
    }
    return first;
  }

  function due(nowMs: number): void {
    while (!stopped) {
      const index = earliest();
      const dueMs = startMs + nextMs[index]!;
      pace.nextMs = dueMs;
      if (dueMs > nowMs) return;
      pace.intendedMs = dueMs;
      advance(index);
      parts[index]!.arrive();
    }
  }

  function start(nowMs: number): void {
    startMs = nowMs;
    for (const index of parts.keys()) advance(index);
    due(nowMs);
  }

  return {
    pace,
    due,
    start,
    measure(nowMs) {
      if (!isStaged) return;
      for (const [index, part] of parts.entries()) {
        part.nextTimes = schedule(streams[index]!);
        part.place = BLOCK;
      }
      start(nowMs);
    },
    stop() {
      stopped = true;
      pace.nextMs = Infinity;
    },
  };
}
