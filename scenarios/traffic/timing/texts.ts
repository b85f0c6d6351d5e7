/** Times as options have them: stages, the pauses of users, and back-off. It imports little, as help is made with it. */

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
const SHORTEST_STAGES_MS = 100;
const LONGEST_STAGES_MS = 3_600_000;
/** The highest level. */
const HIGHEST = 1e7;

const STAGES_MANNER = "write stages as '30s:100, 2m:1000, 30s:0'";
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
      throw new SyntaxError(`Unknown stage "${part.trim()}": ${STAGES_MANNER}`);
    }
    return { durationMs, target: Number(target) };
  });
  const wholeMs = lengthOf(stages);
  if (stages.length > MOST_STAGES) {
    throw new RangeError(`There can be ${MOST_STAGES} stages at most: received ${stages.length}`);
  }
  if (wholeMs < SHORTEST_STAGES_MS || wholeMs > LONGEST_STAGES_MS) {
    throw new RangeError(
      `Stages must take from ${SHORTEST_STAGES_MS / 1000} to ${
        LONGEST_STAGES_MS / 1000
      } s together: received ${wholeMs / 1000} s`,
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

/** How long users think: any time between the two is as likely as any other. */
export interface Think {
  /** The shortest, in milliseconds. */
  readonly leastMs: number;
  /** The longest. */
  readonly mostMs: number;
}

/** The longest pause, in milliseconds. */
const LONGEST_PAUSE_MS = 3_600_000;
const THINK_MANNER = "write 1s, or 1s±0.5 for anything from 0.5 s to 1.5 s";

/**
 * Reads how long users think: `1s`, or `1s±0.5` for a time that is drawn from 0.5 to 1.5 s. The part after `±` (or `+-`)
 * has the unit of the first part, or its own: `1s±200ms`.
 *
 * @throws {SyntaxError} for anything else
 * @throws {RangeError} if it may be below 0, is never above it, or is longer than an hour
 */
export function readThink(text: string): Think {
  const [middle = "", spread = "0ms", ...more] = text.split(/±|\+-|\+\/-/).map((part) =>
    part.trim()
  );
  const middleMs = readDuration(middle);
  const unit = /[a-z]+$/.exec(middle)?.[0] ?? "";
  const spreadMs = readDuration(/^[\d.]+$/.test(spread) ? spread + unit : spread);
  if (middleMs === undefined || spreadMs === undefined || more.length > 0) {
    throw new SyntaxError(`Unknown time to think "${text}": ${THINK_MANNER}`);
  }
  if (middleMs === 0 || spreadMs > middleMs || middleMs + spreadMs > LONGEST_PAUSE_MS) {
    throw new RangeError(
      `The time to think must be above 0 and at most an hour, and cannot vary by more than itself: received "${text}"`,
    );
  }
  return { leastMs: middleMs - spreadMs, mostMs: middleMs + spreadMs };
}

/** A time to think in words: `1 s`, `0.5 s to 1.5 s`. */
export function thinkInWords(text: string): string {
  const { leastMs, mostMs } = readThink(text);
  return leastMs === mostMs
    ? durationInWords(leastMs)
    : `${durationInWords(leastMs)} to ${durationInWords(mostMs)}`;
}

/** How long a client waits before each attempt. */
export interface Backoff {
  /** Before the first attempt, in milliseconds; before each further one twice as long. */
  readonly firstMs: number;
  /** The longest. */
  readonly longestMs: number;
  /** By which share each pause is shorter or longer at random: 0.5 for 50 %. */
  readonly jitter: number;
}

const LONGEST_BACKOFF_MS = 60_000;
const BACKOFF_MANNER =
  "write 100ms..5s±50% for 100 ms, doubled up to 5 s, each by up to half shorter or longer";
const BACKOFF = /^(.*?)(?:\.\.(.*?))?(?:(?:±|\+-)\s*(\d+(?:\.\d+)?)\s*%)?$/;

/**
 * Reads a back-off: `100ms..5s±50%`, or without what is not wanted `100ms..5s`, `100ms±50%`, `100ms`.
 *
 * @throws {SyntaxError} for anything else
 * @throws {RangeError} for impossible numbers
 */
export function readBackoff(text: string): Backoff {
  const [, first = "", longest = first, percent = "0"] = BACKOFF.exec(text.trim()) ?? [];
  const [firstMs, longestMs] = [readDuration(first), readDuration(longest)];
  if (firstMs === undefined || longestMs === undefined) {
    throw new SyntaxError(`Unknown back-off "${text}": ${BACKOFF_MANNER}`);
  }
  const jitter = Number(percent) / 100;
  if (firstMs < 1 || longestMs < firstMs || longestMs > LONGEST_BACKOFF_MS || jitter > 1) {
    throw new RangeError(
      `A back-off must be from 1 ms to ${
        durationInWords(LONGEST_BACKOFF_MS)
      }, the longest pause last, and vary by 100 % at ` +
        `most: received "${text}"`,
    );
  }
  return { firstMs, longestMs, jitter };
}

/** A back-off in words: `100 ms, doubled up to 5 s, ±50 %`. */
export function backoffInWords(text: string): string {
  const { firstMs, longestMs, jitter } = readBackoff(text);
  return [
    durationInWords(firstMs),
    ...longestMs > firstMs ? [`doubled up to ${durationInWords(longestMs)}`] : [],
    ...jitter > 0 ? [`±${Number((jitter * 100).toPrecision(3))} %`] : [],
  ].join(", ");
}
