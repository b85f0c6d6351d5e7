/** Stages: a level (connections, or arrivals per second) that goes linearly from each value to the next. */

import { largest } from "../../../measure/statistics/statistics.ts";
import { durationInWords, readDuration } from "./duration.ts";

/** One stage. It begins at the level that the stage before has led to, the first one at 0. */
export interface Stage {
  /** How long it takes, in milliseconds; 0 to be there at once. */
  readonly durationMs: number;
  /** The level at its end. */
  readonly target: number;
}

/** The most stages, and the shortest and the longest that they may take together, in milliseconds. */
const MOST_STAGES = 100;
const SHORTEST_MS = 100;
const LONGEST_MS = 3_600_000;
/** The highest level. */
const HIGHEST = 1e7;

const MANNER = "write stages as '30s:100, 2m:1000, 30s:0'";
const STAGE = /^(.*):\s*(\d+(?:\.\d+)?)$/;

/**
 * Reads stages: `30s:100, 2m:1000, 30s:0` goes to 100 in 30 seconds, to 1000 in 2 minutes, and to 0 in 30 seconds.
 *
 * @throws {SyntaxError} for anything else
 * @throws {RangeError} for too many, for stages that are too short or too long together, and for an impossible level
 */
export function readStages(text: string): readonly Stage[] {
  const stages = text.split(",").map((part): Stage => {
    const [, duration = "", target] = STAGE.exec(part.trim()) ?? [];
    const durationMs = readDuration(duration);
    if (durationMs === undefined) {
      throw new SyntaxError(`Unknown stage "${part.trim()}": ${MANNER}`);
    }
    return { durationMs, target: Number(target) };
  });
  const wholeMs = lengthOf(stages);
  if (stages.length > MOST_STAGES) {
    throw new RangeError(`There can be ${MOST_STAGES} stages at most: received ${stages.length}`);
  }
  if (wholeMs < SHORTEST_MS || wholeMs > LONGEST_MS) {
    throw new RangeError(
      `Stages must take from ${SHORTEST_MS / 1000} to ${LONGEST_MS / 1000} s together: received ${
        wholeMs / 1000
      } s`,
    );
  }
  const most = highest(stages);
  if (most === 0 || most > HIGHEST) {
    throw new RangeError(
      `Some stage must lead to a level above 0, up to ${HIGHEST}: received "${text}"`,
    );
  }
  return stages;
}

/** How long stages take together, in milliseconds. */
export function lengthOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** The highest level of stages. */
export function highest(stages: readonly Stage[]): number {
  return largest(stages.map(({ target }) => target));
}

/** The first level above 0 that stages lead to. */
export function firstLevel(stages: readonly Stage[]): number {
  return stages.find(({ target }) => target > 0)!.target;
}

/** Stages in words: `100 in 30 s, 1,000 in 2 min, 0 in 30 s`. */
export function stagesInWords(text: string): string {
  return readStages(text).map(({ durationMs, target }) =>
    durationMs === 0
      ? `at once ${target.toLocaleString("en-US")}`
      : `${target.toLocaleString("en-US")} in ${durationInWords(durationMs)}`
  ).join(", ");
}

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
