import assert from "node:assert/strict";
import { lengthOfRate, outside, overlapOf, spreadOf, type TimedWindow } from "./overlap.ts";

/** A window with so many replies in each slice of 100 ms. */
function windowAt(startMs: number, ...counts: readonly number[]): TimedWindow {
  return {
    window: { startMs, endMs: startMs + 100 * counts.length },
    timeline: counts.map((count, index) => ({ atMs: 100 * index, lengthMs: 100, count })),
  };
}

Deno.test("overlapOf() is what all windows have in common, and spreadOf() how far their begins are apart", () => {
  const spans = [{ startMs: 0, endMs: 100 }, { startMs: 30, endMs: 140 }, {
    startMs: 20,
    endMs: 90,
  }];
  assert.deepEqual(overlapOf(spans), { startMs: 30, endMs: 90 });
  assert.equal(spreadOf(spans), 30);
  assert.deepEqual(
    overlapOf([{ startMs: 0, endMs: 10 }, { startMs: 30, endMs: 40 }]),
    { startMs: 30, endMs: 30 },
  );
});

Deno.test("outside() takes slices whole, and of one that is cut the share of its length", () => {
  const one = windowAt(1000, 10, 20, 40);
  assert.equal(outside(one, { startMs: 1000, endMs: 1300 }), 0);
  assert.equal(outside(one, { startMs: 1100, endMs: 1300 }), 10);
  assert.equal(outside(one, { startMs: 1125, endMs: 1250 }), 10 + 5 + 20);
  assert.equal(outside(one, { startMs: 2000, endMs: 2100 }), 70);
});

Deno.test("lengthOfRate() gives the rate of the time that all windows shared, and of no other", () => {
  // The first is alone for two slices, the second for two at the end: only in the five between did both run.
  const windows = [
    windowAt(0, 1, 1, 7, 7, 7, 7, 7),
    windowAt(200, 3, 3, 3, 3, 3, 900, 900),
  ];
  const all = windows.flatMap(({ timeline }) => timeline).reduce(
    (sum, { count }) => sum + count,
    0,
  );
  const lengthMs = lengthOfRate(windows);
  assert.equal(all / lengthMs, (5 * 7 + 5 * 3) / 500);
});

Deno.test("lengthOfRate() is the length of windows that are the same, whatever was counted", () => {
  assert.equal(lengthOfRate([windowAt(0, 1, 2), windowAt(0, 5, 0)]), 200);
  assert.equal(lengthOfRate([windowAt(0, 0, 0), windowAt(0, 0, 0)]), 200);
});
