import assert from "node:assert/strict";
import { mock } from "node:test";
import { setImmediate } from "node:timers";
import { GONE_MS } from "./broker/connect.ts";
import { SilenceError } from "./bus.ts";
import { holdLease } from "./lease.ts";

/** What NATS takes to be believed that nobody is there: three times in a row, 50 ms apart. */
const BELIEVED_MS = 100;
/** Within which the load of an agent ends when its coordinator was killed, in milliseconds. */
const BOUND_MS = 1000;

/** That a lease is over, and when. */
interface Ended {
  readonly reason: string | undefined;
  readonly atMs: number;
}

/** A coordinator that answers until it is killed, and a clock that a test moves. */
function underFakeClock(answerMs: number = 1) {
  mock.timers.enable({ apis: ["setTimeout"] });
  const over = new AbortController();
  let nowMs = 0;
  let killedMs = Infinity;
  let isSteady = true;
  let hasLoad = true;
  let ended: Ended | undefined;
  const lease = holdLease({
    ask() {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (killedMs <= nowMs) {
        setTimeout(() => reject(new SilenceError("it is gone", true)), BELIEVED_MS);
      } else {
        if (answerMs < Infinity) setTimeout(() => nowMs < killedMs && resolve(), answerMs);
        // A question whose answer was lost is given up after a second.
        setTimeout(() => reject(new SilenceError("it did not answer for 1 s", false)), 1000);
      }
      return promise;
    },
    isSteady: () => isSteady,
    hasLoad: () => hasLoad,
    signal: over.signal,
    now: () => nowMs,
  }).then((reason) => ended = { reason, atMs: nowMs });
  return {
    over,
    lease,
    kill: () => killedMs = nowMs,
    setSteady: (steady: boolean) => isSteady = steady,
    setLoad: (load: boolean) => hasLoad = load,
    get ended(): Ended | undefined {
      return ended;
    },
    /** Lets time pass, until the lease is over. */
    async pass(ms: number): Promise<void> {
      for (const endMs = nowMs + ms; nowMs < endMs && ended === undefined; nowMs++) {
        mock.timers.tick(1);
        await new Promise((go) => setImmediate(go));
      }
    },
    [Symbol.dispose]: () => mock.timers.reset(),
  };
}

Deno.test("holdLease() knows within a second that its coordinator was killed, whenever that was", async () => {
  for (const killedMs of [700, 745, 750, 751, 753, 800, 900, 990, 999]) {
    using at = underFakeClock();
    await at.pass(killedMs);
    at.kill();
    await at.pass(2 * BOUND_MS);
    assert.equal(at.ended?.reason, "its coordinator is gone");
    const tookMs = at.ended!.atMs - killedMs;
    // A beat, and what it takes to be believed; the rest of the second is for the machine.
    assert.ok(tookMs <= 250 + BELIEVED_MS + 5, `${killedMs}: ${tookMs}`);
    assert.ok(tookMs < BOUND_MS);
  }
});

Deno.test("holdLease() is patient with a coordinator that takes long to answer", async () => {
  using slow = underFakeClock(900);
  await slow.pass(3 * GONE_MS);
  assert.equal(slow.ended, undefined);
  slow.over.abort();
  await slow.lease;
  assert.equal(slow.ended!.reason, undefined);
});

Deno.test("holdLease() does not believe NATS that has just come back, but gives up after 5 s", async () => {
  using at = underFakeClock();
  await at.pass(300);
  at.setSteady(false);
  at.kill();
  await at.pass(GONE_MS - 500);
  assert.deepEqual(at.ended, undefined as Ended | undefined);
  await at.pass(1000);
  await at.lease;
  assert.deepEqual(at.ended?.reason, "its coordinator was not heard for 5 s");
});

Deno.test("holdLease() waits longer for a coordinator that is not heard while there is no load", async () => {
  using at = underFakeClock(Infinity);
  at.setLoad(false);
  await at.pass(2 * GONE_MS);
  assert.deepEqual(at.ended, undefined as Ended | undefined);
  at.setLoad(true);
  await at.pass(BOUND_MS);
  await at.lease;
  assert.deepEqual(at.ended?.reason, "its coordinator was not heard for 5 s");
});
