/** A clock that goes on when nothing else can happen: a test waits for nothing. */

import { setImmediate } from "node:timers";
import type { Clock } from "../driver/clock.ts";

interface Timer {
  readonly time: number;
  readonly fire: () => void;
}

/** A clock for what happens in this process alone. */
export function createTestClock(): Clock {
  const timers = new Set<Timer>();
  let now = 0;
  let isPending = false;

  /** When this is called, all that could go on without time has. */
  function go(): void {
    isPending = false;
    const next = [...timers].reduce<Timer | undefined>(
      (first, one) => first === undefined || one.time < first.time ? one : first,
      undefined,
    );
    if (next === undefined) return;
    now = Math.max(now, next.time);
    timers.delete(next);
    next.fire();
    schedule();
  }

  function schedule(): void {
    if (isPending) return;
    isPending = true;
    setImmediate(go);
  }

  return {
    now: () => now,
    after(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = { time: now + ms, fire: resolve };
      timers.add(timer);
      schedule();
      return { over: promise, [Symbol.dispose]: () => timers.delete(timer) };
    },
  };
}
