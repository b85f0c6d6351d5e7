import assert from "node:assert/strict";
import { normalCdf, normalQuantile } from "./normal.ts";

/** Asserts that two numbers agree but for a share of their size. */
function assertNear(actual: number, expected: number, share: number): void {
  assert.ok(Math.abs(actual - expected) <= share * Math.abs(expected), `${actual}, ${expected}`);
}

Deno.test("normalCdf() agrees with scipy, in both tails too", () => {
  // scipy.stats.norm.cdf(z)
  const figures: [z: number, probability: number][] = [
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-1.9, 0.028716559816001803],
    [2, 0.9772498680518208],
    [-2, 0.022750131948179195],
    [-3, 0.0013498980316300933],
    [-5.7, 5.99037140106353e-9],
    [8, 0.9999999999999993],
    [-8.3, 5.2055697448902465e-17],
    [-20, 2.7536241186061556e-89],
    [-37.5, 4.605353009581954e-308],
  ];
  for (const [z, probability] of figures) assertNear(normalCdf(z), probability, 1e-13);
});

Deno.test("normalCdf() has no step where the formula changes", () => {
  for (const z of [-2, 2]) {
    const step = normalCdf(z + 1e-9) - normalCdf(z - 1e-9);
    // scipy.stats.norm.pdf(2) * 2e-9
    assert.ok(Math.abs(step - 0.05399096651318806 * 2e-9) < 1e-15, String(step));
  }
});

Deno.test("normalCdf() at the ends and of NaN", () => {
  assert.equal(normalCdf(-Infinity), 0);
  assert.equal(normalCdf(Infinity), 1);
  assert.ok(Number.isNaN(normalCdf(NaN)));
});

Deno.test("normalQuantile() agrees with scipy, far into the tails too", () => {
  // scipy.stats.norm.ppf(p)
  const figures: [p: number, z: number][] = [
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.925, 1.4395314709384563],
    [0.93, 1.475791028179171],
    [0.975, 1.959963984540054],
    [0.025, -1.9599639845400545],
    [0.001, -3.090232306167813],
    [1e-6, -4.753424308822899],
    [1e-11, -6.706023155495137],
    [1e-12, -7.034483825301131],
    [1e-100, -21.273453560965322],
    [1e-300, -37.0470962993612],
    [5e-324, -38.467405617144344],
    [0.9999999999999999, 8.209536151601387],
  ];
  for (const [p, z] of figures) assertNear(normalQuantile(p), z, 1e-14);
});

Deno.test("normalQuantile() is the inverse of normalCdf()", () => {
  for (let z = -30; z <= 5; z += 0.125) {
    assert.ok(Math.abs(normalQuantile(normalCdf(z)) - z) < 1e-9, String(z));
  }
});

Deno.test("normalQuantile() is infinite at the ends and refuses what is not a probability", () => {
  assert.equal(normalQuantile(0), -Infinity);
  assert.equal(normalQuantile(1), Infinity);
  for (const p of [-0.1, 1.1, NaN]) assert.throws(() => normalQuantile(p), RangeError);
});
