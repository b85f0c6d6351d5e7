import assert from "node:assert/strict";
import { seededRandom } from "../record/random.ts";
import { holm, largest, median, quantile, smallest } from "./statistics.ts";

/** Asserts that the numbers agree but for rounding. */
function assertNear(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  const near = actual.every((value, at) => Math.abs(value - expected[at]!) < 1e-12);
  assert.ok(near, `${actual} is not ${expected}`);
}

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

Deno.test("holm() multiplies by the number of hypotheses left, in the order given", () => {
  // By hand: ascending 0.005·4, 0.01·3, 0.03·2, 0.04·1, the last raised to the one before it.
  assertNear(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
  // By hand: 0.01·3, 0.02·2 and 0.03·1.
  assertNear(holm([0.01, 0.02, 0.03]), [0.03, 0.04, 0.04]);
});

Deno.test("holm() treats equal p alike, goes up to 1 and leaves a lone p as it is", () => {
  assertNear(holm([0.02, 0.5, 0.02]), [0.06, 0.5, 0.06]);
  assert.deepEqual(holm([0.6, 0.9, 0.4]), [1, 1, 1]);
  assert.deepEqual(holm(Object.freeze([0.03])), [0.03]);
  assert.deepEqual(holm([]), []);
});

Deno.test("holm() keeps the order of the p values and lowers none", () => {
  const random = seededRandom(2);
  for (let round = 0; round < 200; round++) {
    const ps = Array.from({ length: 1 + Math.floor(random() * 12) }, () => random() ** 4);
    const adjusted = holm(ps);
    const ascending = [...ps.keys()].sort((a, b) => ps[a]! - ps[b]!);
    for (const [rank, at] of ascending.entries()) {
      assert.ok(adjusted[at]! >= ps[at]! && adjusted[at]! <= 1);
      if (rank > 0) assert.ok(adjusted[at]! >= adjusted[ascending[rank - 1]!]!);
    }
  }
});

Deno.test("holm() errs in at most 5 % of the families whose hypotheses are all true", () => {
  const random = seededRandom(3);
  const families = 4000;
  let wrong = 0;
  for (let family = 0; family < families; family++) {
    if (Math.min(...holm(Array.from({ length: 6 }, random))) <= 0.05) wrong++;
  }
  // 1 − (1 − 0.05 / 6)^6 = 4.9 %; four standard errors are 1.4 %.
  assert.ok(wrong / families < 0.063 && wrong / families > 0.035, String(wrong / families));
});

Deno.test("holm() refuses what is not a probability", () => {
  for (const p of [-0.1, 1.1, NaN]) assert.throws(() => holm([0.5, p]), RangeError);
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
