/** How long what is sent takes through a network, as a TCP connection sees it. It has no clock. */

import { seededRandom } from "../../../measure/record/random.ts";

/** What a network is like, in each direction. */
export interface LinkSettings {
  /** How long a segment is under way, in milliseconds (0). */
  readonly delayMs?: number;
  /** Which share of the segments is lost, from 0 to 1 (0). */
  readonly loss?: number;
}

/** Bytes in a segment: those of Ethernet. */
const SEGMENT = 1448;
/** The least time until a segment is sent again (Linux: TCP_RTO_MIN), in milliseconds; it doubles each time. */
const AGAIN_MS = 200;
/** How often a segment is lost at most. */
const MOST_LOSSES = 6;

/**
 * One direction of a connection: TCP loses nothing, but what a lost segment carries comes late, and so does all behind
 * it. That later segments can tell of the loss before the time is over is left out: the worst case.
 */
export class Link {
  readonly #random: () => number;
  #lastMs = -Infinity;
  /** How many segments were lost. */
  losses = 0;

  /** @param seed which segments are lost depends on it alone */
  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /**
   * When the last byte of what is sent now arrives, in milliseconds of the same clock.
   *
   * @param size in bytes
   */
  arrivalMs(nowMs: number, size: number, { delayMs = 0, loss = 0 }: LinkSettings): number {
    let stalledMs = 0;
    for (let segment = 0; segment < size; segment += SEGMENT) {
      let againMs = Math.max(AGAIN_MS, 2 * delayMs);
      let losses = 0;
      let waitedMs = 0;
      while (losses < MOST_LOSSES && this.#random() < loss) {
        losses++;
        waitedMs += againMs;
        againMs *= 2;
      }
      this.losses += losses;
      stalledMs = Math.max(stalledMs, waitedMs);
    }
    this.#lastMs = Math.max(this.#lastMs, nowMs + delayMs + stalledMs);
    return this.#lastMs;
  }
}
