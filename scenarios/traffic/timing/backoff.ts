/** Back-off: how long a client waits before it tries again, longer after each failure. */

import { durationInWords, readDuration } from "./duration.ts";

/** How long a client waits before each attempt. */
export interface Backoff {
  /** Before the first attempt, in milliseconds; before each further one twice as long. */
  readonly firstMs: number;
  /** The longest. */
  readonly longestMs: number;
  /** By which share each pause is shorter or longer at random: 0.5 for 50 %. */
  readonly jitter: number;
}

const LONGEST_MS = 60_000;
const MANNER =
  "write 100ms..5s±50% for 100 ms, doubled up to 5 s, each by up to half shorter or longer";
const WHOLE = /^(.*?)(?:\.\.(.*?))?(?:(?:±|\+-)\s*(\d+(?:\.\d+)?)\s*%)?$/;

/**
 * Reads a back-off: `100ms..5s±50%`, or without what is not wanted `100ms..5s`, `100ms±50%`, `100ms`.
 *
 * @throws {SyntaxError} for anything else
 * @throws {RangeError} for impossible numbers
 */
export function readBackoff(text: string): Backoff {
  const [, first = "", longest = first, percent = "0"] = WHOLE.exec(text.trim()) ?? [];
  const [firstMs, longestMs] = [readDuration(first), readDuration(longest)];
  if (firstMs === undefined || longestMs === undefined) {
    throw new SyntaxError(`Unknown back-off "${text}": ${MANNER}`);
  }
  const jitter = Number(percent) / 100;
  if (firstMs < 1 || longestMs < firstMs || longestMs > LONGEST_MS || jitter > 1) {
    throw new RangeError(
      `A back-off must be from 1 ms to ${
        durationInWords(LONGEST_MS)
      }, the longest pause last, and vary by 100 % at ` +
        `most: received "${text}"`,
    );
  }
  return { firstMs, longestMs, jitter };
}

/**
 * How long a client waits before an attempt, in milliseconds.
 *
 * @param attempt 0 for the first one
 * @param random a number in [0, 1)
 */
export function backoffMs(
  { firstMs, longestMs, jitter }: Backoff,
  attempt: number,
  random: number,
): number {
  return Math.min(longestMs, firstMs * 2 ** attempt) * (1 + jitter * (2 * random - 1));
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
