import assert from "node:assert/strict";
import { medianInterval } from "./median_interval.ts";
import { seededRandom } from "../record/random.ts";

// An independent implementation in Python over scipy.stats.binom (levels by its cdf, the weight as printed in the paper).
for (
  const [values, confidence, low, high] of [
    [[3.1, 2.7, 9.4, 4.4, 5.0, 4.1, 3.3], 0.95, 2.9933333333333336, 6.173333333333332],
    [[3.1, 2.7, 9.4, 4.4, 5.0, 4.1, 3.3], 0.9, 3.0811764705882356, 5.207058823529413],
    [[12, 15, 11, 19, 14, 10, 30, 13, 12.5, 17], 0.95, 11.657657657657658, 17.684684684684683],
    [[1, 2, 4, 8, 16, 32], 0.95, 1.3571428571428577, 26.285714285714278],
    [[1, 2, 4, 8, 16, 32], 0.9, 1.7432432432432432, 20.10810810810811],
    [
      Array.from({ length: 30 }, (_, index) => index + 1),
      0.95,
      10.228711498709888,
      20.771288501290112,
    ],
  ] as const
) {
  Deno.test(`medianInterval() of ${values.length} values at ${confidence}`, () => {
    const found = medianInterval(values, confidence)!;
    assert.ok(Math.abs(found.low - low) < 1e-12, `${found.low}`);
    assert.ok(Math.abs(found.high - high) < 1e-12, `${found.high}`);
  });
}

Deno.test("medianInterval() is undefined for fewer than five values", () => {
  assert.equal(medianInterval([1, 2, 3, 4]), undefined);
  assert.deepEqual(medianInterval([5, 1, 4, 2, 3]), { low: 1, high: 5 });
});

Deno.test("medianInterval() holds its level, for skewed values too", () => {
  const random = seededRandom(11);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const trials = 4000;
  for (const draw of [normal, () => Math.exp(normal()) - 1]) {
    for (const rounds of [6, 7, 10]) {
      let enclosed = 0;
      for (let trial = 0; trial < trials; trial++) {
        const { low, high } = medianInterval(Array.from({ length: rounds }, draw))!;
        if (low <= 0 && 0 <= high) enclosed++;
      }
      // The standard error is 0.35 %.
      assert.ok(Math.abs(enclosed / trials - 0.95) < 0.015, `${rounds}: ${enclosed / trials}`);
    }
  }
});

Deno.test("medianInterval() of a thousand values is finite and narrow", () => {
  const { low, high } = medianInterval(Array.from({ length: 1000 }, (_, index) => index))!;
  assert.ok(465 < low && low < 475 && 525 < high && high < 535, `${low} ${high}`);
});
