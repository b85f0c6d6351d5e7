/** The time of a case: a test has one of its own, which does not pass by itself. */

/** A wait; leaving its scope gives it up. */
export interface ClockWait extends Disposable {
  /** Resolves when the time is over. */
  readonly over: Promise<void>;
}

/** What tells the time, in milliseconds. */
export interface Clock {
  now(): number;
  after(ms: number): ClockWait;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.max(0, ms));
    return { over: promise, [Symbol.dispose]: () => clearTimeout(timer) };
  },
};
