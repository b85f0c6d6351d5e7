/** The schedule of an open loop: when messages are meant to be sent, whatever the replies do. */

import { seededRandom } from "../../../measure/record/random.ts";
import { arrivalTimes } from "./stages.ts";
import type { Stage } from "./texts.ts";

/**
 * How arrivals follow one another: at equal distances, or at random as from many independent users (a Poisson process:
 * the distances have an exponential distribution).
 */
export const ARRIVALS = ["constant", "poisson"] as const;

/** One of {@linkcode ARRIVALS}. */
export type Arrivals = typeof ARRIVALS[number];

/** How long a server may stand still before messages of a schedule are dropped, in seconds of arrivals. */
export const STILL_S = 5;

/** The arrivals of a schedule that one of several generators sends: `index`, `index + of`, `index + 2 * of` and so on. */
export interface Share {
  /** Which generator it is, from 0 to `of - 1`. */
  readonly index: number;
  /** How many generators there are. */
  readonly of: number;
}

/** A share of a whole number: all are as even as they can be. */
export function partOf(whole: number, { index, of }: Share): number {
  return Math.floor(whole / of) + (index < whole % of ? 1 : 0);
}

/** What determines a schedule. */
export interface ScheduleOptions {
  /** Arrivals per second, on average; above 0. With stages the most that there are. */
  readonly rate: number;
  /** The rate over time, if it is not the same all the time. */
  readonly stages?: readonly Stage[];
  /** Spacing of arrivals. */
  readonly arrivals: Arrivals;
  /** Determines a random schedule, an integer. */
  readonly seed: number;
  /** Which of the arrivals to make; all when left out. `rate` is that of all of them together. */
  readonly share?: Share | undefined;
}

/**
 * Makes a schedule: a function that fills an array with the next arrival times, in milliseconds since the start,
 * ascending. The same options give the same times, however many are asked for at once.
 *
 * Arrivals at equal distances begin at 0 and are multiples of the distance, so that errors do not add up. If the rate goes
 * by stages, the n-th is when n have accumulated, from 1 on; after the last stage all times are Infinity. The times of
 * all shares are together those of the schedule without shares, bit for bit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const times = new Float64Array(4);
 * schedule({ rate: 500, arrivals: "constant", seed: 0 })(times);
 * assert.deepEqual([...times], [0, 2, 4, 6]);
 * ```
 *
 * @throws {RangeError} for a rate that is not above 0
 */
export function schedule(
  { rate, stages, arrivals, seed, share: { index: first, of } = { index: 0, of: 1 } }:
    ScheduleOptions,
): (times: Float64Array) => void {
  if (!(rate > 0 && rate < Infinity)) {
    throw new RangeError(`Cannot schedule arrivals as 'rate' must be above 0: received ${rate}`);
  }
  const timeOf = stages && arrivalTimes(stages);
  if (arrivals === "constant") {
    let index = first;
    return (times) => {
      for (let place = 0; place < times.length; place++, index += of) {
        times[place] = timeOf === undefined ? (index * 1000) / rate : timeOf(index + 1);
      }
    };
  }
  const random = seededRandom(seed);
  /** Without stages a time in milliseconds, with them how many have arrived: what stages make of it is a time. */
  const scale = timeOf === undefined ? 1000 / rate : 1;
  let at = 0;
  /** Arrivals of others before the next own one. */
  let others = first;
  return (times) => {
    for (let place = 0; place < times.length; place++, others = of - 1) {
      for (; others >= 0; others--) {
        // 1 − random is above 0, so the logarithm is finite.
        at -= Math.log(1 - random()) * scale;
      }
      times[place] = timeOf === undefined ? at : timeOf(at);
    }
  };
}
