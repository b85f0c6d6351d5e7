import assert from "node:assert/strict";
import { type ClockReading, compareClock, driftBetween, oursOf } from "./clock.ts";

/** A clock that a test moves, and another one that shows more and goes at another rate. */
function clocks(aheadMs: number, rate: number = 1) {
  let nowMs = 1000;
  return {
    now: () => nowMs,
    pass: (ms: number) => nowMs += ms,
    theirs: () => (nowMs - 1000) * rate + 1000 + aheadMs,
  };
}

Deno.test("compareClock() believes the shortest round trip, and says half of it as the error", async () => {
  const { now, pass, theirs } = clocks(3_600_000);
  // There and back, in milliseconds.
  const trips = [[5, 1], [0.2, 0.4], [0, 7], [2, 2]];
  const found = await compareClock(
    () => {
      const [there, back] = trips.shift()!;
      pass(there!);
      const atMs = theirs();
      pass(back!);
      return Promise.resolve({ atMs });
    },
    now,
    trips.length,
  );
  assert.ok(Math.abs(found.errorMs - 0.3) < 1e-9, `${found.errorMs}`);
  assert.ok(Math.abs(found.offsetMs - 3_600_000) <= found.errorMs, `${found.offsetMs}`);
  assert.ok(Math.abs(found.atMs - 1006.3) < 1e-9, `${found.atMs}`);
});

Deno.test("compareClock() adds what the other side does not know itself", async () => {
  const { now, pass, theirs } = clocks(-20);
  const found = await compareClock(
    () => {
      pass(1);
      return Promise.resolve({ atMs: theirs() - 0.5, errorMs: 0.25 });
    },
    now,
    3,
  );
  assert.equal(found.errorMs, 0.75);
});

const before: ClockReading = { atMs: 1000, offsetMs: 500, errorMs: 0.1 };

Deno.test("driftBetween() is what a clock gained, and nothing within the errors", () => {
  const after = (offsetMs: number): ClockReading => ({ atMs: 2000, offsetMs, errorMs: 0.2 });
  assert.equal(driftBetween(before, after(510)), 0.01);
  assert.equal(driftBetween(before, after(490)), -0.01);
  assert.equal(driftBetween(before, after(500.25)), 0);
});

Deno.test("oursOf() finds the time of an event that the other clock has", () => {
  assert.equal(oursOf(1700, before), 1200);
  // One per cent fast: 400 ms after the comparison it shows 404 more.
  const after = { atMs: 2000, offsetMs: 510, errorMs: 0.2 };
  assert.ok(Math.abs(oursOf(1500 + 404, before, after) - 1400) < 1e-6);
});
