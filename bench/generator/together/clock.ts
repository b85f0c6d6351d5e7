/**
 * What the clock of another process shows against that of this one: measured, never assumed, by asking it many times
 * and believing the shortest round trip (Cristian, "Probabilistic clock synchronization", 1989).
 */

/**
 * The clock by which generators start together, in milliseconds: it begins as the wall clock of this process and goes on
 * as a monotonic one, so that nobody who sets the time moves it.
 */
export function clockMs(): number {
  return performance.timeOrigin + performance.now();
}

/** What another clock shows, compared with this one. */
export interface ClockOffset {
  /** What it shows more than this clock, in milliseconds; negative if it is behind. */
  readonly offsetMs: number;
  /** By how much that may be wrong at most, in milliseconds: half of the shortest round trip. */
  readonly errorMs: number;
}

/** A comparison of two clocks, and when it was made. */
export interface ClockReading extends ClockOffset {
  /** By this clock, in milliseconds. */
  readonly atMs: number;
}

/** What a clock shows. */
export interface ClockAnswer {
  /** Its time, in milliseconds. */
  readonly atMs: number;
  /** By how much it may be known wrong by whoever answers; 0 when left out. */
  readonly errorMs?: number;
}

/** So many clocks are read at the same time: with more, each answer would wait for those of others. */
export const AT_ONCE = 32;

/** How often a clock is asked. */
const TIMES = 24;

/**
 * Compares a clock with this one.
 *
 * @param read asks it once
 * @param now this clock
 * @param times how often it is asked
 */
export async function compareClock(
  read: () => Promise<ClockAnswer>,
  now: () => number = clockMs,
  times: number = TIMES,
): Promise<ClockReading> {
  let best: ClockReading = { offsetMs: 0, errorMs: Infinity, atMs: 0 };
  for (let time = 0; time < times; time++) {
    const askedMs = now();
    const theirs = await read();
    const heardMs = now();
    const errorMs = (heardMs - askedMs) / 2 + (theirs.errorMs ?? 0);
    const atMs = (askedMs + heardMs) / 2;
    if (errorMs < best.errorMs) best = { offsetMs: theirs.atMs - atMs, errorMs, atMs };
  }
  return best;
}

/**
 * What another clock has gained on this one between two comparisons, as a share of the time; negative if it is slow. What is
 * less than both may be wrong by is none.
 */
export function driftBetween(before: ClockReading, after: ClockReading): number {
  const passedMs = after.atMs - before.atMs;
  const gainedMs = after.offsetMs - before.offsetMs;
  return Math.abs(gainedMs) > before.errorMs + after.errorMs ? gainedMs / passedMs : 0;
}

/**
 * A time of another clock by this one, in milliseconds. Between two comparisons it is taken to have drifted evenly.
 *
 * @param after absent if there was one comparison only
 */
export function oursOf(theirsMs: number, before: ClockReading, after?: ClockReading): number {
  const drift = after === undefined ? 0 : driftBetween(before, after);
  // theirs = ours + offset + drift × (ours − at)
  return (theirsMs - before.offsetMs + drift * before.atMs) / (1 + drift);
}
