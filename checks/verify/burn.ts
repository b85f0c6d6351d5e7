/** Work of a known amount. */

/** Steps in one timing, and how many timings: the fastest is that of an undisturbed machine. */
const STEPS = 200_000;
const TIMES = 50;
/** How long the steps run before they are timed: until the code is compiled. */
const SETTLE_MS = 30;

/** Takes the last number, so that no compiler leaves the steps out. */
const sink = new Int32Array(1);

/** Steps of a generator of random numbers, each needing the one before it. */
function takeSteps(steps: number): void {
  let state = sink[0]! | 1;
  for (let step = 0; step < steps; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  sink[0] = state;
}

/**
 * Makes a function that burns CPU time. Its steps are counted, not timed, because looking at a clock costs a good part
 * of a microsecond itself; how long a step takes is measured here, which takes some tens of milliseconds.
 *
 * @param us microseconds; a fraction is kept
 * @param burn takes so many steps
 */
export function burner(
  us: number,
  burn: (steps: number) => void = takeSteps,
  now: () => number = () => performance.now(),
): () => void {
  if (us === 0) return () => {};
  for (const endMs = now() + SETTLE_MS; now() < endMs;) burn(STEPS / 100);
  let fastestMs = Infinity;
  for (let time = 0; time < TIMES; time++) {
    const startMs = now();
    burn(STEPS);
    fastestMs = Math.min(fastestMs, now() - startMs);
  }
  const steps = Math.round(us / 1000 / fastestMs * STEPS);
  return () => burn(steps);
}
