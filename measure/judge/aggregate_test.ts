import assert from "node:assert/strict";
import { aggregate, bestOf, type Contest } from "./aggregate.ts";
import type { Figure, MetricDefinition, Trial } from "../model/result.ts";
import { completedTrial, failedTrial } from "../model/testdata.ts";

const rate: MetricDefinition = { id: "rate", title: "Rate", unit: "messages/s", better: "higher" };
const p90: MetricDefinition = {
  id: "p90",
  title: "Latency p90",
  unit: "ms",
  better: "lower",
  pooled: { histogram: "serviceTime", statistic: { percentile: 90 } },
};

function assertClose(actual: Figure, expected: number): void {
  assert.ok(typeof actual === "number" && Math.abs(actual / expected - 1) < 1e-9, `${actual}`);
}

/** Completed trials with these rates, a round each. */
function rounds(...rates: readonly number[]): Trial[] {
  return rates.map((rate, index) => ({ ...completedTrial({ rate }), round: index + 1 }));
}

Deno.test("aggregate() gives the geometric mean and the range of the rounds", () => {
  const { value, ...rest } = aggregate(rounds(40, 10, 20), rate);
  assertClose(value, 20);
  assert.deepEqual(rest, {
    min: 10,
    max: 40,
    interval: undefined,
    figures: [{ round: 1, value: 40 }, { round: 2, value: 10 }, { round: 3, value: 20 }],
    rounds: 3,
    failed: 0,
  });
});

Deno.test("aggregate() gives the median, and no interval, where a figure is not above 0", () => {
  for (const least of [0, -5]) {
    const { value, interval } = aggregate(rounds(40, 10, 20, least, 30), rate);
    assert.deepEqual([value, interval], [20, undefined]);
  }
});

// The logarithms to base 2 are 3, 0, 2, 1, 2, and Student's t is 2.7764451 for 4 degrees of freedom.
Deno.test("aggregate() gives an interval from five rounds on", () => {
  const { low, high } = aggregate(rounds(8, 1, 4, 2, 4), rate).interval!;
  assertClose(low, 1.1362538817139272);
  assertClose(high, 8.087617554374992);
  assert.equal(aggregate(rounds(5, 1, 4, 2), rate).interval, undefined);
});

Deno.test("aggregate() gives the geometric mean of the rounds' percentiles, too", () => {
  // Merged, no tenth of all is slow: see pooledOf().
  const trials = [
    completedTrial({ p90: 1 }, Array(18).fill(1)),
    completedTrial({ p90: 100 }, [1, 100]),
  ];
  const { value, min, max } = aggregate(trials, p90);
  assertClose(value, 10);
  assert.deepEqual([min, max], [1, 100]);
});

Deno.test("aggregate() leaves failed trials and absent figures out, and counts the failed", () => {
  const trials = [
    completedTrial({ rate: 5 }),
    failedTrial("it ended"),
    completedTrial({ rate: { absent: "no reply" } }),
  ];
  const { value, figures, rounds, failed } = aggregate(trials, rate);
  assert.deepEqual([value, rounds, failed], [5, 2, 1]);
  assert.deepEqual(figures, [{ round: 1, value: 5 }]);
});

Deno.test("aggregate() says why there is no figure", () => {
  const absent = (trials: Parameters<typeof aggregate>[0]): unknown =>
    aggregate(trials, rate).value;
  assert.deepEqual(absent([completedTrial({ rate: { absent: "no reply" } })]), {
    absent: "no reply",
  });
  assert.deepEqual(absent([failedTrial("it ended")]), { absent: "it ended" });
  assert.deepEqual(absent([]), { absent: "no trial has run" });
});

/** Servers of which each had these rates. */
function contest(
  better: MetricDefinition["better"],
  ...servers: readonly (readonly number[])[]
): Contest {
  const metric = { ...rate, better };
  return { metric, aggregates: servers.map((rates) => aggregate(rounds(...rates), metric)) };
}

for (
  const [name, better, servers, expected] of [
    ["the highest", "higher", [[1, 2, 3], [4, 5, 6]], [false, true]],
    ["the lowest", "lower", [[1, 2, 3], [4, 5, 6]], [true, false]],
    ["both when the ranges of a few rounds overlap", "lower", [[1, 2, 4], [4, 5, 6]], [true, true]],
    ["none when neither way is better", "none", [[1, 2, 3], [4, 5, 6]], [false, false]],
    ["none that is absent", "higher", [[], [1, 2, 3], [5, 6, 7]], [false, false, true]],
    ["none if the others are absent", "higher", [[], [1, 2, 3]], [false, false]],
    ["none if all are absent", "higher", [[], []], [false, false]],
    ["none if there is one server", "higher", [[1, 2, 3]], [false]],
    [
      "only what is level with the best",
      "lower",
      [[1, 2, 3], [3, 4, 5], [5, 6, 7]],
      [true, true, false],
    ],
    [
      "what seven rounds do not show to be worse",
      "higher",
      [[100, 104, 96, 101, 99, 103, 98], [99, 103, 97, 102, 98, 101, 97]],
      [true, true],
    ],
    [
      "nothing that seven rounds show to be worse, though the ranges overlap",
      "higher",
      [[100, 104, 96, 101, 99, 103, 98], [90, 94, 86, 91, 89, 97, 88]],
      [true, false],
    ],
  ] as const
) {
  Deno.test(`bestOf() marks ${name}`, () => {
    assert.deepEqual(bestOf([contest(better, ...servers)]), [expected]);
  });
}

Deno.test("bestOf() claims less of a case the more cases are shown together", () => {
  const leader = [100, 104, 96, 101, 99, 103, 98];
  const slower = contest("higher", leader, [95, 89, 96, 91, 101, 91, 91]);
  const level = Array.from(
    { length: 6 },
    () => contest("higher", leader, [99, 105, 95, 102, 97, 104, 96]),
  );
  assert.deepEqual(bestOf([slower]), [[true, false]]);
  assert.deepEqual(bestOf([slower, ...level])[0], [true, true]);
});

Deno.test("bestOf() is sure of a rival that is behind in each round, however much the rounds differ", () => {
  const rounds = [100, 20, 60, 200, 45, 150, 33];
  const behind = rounds.map((value, round) => value * (round % 2 === 0 ? 0.93 : 0.95));
  assert.deepEqual(bestOf([contest("higher", rounds, behind)]), [[true, false]]);
});

Deno.test("bestOf() also marks a server that the rounds show to be better than the leader", () => {
  const [ahead, behind] = contest("lower", [1, 2, 3, 4, 5], [11, 12, 13, 14, 15]).aggregates;
  const merged = [{ ...ahead!, value: 20 }, behind!];
  assert.deepEqual(bestOf([{ metric: { ...rate, better: "lower" }, aggregates: merged }]), [[
    true,
    true,
  ]]);
});
