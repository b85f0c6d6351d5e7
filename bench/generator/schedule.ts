/** Calls what is due, in an event loop. */

import { setImmediate } from "node:timers";
import type { Timed } from "../../scenarios/traffic/types.ts";

/** How late a timer may be, in milliseconds; what is due sooner is waited for by turns of the event loop. */
const TIMER_MS = 2.5;

function nextTurn(): Promise<void> {
  return new Promise((go) => setImmediate(go));
}

/**
 * Calls what is due at its times, as exactly as the event loop allows, until nothing will be due any more. The end of a
 * pause is left to a timer.
 *
 * @param isOver whether to stop before that
 */
export async function followSchedule(
  timed: Timed,
  now: () => number,
  isOver: () => boolean,
): Promise<void> {
  const { pace } = timed;
  const earlyMs = pace.of === "pauses" ? 0 : TIMER_MS;
  while (pace.nextMs < Infinity && !isOver()) {
    const waitMs = pace.nextMs - now();
    if (waitMs <= 0) timed.due(now());
    else if (waitMs <= earlyMs) await nextTurn();
    else await new Promise((go) => setTimeout(go, waitMs - earlyMs));
  }
}
