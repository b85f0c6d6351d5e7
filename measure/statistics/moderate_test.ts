import assert from "node:assert/strict";
import { moderate } from "./moderate.ts";

const ofOneKind = (variances: readonly number[], df = 6) =>
  moderate(variances.map((variance) => ({ variance, df, kind: "rates" })));

const rounded = (all: readonly { variance: number }[]): number[] =>
  all.map(({ variance }) => Number(variance.toFixed(6)));

// Computed with scipy (digamma, polygamma, brentq), and the same as limma's squeezeVar but for the cap.
Deno.test("moderate() draws variances that differ a little", () => {
  const moderated = ofOneKind([0.010, 0.015, 0.020, 0.030, 0.040, 0.060, 0.090, 0.160]);
  assert.deepEqual(
    rounded(moderated),
    [0.021595, 0.024299, 0.027003, 0.032412, 0.037821, 0.048638, 0.064863, 0.102724],
  );
  assert.ok(Math.abs(moderated[0]!.df - (6 + 5.0934676359)) < 1e-9);
});

Deno.test("moderate() draws variances that hardly differ no further than the cap lets it", () => {
  const moderated = ofOneKind([0.010, 0.012, 0.014, 0.015, 0.016, 0.017, 0.018, 0.020]);
  assert.deepEqual(
    rounded(moderated),
    [0.013782, 0.014532, 0.015282, 0.015657, 0.016032, 0.016407, 0.016782, 0.017532],
  );
  assert.ok(moderated.every(({ df }) => df === 16));
});

Deno.test("moderate() leaves fewer than eight as they are, and those of which each is a kind", () => {
  assert.deepEqual(ofOneKind([1, 2, 3, 4, 5, 6, 7]).map(({ variance, df }) => [variance, df]), [
    [1, 6],
    [2, 6],
    [3, 6],
    [4, 6],
    [5, 6],
    [6, 6],
    [7, 6],
  ]);
  const each = [1, 2, 3, 4, 5, 6, 7, 8].map((variance) => ({
    variance,
    df: 4,
    kind: `${variance}`,
  }));
  assert.deepEqual(moderate(each), each.map(({ variance, df }) => ({ variance, df })));
});

Deno.test("moderate() draws each kind to a centre of its own", () => {
  const two = [1, 100].flatMap((scale) =>
    [1, 1.1, 1.2, 0.9, 0.8].map((one) => ({ variance: scale * one, df: 6, kind: `${scale}` }))
  );
  const moderated = moderate(two);
  for (let index = 0; index < 5; index++) {
    const ratio = moderated[index + 5]!.variance / moderated[index]!.variance;
    assert.ok(Math.abs(ratio - 100) < 1e-9);
  }
});
