/** Connections that are opened at a rate, one after the other. */

import type { Share } from "./schedule.ts";
import type { Pace, Timed } from "../types.ts";

/** At which rate connections are opened. */
export interface OpeningRate {
  /** Connections per second, of all generators together. */
  readonly rate: number;
  /** Which of them are its own; all when left out. */
  readonly share?: Share | undefined;
}

/** Connections that are being opened. */
export interface Opening extends Timed {
  /** Opens the first one now, unless another generator has to. */
  start(nowMs: number): void;
}

/**
 * Opens connections at a rate, at equal distances, however long each of them takes.
 *
 * @param count how many it opens
 * @param open is called for each, with a number from 0 to `count - 1`
 */
export function opening(
  count: number,
  { rate, share = { index: 0, of: 1 } }: OpeningRate,
  open: (number: number) => void,
): Opening {
  const pace: Pace = { of: "pauses", nextMs: Infinity, intendedMs: NaN };
  let startMs = 0;
  let next = 0;

  function due(nowMs: number): void {
    for (; next < count; next++) {
      const dueMs = startMs + (next * share.of + share.index) * 1000 / rate;
      pace.nextMs = dueMs;
      if (dueMs > nowMs) return;
      open(next);
    }
    pace.nextMs = Infinity;
  }

  return {
    pace,
    due,
    start(nowMs) {
      startMs = nowMs;
      due(nowMs);
    },
  };
}
