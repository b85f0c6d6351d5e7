/** Calls what is due, in an event loop. */

import { setImmediate } from "node:timers";
import type { Timed } from "../../../scenarios/traffic/types.ts";

/** How late a timer may be, in milliseconds; what is due sooner is waited for by turns of the event loop. */
const TIMER_MS = 2.5;

function nextTurn(): Promise<void> {
  return new Promise((go) => setImmediate(go));
}

/** How long a pause may last longer than it should: one that ends sooner than the others may begin at any time. */
const LOOK_MS = 2;

/**
 * Calls what is due by a schedule, as exactly as the event loop allows, until nothing will be due any more; and what is due
 * after pauses, to a few milliseconds, until it is over.
 *
 * @param isOver whether to stop
 */
export async function followSchedule(
  timed: Timed,
  now: () => number,
  isOver: () => boolean,
): Promise<void> {
  const { pace } = timed;
  const isPauses = pace.of === "pauses";
  while ((isPauses || pace.nextMs < Infinity) && !isOver()) {
    const waitMs = pace.nextMs - now();
    if (waitMs <= 0) timed.due(now());
    else if (isPauses) await new Promise((go) => setTimeout(go, Math.min(waitMs, LOOK_MS)));
    else if (waitMs <= TIMER_MS) await nextTurn();
    else await new Promise((go) => setTimeout(go, waitMs - TIMER_MS));
  }
}
