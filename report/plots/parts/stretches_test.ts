import assert from "node:assert/strict";
import { averageInWords, movingAverage, outline, reading, windowOf } from "./stretches.ts";

Deno.test("movingAverage() is the mean of the values around each", () => {
  assert.deepEqual(movingAverage([1, 2, 6, 3], 3), [1.5, 3, 11 / 3, 4.5]);
  assert.deepEqual(movingAverage([1, 2, 6], 1), [1, 2, 6]);
  assert.deepEqual(movingAverage([1, 3, 5], 2), [1, 2, 4]);
  assert.deepEqual(movingAverage([1, 2, 6], 99), [3, 3, 3]);
  assert.deepEqual(movingAverage([], 3), []);
});

Deno.test("movingAverage() throws for a window that is not a positive integer", () => {
  for (const window of [0, -1, 1.5, NaN]) {
    assert.throws(() => movingAverage([1], window), RangeError);
  }
});

Deno.test("outline() keeps the smallest and the largest of each part", () => {
  const values = Array.from({ length: 1000 }, (_, index) => index % 10);
  values[500] = 99;
  const kept = outline(values, 100);
  assert.ok(kept.length <= 100);
  assert.ok(kept.includes(500));
  assert.deepEqual(kept, kept.toSorted((a, b) => a - b));
  assert.deepEqual(outline([3, 1, 2], 3), [0, 1, 2]);
});

const series = (length: number) => ({
  name: "ws",
  stretches: [{
    x: Array.from({ length }, (_, at) => at),
    y: Array.from({ length }, (_, at) => at),
  }],
});

Deno.test("windowOf() is a tenth of the longest stretch, but at least 5", () => {
  assert.equal(windowOf([series(10)]), 5);
  assert.equal(windowOf([series(10), series(1000)]), 100);
});

Deno.test("reading() says what a point is, and when points are missing", () => {
  assert.deepEqual(reading([series(3)], 5, "a message"), [
    "Each point is a message; lines: mean of 5 points around each.",
  ]);
  assert.equal(reading([series(9999)], 5, "a message").length, 2);
});

Deno.test("averageInWords() has the mean and the range of the average", () => {
  assert.equal(
    averageInWords(series(5), 3),
    "ws: mean of the points 2.00, moving average 0.500 to 3.50.",
  );
});
