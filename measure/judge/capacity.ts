/** The search for the highest arrival rate that a server sustains, as a program that asks for probes. */

/** Between which two rates the capacity lies. */
export interface Bracket {
  /** The highest rate that was sustained, in messages per second; 0 if none was. */
  readonly low: number;
  /** The lowest rate above it that was not; Infinity if there was none up to the highest that was allowed. */
  readonly high: number;
}

/** How the search goes. */
export interface SearchOptions {
  /** Rate to begin with, in messages per second; above 0. */
  readonly startRate: number;
  /** The search ends when `high / low` is at most this. */
  readonly resolution?: number;
  /** The lowest rate that is tried. */
  readonly least?: number;
  /** The highest rate that is tried. */
  readonly most?: number;
}

/** Factor between two rates while a bracket is looked for. */
const GROWTH = 1.4;
/** How many probes must pass before {@linkcode FAILS} have failed. */
const PASSES = 2;
/** Noise of the machine makes a probe fail far more often than it makes one pass: failing takes more probes. */
const FAILS = 3;

/**
 * Searches by probes: yields the rate of the next one, and receives whether that probe was within the limits. A rate is
 * sustained when two probes pass before three have failed, so that neither one noisy probe nor two decide. Rates grow
 * or shrink until they bracket the capacity, then the bracket is halved (in the logarithm). In the end its upper rate
 * must fail once more: if it does not, the search goes on above it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const search = searchCapacity({ startRate: 1000 });
 * let step = search.next();
 * while (!step.done) step = search.next(step.value <= 5000);
 * assert.ok(step.value.low <= 5000 && 5000 < step.value.high);
 * ```
 */
export function* searchCapacity(
  { startRate, resolution = 1.03, least = 1, most = 1e7 }: SearchOptions,
): Generator<number, Bracket, boolean> {
  let low = 0;
  let high = Infinity;
  let rate = Math.min(most, Math.max(least, startRate));
  while (true) {
    while (low === 0 || high === Infinity) {
      if (yield* isSustained(rate)) low = rate;
      else high = rate;
      if (rate === (low === 0 ? least : most)) return { low, high };
      rate = low === 0 ? Math.max(least, rate / GROWTH) : Math.min(most, rate * GROWTH);
    }
    while (high / low > resolution) {
      const middle = Math.sqrt(low * high);
      if (yield* isSustained(middle)) low = middle;
      else high = middle;
    }
    if (!(yield* isSustained(high))) return { low, high };
    // The machine was disturbed when it failed: all above is open again.
    low = high;
    high = Infinity;
    rate = Math.min(most, low * GROWTH);
  }
}

function* isSustained(rate: number): Generator<number, boolean, boolean> {
  for (let passed = 0, failed = 0; passed < PASSES;) {
    if (yield rate) passed++;
    else if (++failed === FAILS) return false;
  }
  return true;
}
