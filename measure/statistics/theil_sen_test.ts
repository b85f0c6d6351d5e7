import assert from "node:assert/strict";
import { seededRandom } from "../record/random.ts";
import { theilSen } from "./theil_sen.ts";

Deno.test("theilSen() gives the slope of a line", () => {
  assert.equal(theilSen([0, 1, 2, 4], [1, 3, 5, 9]), 2);
  assert.equal(theilSen([4, 2, 1, 0], [9, 5, 3, 1]), 2);
});

Deno.test("theilSen() is not misled by a quarter of outliers, as least squares would be", () => {
  const xs = Array.from({ length: 40 }, (_, index) => index);
  const ys = xs.map((x) => x >= 30 ? 1e6 : 3 * x);
  assert.ok(Math.abs(theilSen(xs, ys) - 3) < 60, String(theilSen(xs, ys)));
});

Deno.test("theilSen() finds no slope in noise", () => {
  const random = seededRandom(4);
  const xs = Array.from({ length: 200 }, (_, index) => index);
  assert.ok(Math.abs(theilSen(xs, xs.map(() => random()))) < 0.001);
});

Deno.test("theilSen() leaves pairs at one place out", () => {
  assert.equal(theilSen([1, 1, 2], [5, 7, 8]), 2);
});

Deno.test("theilSen() has no slope for fewer than two places", () => {
  for (const xs of [[], [1], [1, 1]]) assert.ok(Number.isNaN(theilSen(xs, xs)));
});

Deno.test("theilSen() throws a RangeError for lists of different lengths", () => {
  assert.throws(() => theilSen([1, 2], [1]), RangeError);
});
