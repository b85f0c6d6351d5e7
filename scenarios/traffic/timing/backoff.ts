/** Back-off: how long a client waits before it tries again, longer after each failure. */

import type { Backoff } from "./texts.ts";

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
