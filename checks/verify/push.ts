import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { count, near, percentileMs } from "./words.ts";

/** Messages per second of the stream. */
const RATE = 100;
/** Each so many-th is left out: one in the trial. */
const EVERY = 80;
const DELAY_MS = 20;
const DURATION_MS = 1000;
/** How many messages more or less may come in the window: one is left out, and some are late. */
const TOLERANCE = 3;

/** A server that sends by itself, and leaves one message out. */
export const push: Check = {
  id: "push",
  title: `What a server sends by itself: ${RATE} a second, one left out, each ${DELAY_MS} ms late`,
  async *run({ trial }: Bench): AsyncGenerator<CheckFinding> {
    const done = await trial({
      server: knownServer("push", "push", { drop: EVERY, delayMs: DELAY_MS }),
      parameters: { connections: 1, pushRate: RATE, size: 64 },
      durationMs: DURATION_MS,
    });
    const { sent, lost, duplicated, reordered, corrupted } = done.integrity;
    const leftOut = Math.floor(sent / EVERY);
    yield {
      what: `left out, of ${count(sent)} messages`,
      expected: `${leftOut} lost, none wrong`,
      measured: `${lost} lost, ${duplicated + reordered + corrupted || "none"} wrong`,
      holds: lost === leftOut && duplicated + reordered + corrupted === 0,
    };
    const rate = done.counts.replies / done.phases.windowMs * 1000;
    const holds = Math.abs(rate - RATE) <= TOLERANCE;
    yield {
      what: "messages per second",
      expected: `${RATE - TOLERANCE} to ${RATE + TOLERANCE}`,
      measured: rate.toFixed(1),
      holds,
      isExcusable: !holds,
    };
    const intervalMs = 1000 / RATE;
    yield near("gap p50", percentileMs(done, "gap", 50), intervalMs, 3);
    yield near("gap max, where one is left out", percentileMs(done, "gap", 100), 2 * intervalMs, 4);
    yield near("age p50", percentileMs(done, "age", 50), DELAY_MS, 2);
  },
};
