import { build } from "hdr-histogram-js";
import assert from "node:assert/strict";
import { HIGHEST_NS, Histogram, readStatistic } from "./histogram.ts";
import { seededRandom } from "./random.ts";

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** Durations from a nanosecond to a minute, each order of magnitude equally often. */
function spreadValues(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => Math.floor(Math.exp(random() * Math.log(60e9))));
}

Deno.test("Histogram agrees with hdr-histogram-js in every figure", () => {
  const values = spreadValues(20_000, 1);
  const ours = histogramOf(values);
  const theirs = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_NS,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 64,
  });
  for (const value of values) theirs.recordValue(value);
  for (const percentile of [0.01, 1, 10, 50, 75, 90, 99, 99.9, 99.99, 100]) {
    assert.equal(
      ours.percentile(percentile),
      theirs.getValueAtPercentile(percentile),
      `p${percentile}`,
    );
  }
  assert.equal(ours.count, theirs.totalCount);
  assert.equal(ours.max, theirs.getValueAtPercentile(100));
  assert.ok(Math.abs(ours.mean / theirs.mean - 1) < 1e-12);
  assert.ok(Math.abs(ours.standardDeviation / theirs.stdDeviation - 1) < 1e-12);
});

Deno.test("Histogram keeps three significant digits over its whole range", () => {
  for (
    const value of [...spreadValues(10_000, 2), 1, 2047, 2048, 2049, 2 ** 31 - 1, 2 ** 31, 60e9]
  ) {
    const histogram = histogramOf([value]);
    assert.ok(histogram.min <= value && value <= histogram.max, String(value));
    assert.ok(histogram.max - histogram.min <= value / 1000, String(value));
  }
});

Deno.test("Histogram.percentile() is the nearest rank", () => {
  // Ranks by definition: the k-th smallest with k = ceil(p/100 · n).
  const histogram = histogramOf(Array.from({ length: 1000 }, (_, index) => index + 1));
  assert.equal(histogram.percentile(50), 500);
  assert.equal(histogram.percentile(99.9), 999);
  assert.equal(histogram.percentile(99.91), 1000);
  assert.equal(histogram.percentile(0.05), 1);
  assert.equal(histogramOf([7]).percentile(99), 7);
});

Deno.test("Histogram.mean and standardDeviation are exact below 2 µs", () => {
  // numpy: mean([2, 4, 4, 4, 5, 5, 7, 9]) = 5, std = 2
  const histogram = histogramOf([2, 4, 4, 4, 5, 5, 7, 9]);
  assert.equal(histogram.mean, 5);
  assert.equal(histogram.standardDeviation, 2);
});

Deno.test("Histogram.merge() gives what recording all values in one gives", () => {
  const [a, b] = [spreadValues(3000, 3), spreadValues(5000, 4)];
  const merged = histogramOf(a);
  merged.merge(histogramOf(b));
  assert.deepEqual([...merged.entries()], [...histogramOf([...a, ...b]).entries()]);
  assert.equal(merged.count, 8000);
});

Deno.test("Histogram.from() gives back what entries() gave", () => {
  const histogram = histogramOf(spreadValues(1000, 5));
  const copy = Histogram.from(histogram.entries());
  assert.deepEqual([...copy.entries()], [...histogram.entries()]);
  assert.equal(copy.percentile(99), histogram.percentile(99));
});

Deno.test("Histogram.clear() forgets everything", () => {
  const histogram = histogramOf([1, 1e6, 1e9]);
  histogram.clear();
  assert.equal(histogram.count, 0);
  assert.deepEqual([...histogram.entries()], []);
  histogram.record(5);
  assert.equal(histogram.max, 5);
});

Deno.test("Histogram without values has no figures", () => {
  const histogram = new Histogram();
  for (const figure of [histogram.percentile(50), histogram.max, histogram.min, histogram.mean]) {
    assert.ok(Number.isNaN(figure));
  }
  assert.deepEqual(readStatistic(histogram, "max"), {
    absent: "nothing was recorded in the window",
  });
});

Deno.test("Histogram.record() counts what is too long as the longest", () => {
  assert.equal(histogramOf([1e15]).max, HIGHEST_NS);
});

Deno.test("Histogram.record() throws for what a clock cannot give", () => {
  for (const value of [-1, NaN]) {
    assert.throws(() => new Histogram().record(value), RangeError);
  }
});

Deno.test("Histogram.from() throws for impossible values and counts", () => {
  for (
    const entry of [[-1, 1], [HIGHEST_NS + 1, 1], [NaN, 1], [1, 0], [1, 1.5], [1, -2]] as const
  ) {
    assert.throws(() => Histogram.from([entry]), RangeError, String(entry));
  }
});

Deno.test("readStatistic() gives milliseconds", () => {
  const histogram = histogramOf([1e6]);
  const value = readStatistic(histogram, { percentile: 50 });
  assert.ok(typeof value === "number" && Math.abs(value - 1) < 0.001);
});
