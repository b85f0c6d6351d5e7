import assert from "node:assert/strict";
import { seededRandom } from "../record/random.ts";
import { mannWhitney, smallestP } from "./significance.ts";

/** Asserts that two numbers agree to 12 digits. */
function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-12 * expected, `${actual} is not ${expected}`);
}

/** The numbers from `first` on. */
const numbers = (first: number, length: number, step = 1): number[] =>
  Array.from({ length }, (_, index) => first + index * step);

/** Two groups without ties, of which the first has the given U. */
function groupsWithU(n: number, m: number, u: number): [a: number[], b: number[]] {
  const a = numbers(1, n);
  for (let index = n - 1, left = u; index >= 0; index--) {
    const shift = Math.min(m, left);
    a[index]! += shift;
    left -= shift;
  }
  return [a, numbers(1, n + m).filter((rank) => !a.includes(rank))];
}

Deno.test("mannWhitney() without ties agrees with scipy's exact test", () => {
  // scipy.stats.mannwhitneyu(a, b, method="exact")
  const a = [3.1, 2.7, 4.4, 3.9, 5.0, 2.2, 3.3];
  const b = [4.1, 5.6, 6.2, 4.9, 3.8, 7.0, 5.1];
  const figures: [a: number[], b: number[], u: number, p: number][] = [
    [a, b, 6, 0.01748251748251748],
    [b, a, 43, 0.01748251748251748],
    [[1, 2, 3], [4, 5, 6], 0, 0.1],
    [[1], [2], 0, 1],
    [[1, 5, 7, 8, 9], [2, 3, 4, 6, 10, 11, 12, 13], 15, 0.5236985236985237],
    [[1, 2, 3, 4], [5, 6, 7], 0, 0.05714285714285714],
  ];
  for (const [a, b, u, p] of figures) {
    const result = mannWhitney(Object.freeze(a), Object.freeze(b));
    assert.deepEqual([result.u, result.method], [u, "exact"]);
    assertNear(result.p, p);
  }
});

Deno.test("mannWhitney() has the published critical values of U at 5 %, two-sided", () => {
  // Mann and Whitney, Annals of Mathematical Statistics 18(1), 1947, and the tables made after it.
  const critical: [n: number, m: number, u: number][] = [
    [5, 5, 2],
    [5, 7, 5],
    [6, 6, 5],
    [7, 7, 8],
    [8, 8, 13],
    [10, 10, 23],
    [20, 20, 127],
  ];
  for (const [n, m, u] of critical) {
    assert.equal(mannWhitney(...groupsWithU(n, m, u)).u, u);
    assert.ok(mannWhitney(...groupsWithU(n, m, u)).p <= 0.05, `${n}, ${m}: ${u}`);
    assert.ok(mannWhitney(...groupsWithU(n, m, u + 1)).p > 0.05, `${n}, ${m}: ${u + 1}`);
  }
});

Deno.test("mannWhitney() is exact for 30 values against 30", () => {
  // deno-fmt-ignore
  const a = [0, 1, 7, 8, 11, 13, 16, 18, 19, 21, 23, 26, 27, 33, 35, 36, 37, 38, 39, 40, 43, 44, 47,
    48, 50, 52, 56, 57, 58, 59];
  const b = numbers(0, 60).filter((value) => !a.includes(value));
  const { u, p, method } = mannWhitney(a, b);
  assert.deepEqual([u, method], [527, "exact"]);
  // scipy.stats.mannwhitneyu(a, b, method="exact")
  assertNear(p, 0.2601466635102049);
});

Deno.test("mannWhitney() with ties agrees with scipy's exact permutation test of the rank sum", () => {
  // scipy.stats.permutation_test((a, b), lambda a, b, axis: rankdata(concatenate([a, b], axis),
  //   axis=axis)[..., :a.shape[-1]].sum(axis), permutation_type="independent", n_resamples=inf,
  //   vectorized=True)
  const figures: [a: number[], b: number[], u: number, p: number][] = [
    [[1, 2, 2, 3, 5], [2, 3, 4, 4, 6], 6.5, 0.2222222222222222],
    [[10, 10, 11, 12, 12, 13, 10], [11, 12, 13, 13, 14, 15, 12], 8.5, 0.04836829836829837],
    [[1, 1, 1, 2], [1, 2, 2, 2, 3, 3], 4, 0.1619047619047619],
    [[1, 1, 2], [1, 1, 1, 1, 1], 10, 0.75],
    [[0, 0, 0], [0, 0, 0, 0], 6, 1],
    [[2, 2, 3, 3, 3, 3, 3], [1, 1, 1, 2, 2, 2, 2, 2], 51, 0.006526806526806527],
  ];
  for (const [a, b, u, p] of figures) {
    const [forth, back] = [mannWhitney(a, b), mannWhitney(b, a)];
    assert.deepEqual([forth.u, back.u, forth.method], [u, a.length * b.length - u, "exact"]);
    assertNear(forth.p, p);
    assertNear(back.p, p);
  }
});

