import assert from "node:assert/strict";
import { seededRandom, shuffled } from "./random.ts";

Deno.test("seededRandom() gives the same numbers for the same seed", () => {
  const [a, b, other] = [seededRandom(42), seededRandom(42), seededRandom(43)];
  const numbers = Array.from({ length: 5 }, a);
  assert.deepEqual(Array.from({ length: 5 }, b), numbers);
  assert.notDeepEqual(Array.from({ length: 5 }, other), numbers);
});

Deno.test("seededRandom() is spread evenly over [0, 1)", () => {
  const random = seededRandom(1);
  const counts = new Array(10).fill(0);
  for (let index = 0; index < 100_000; index++) counts[Math.floor(random() * 10)]++;
  // Chi-squared with 9 degrees of freedom: 27.9 is exceeded once in 1,000 (scipy.stats.chi2.ppf(0.999, 9)).
  const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert.ok(chiSquared < 27.9, String(chiSquared));
});

Deno.test("shuffled() keeps every item and leaves its input alone", () => {
  const items = Object.freeze(Array.from({ length: 100 }, (_, index) => index));
  const result = shuffled(items, seededRandom(7));
  assert.notDeepEqual(result, items);
  assert.deepEqual(result.toSorted((a, b) => a - b), items);
});

Deno.test("shuffled() gives every order equally often", () => {
  const random = seededRandom(8);
  const counts = new Map<string, number>();
  for (let index = 0; index < 60_000; index++) {
    const order = shuffled(["a", "b", "c"], random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 6);
  // scipy.stats.chi2.ppf(0.999, 5) = 20.5
  const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
  assert.ok(chiSquared < 20.5, String(chiSquared));
});
