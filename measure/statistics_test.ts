import assert from "node:assert/strict";
import { median } from "./statistics.ts";

Deno.test("median() is the middle value, or the mean of the middle two", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([10, 9, 100]), 10, "numbers are not sorted as text");
  assert.ok(Number.isNaN(median([])));
});

Deno.test("median() leaves its input alone", () => {
  assert.equal(median(Object.freeze([2, 1, 3])), 2);
});