Deno.test("mannWhitney() of larger groups agrees with scipy's normal approximation", () => {
  // deno-fmt-ignore
  const a = [9.2, 8.7, 9.8, 10.4, 11.1, 10.1, 9.4, 9.2, 10.7, 11.6, 10.3, 8.8, 9.0, 11.6, 10.2, 8.3,
    9.9, 8.8, 9.4, 9.5, 9.3, 10.6, 9.9, 9.4, 10.4, 10.8, 8.4, 9.7, 9.0, 9.8, 8.7, 10.0];
  // deno-fmt-ignore
  const b = [10.5, 10.2, 9.5, 10.1, 9.4, 9.1, 10.7, 9.4, 11.7, 11.2, 8.5, 10.8, 9.4, 10.5, 10.5, 8.5,
    10.3, 10.2, 11.5, 9.3, 11.2, 9.4, 10.2, 9.7, 11.9, 11.1, 12.9, 11.1, 11.3, 11.3, 9.9, 10.4, 11.9,
    10.1, 10.7];
  // scipy.stats.mannwhitneyu(a, b, method="asymptotic")
  const figures: [a: number[], b: number[], u: number, p: number][] = [
    [a, b, 341, 0.006040412561989077],
    [numbers(0, 40, 2), numbers(5, 40, 2), 703, 0.3531111026254674],
    [Array(40).fill(1), Array(40).fill(1), 800, 1],
    [Array(40).fill(1), Array(40).fill(2), 0, 6.529240988816291e-19],
  ];
  for (const [a, b, u, p] of figures) {
    const result = mannWhitney(a, b);
    assert.deepEqual([result.u, result.method], [u, "normal"]);
    assertNear(result.p, p);
  }
});

Deno.test("mannWhitney() stays exact for a few values against many", () => {
  const { p, method } = mannWhitney([-3, -2, -1], numbers(0, 500));
  assert.equal(method, "exact");
  assertNear(p, smallestP(3, 500));
});

Deno.test("mannWhitney() ranks infinities and refuses empty groups and NaN", () => {
  assertNear(mannWhitney([-Infinity, 1, 2], [3, 4, Infinity]).p, 0.1);
  assert.throws(() => mannWhitney([], [1]), RangeError);
  assert.throws(() => mannWhitney([1], []), RangeError);
  assert.throws(() => mannWhitney([1, NaN], [2]), RangeError);
});

Deno.test("mannWhitney() errs in at most 5 % of comparisons of like with like", () => {
  const random = seededRandom(4);
  const rounds = 4000;
  for (const [n, m, values] of [[7, 7, Infinity], [5, 9, Infinity], [7, 7, 5]] as const) {
    const draw = (): number => values === Infinity ? random() : Math.floor(random() * values);
    let wrong = 0;
    for (let round = 0; round < rounds; round++) {
      const [a, b] = [Array.from({ length: n }, draw), Array.from({ length: m }, draw)];
      if (mannWhitney(a, b).p <= 0.05) wrong++;
    }
    // Four standard errors above 5 % are 6.4 %; the test is discrete and so stays below 5 %.
    assert.ok(wrong / rounds <= 0.05 && wrong / rounds > 0.025, `${n}, ${m}: ${wrong / rounds}`);
  }
});

Deno.test("smallestP() is that of groups that do not overlap", () => {
  for (const [n, m] of [[3, 3], [3, 4], [4, 4], [5, 5], [7, 7], [2, 30], [30, 30]] as const) {
    assertNear(smallestP(n, m), mannWhitney(numbers(0, n), numbers(n, m)).p);
  }
  assert.equal(smallestP(1, 1), 1);
  assert.equal(smallestP(1, 3), 0.5);
  assert.equal(smallestP(7, 7), 2 / 3432);
  assert.equal(smallestP(1000, 1000), 0, "too small for a number");
});

Deno.test("smallestP() refuses sizes that are not positive integers", () => {
  for (const size of [0, -1, 2.5, NaN]) {
    assert.throws(() => smallestP(size, 3), RangeError);
    assert.throws(() => smallestP(3, size), RangeError);
  }
});
