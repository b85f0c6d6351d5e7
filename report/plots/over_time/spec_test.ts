import assert from "node:assert/strict";
import { isThinned, movingAverage, outline, overTimeSpec } from "./spec.ts";
import { PLOTTED } from "../testdata.ts";

Deno.test("movingAverage() is the mean of the values around each", () => {
  assert.deepEqual(movingAverage([1, 2, 6, 3], 3), [1.5, 3, 11 / 3, 4.5]);
  assert.deepEqual(movingAverage([1, 2, 6], 1), [1, 2, 6]);
  assert.deepEqual(movingAverage([1, 3, 5], 2), [1, 2, 4]);
  assert.deepEqual(movingAverage([1, 2, 6], 99), [3, 3, 3]);
  assert.deepEqual(movingAverage([], 3), []);
});

Deno.test("movingAverage() throws for a window that is no positive integer", () => {
  for (const window of [0, -1, 1.5, NaN]) {
    assert.throws(() => movingAverage([1], window), RangeError);
  }
});

Deno.test("outline() keeps the least and the largest of each part", () => {
  const values = Array.from({ length: 1000 }, (_, index) => index % 10);
  values[500] = 99;
  const kept = outline(values, 100);
  assert.ok(kept.length <= 100);
  assert.ok(kept.includes(500));
  assert.deepEqual(kept, kept.toSorted((a, b) => a - b));
  assert.deepEqual(outline([3, 1, 2], 3), [0, 1, 2]);
});

Deno.test("overTimeSpec() draws a bounded number of points, and no average across stretches", () => {
  const values = Array.from({ length: 50_000 }, (_, index) => index);
  const one = {
    name: "Deno.serve",
    stretches: [{ x: values, y: values }, { x: [60_000], y: [1] }],
  };
  assert.equal(isThinned(one), true);
  const spec = overTimeSpec(PLOTTED, [one], 3, { x: "Time", y: "Latency" });
  const { values: data } = spec.data as { values: { stretch: number; y: number }[] };
  assert.ok(data.length < 4000);
  assert.deepEqual(data.filter(({ stretch }) => stretch === 1).map(({ y }) => y), [1, 1]);
});
