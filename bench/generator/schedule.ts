/** Asks a traffic when something is due by its schedule, in an event loop. */

import { setImmediate } from "node:timers";
import type { Pace, Traffic } from "../../scenarios/traffic/types.ts";

/** How late a timer may be, in milliseconds; what is due sooner is waited for by turns of the event loop. */
const TIMER_MS = 2.5;

function nextTurn(): Promise<void> {
  return new Promise((go) => setImmediate(go));
}

/**
 * Asks a traffic whenever something is due, as exactly as the event loop allows, until nothing will be due any more.
 *
 * @param isOver whether to stop before the schedule does
 */
export async function followSchedule(
  traffic: Traffic,
  pace: Pace,
  now: () => number,
  isOver: () => boolean,
): Promise<void> {
  while (pace.nextMs < Infinity && !isOver()) {
    const waitMs = pace.nextMs - now();
    if (waitMs <= 0) traffic.due!(now());
    else if (waitMs <= TIMER_MS) await nextTurn();
    else await new Promise((go) => setTimeout(go, waitMs - TIMER_MS));
  }
}
