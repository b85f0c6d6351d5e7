/** A level (connections, or arrivals per second) that goes by stages, linearly from each value to the next. */

import type { Stage } from "./texts.ts";

/**
 * When so many have arrived at a rate that goes by stages: the inverse of the area under it. The times of numbers at
 * equal distances are arrivals that are evenly spaced, those of the points of a Poisson process with the rate 1 are a
 * Poisson process with this rate (Çinlar, Introduction to Stochastic Processes, 1975, §4.7).
 *
 * @param stages levels are arrivals per second
 * @returns a function that gives the time in milliseconds since the start for ascending numbers; Infinity for more than
 * arrive
 */
export function arrivalTimes(stages: readonly Stage[]): (arrived: number) => number {
  let index = 0;
  let startMs = 0;
  let startLevel = 0;
  let before = 0;

  return (arrived) => {
    for (; index < stages.length; index++) {
      const { durationMs, target } = stages[index]!;
      const seconds = durationMs / 1000;
      const within = arrived - before;
      const area = (startLevel + target) / 2 * seconds;
      if (within <= area) {
        const slope = (target - startLevel) / seconds;
        // The solution of level × t + slope × t² / 2 = within that loses no digits where the level or the slope is 0.
        const root = Math.sqrt(Math.max(0, startLevel * startLevel + 2 * slope * within));
        return startMs + (within === 0 ? 0 : 2000 * within / (startLevel + root));
      }
      before += area;
      startMs += durationMs;
      startLevel = target;
    }
    return Infinity;
  };
}

/** Follows a number that goes by stages up and down by one at a time: it is `n` from when the level reaches `n`. */
export class Steps {
  /** When it changes next, in milliseconds since the start; Infinity if it does not change any more. */
  nextMs = Infinity;
  /** What it is after that change. */
  next = 0;
  readonly #stages: readonly Stage[];
  #index = 0;
  #startMs = 0;
  #startLevel = 0;

  /** @param stages levels are whole numbers */
  constructor(stages: readonly Stage[]) {
    this.#stages = stages;
    this.advance();
  }

  /** Goes on to the next change. */
  advance(): void {
    for (; this.#index < this.#stages.length; this.#index++) {
      const { durationMs, target } = this.#stages[this.#index]!;
      if (this.next !== target) {
        this.next += target > this.next ? 1 : -1;
        const share = (this.next - this.#startLevel) / (target - this.#startLevel);
        this.nextMs = this.#startMs + share * durationMs;
        return;
      }
      this.#startMs += durationMs;
      this.#startLevel = target;
    }
    this.nextMs = Infinity;
  }
}
