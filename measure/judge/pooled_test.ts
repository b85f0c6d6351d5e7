import assert from "node:assert/strict";
import type { CompletedTrial, MetricDefinition } from "../model/result.ts";
import { completedTrial } from "../model/testdata.ts";
import { pooledOf } from "./pooled.ts";

function metricOf(
  statistic: NonNullable<MetricDefinition["pooled"]>["statistic"],
): MetricDefinition {
  const pooled = { histogram: "serviceTime", statistic } as const;
  return { id: "it", title: "It", unit: "ms", better: "lower", pooled };
}

const p90 = metricOf({ percentile: 90 });

/** Rounds with these latencies in milliseconds. */
function rounds(...latencies: readonly (readonly number[])[]): CompletedTrial[] {
  return latencies.map((ms, index) => ({ ...completedTrial({}, ms), round: index + 1 }));
}

const many = (count: number, ms: number): number[] => Array(count).fill(ms);

function assertNear(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual / expected - 1) < 0.001, `${actual}`);
}

Deno.test("pooledOf() reads a percentile off the merged histogram, not off the rounds' percentiles", () => {
  // 19 values of 1 ms and 1 of 100 ms: no tenth of all is slow, though half of the second round is.
  const trials = rounds(many(18, 1), [1, 100]);
  assertNear(pooledOf(trials, p90)!.value, 1);
  assertNear(pooledOf(trials, metricOf("max"))!.value, 100);
});

Deno.test("pooledOf() gives the range that leaving out any one round leaves", () => {
  // Slow are 3 of 30, so no more than a tenth; 3 of 20 without one of the first two rounds, none without the third.
  const trials = rounds(many(10, 1), many(10, 2), [...many(7, 1), 100, 100, 100]);
  const { value, range } = pooledOf(trials, p90)!;
  assertNear(value, 2);
  assertNear(range?.low, 2);
  assertNear(range?.high, 100);
  const even = pooledOf(rounds(many(10, 3), many(10, 3)), p90)!;
  assertNear(even.range?.low, 3);
  assertNear(even.range?.high, 3);
});

Deno.test("pooledOf() has no range of one round", () => {
  const { value, range } = pooledOf(rounds(many(10, 3)), p90)!;
  assertNear(value, 3);
  assert.equal(range, undefined);
});

Deno.test("pooledOf() names the round that holds most of what is above the figure", () => {
  const trials = rounds(
    [...many(99, 1), 50],
    [...many(97, 1), 60, 70, 80],
    many(100, 1),
  );
  const { value, heaviest } = pooledOf(trials, p90)!;
  assertNear(value, 1);
  assert.deepEqual(heaviest, { round: 2, share: 3 / 4 });
});

Deno.test("pooledOf() has no heaviest round where nothing is above the figure", () => {
  assert.equal(pooledOf(rounds([1, 2], [3, 4]), metricOf("max"))!.heaviest, undefined);
});

Deno.test("pooledOf() leaves out rounds without a histogram", () => {
  const trials = [...rounds(many(10, 3)), { ...completedTrial({}), round: 2 }];
  assert.equal(pooledOf(trials, p90)!.range, undefined, "there is one round");
});

Deno.test("pooledOf() is undefined for what is not read off a histogram, and for none", () => {
  const { pooled: _, ...rate } = p90;
  assert.equal(pooledOf(rounds([1]), rate), undefined);
  assert.equal(pooledOf(rounds([], []), p90), undefined);
  assert.equal(pooledOf([], p90), undefined);
});

Deno.test("pooledOf() finds no more above a percentile than there can be", () => {
  for (const scale of [0.0007, 0.1234, 3.3331, 97.77]) {
    const latencies = Array.from({ length: 200 }, (_, index) => scale * (1 + (index * 37) % 200));
    const { value, heaviest } = pooledOf(rounds(latencies, latencies.slice(0, 1)), p90)!;
    const above = latencies.filter((ms) => ms > value * 1.001).length;
    assert.ok(above <= 20, `${above}`);
    assert.deepEqual(heaviest, { round: 1, share: 1 });
  }
});
