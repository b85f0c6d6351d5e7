import assert from "node:assert/strict";
import { seededRandom } from "../record/random.ts";
import { largest, median, quantile, smallest } from "./statistics.ts";

Deno.test("median() is the middle value, or the mean of the middle two", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([10, 9, 100]), 10, "numbers are not sorted as text");
  assert.ok(Number.isNaN(median([])));
});

Deno.test("median() leaves its input alone", () => {
  assert.equal(median(Object.freeze([2, 1, 3])), 2);
});

Deno.test("median() agrees with sorting, for any number of values and with ties", () => {
  const random = seededRandom(1);
  for (let count = 1; count <= 200; count++) {
    const values = Array.from({ length: count }, () => Math.floor(random() * count));
    assert.equal(median(values), quantile(values, 0.5), `${values}`);
  }
});

Deno.test("median() is NaN if a value is, and sorts infinities to the ends", () => {
  for (const values of [[NaN, 1, 2], [1, NaN, 2], [1, 2, NaN]]) {
    assert.ok(Number.isNaN(median(values)));
  }
  assert.equal(median([-Infinity, 3, Infinity]), 3);
});

Deno.test("quantile() interpolates as numpy does", () => {
  // numpy.quantile([15, 20, 35, 40, 50, 3.5], q)
  const figures: [q: number, value: number][] = [
    [0, 3.5],
    [0.05, 6.375],
    [0.25, 16.25],
    [0.4, 20],
    [0.5, 27.5],
    [0.9, 45],
    [1, 50],
  ];
  for (const [q, value] of figures) {
    assert.equal(quantile(Object.freeze([15, 20, 35, 40, 50, 3.5]), q), value);
  }
  assert.equal(quantile([7], 0.3), 7);
  assert.equal(quantile([1, Infinity, Infinity], 0.75), Infinity);
});

Deno.test("quantile() is NaN for no values or a NaN, and refuses a share outside 0…1", () => {
  assert.ok(Number.isNaN(quantile([], 0.5)));
  assert.ok(Number.isNaN(quantile([1, NaN, 2], 0)));
  for (const q of [-0.01, 1.01, NaN]) assert.throws(() => quantile([1], q), RangeError);
});

Deno.test("largest() and smallest() take more values than a call takes arguments", () => {
  const values = Array.from({ length: 1_000_000 }, (_, index) => index - 10);
  assert.deepEqual([largest(values), smallest(values)], [999_989, -10]);
});

Deno.test("largest() and smallest() have a limit, which they return for no values", () => {
  assert.deepEqual([largest([], 0), largest([-1], 0), largest([2], 0)], [0, 0, 2]);
  assert.deepEqual([smallest([], 0), smallest([1], 0), smallest([-2], 0)], [0, 0, -2]);
  assert.deepEqual([largest([]), smallest([])], [-Infinity, Infinity]);
  assert.deepEqual([largest([1, NaN, 2]), smallest([1, NaN, 2])], [NaN, NaN]);
});
