import assert from "node:assert/strict";
import { type Aggregate, aggregate, bestOf } from "./aggregate.ts";
import type { MetricDefinition } from "./result.ts";
import { completedTrial, failedTrial } from "./testdata.ts";

const rate: MetricDefinition = { id: "rate", title: "Rate", unit: "messages/s", better: "higher" };
const p90: MetricDefinition = {
  id: "p90",
  title: "Latency p90",
  unit: "ms",
  better: "lower",
  pooled: { histogram: "serviceTime", statistic: { percentile: 90 } },
};

Deno.test("aggregate() gives the median and the range of the rounds", () => {
  const trials = [30, 10, 20].map((value) => completedTrial({ rate: value }));
  assert.deepEqual(aggregate(trials, rate), { value: 20, min: 10, max: 30, rounds: 3, failed: 0 });
});

Deno.test("aggregate() reads a percentile off the merged histogram, not off the rounds' percentiles", () => {
  // 19 values of 1 ms and 1 of 100 ms: no tenth of all is slow, though half of the second round is.
  const trials = [
    completedTrial({ p90: 1 }, Array(18).fill(1)),
    completedTrial({ p90: 100 }, [1, 100]),
  ];
  const { value, min, max } = aggregate(trials, p90);
  assert.ok(typeof value === "number" && Math.abs(value - 1) < 0.001, `${value}`);
  assert.deepEqual([min, max], [1, 100]);
});

Deno.test("aggregate() leaves failed trials and absent figures out, and counts the failed", () => {
  const trials = [
    completedTrial({ rate: 5 }),
    failedTrial("it ended"),
    completedTrial({ rate: { absent: "no reply" } }),
  ];
  assert.deepEqual(aggregate(trials, rate), { value: 5, min: 5, max: 5, rounds: 2, failed: 1 });
});

Deno.test("aggregate() tells why there is no figure", () => {
  const absent = (trials: Parameters<typeof aggregate>[0]): unknown =>
    aggregate(trials, rate).value;
  assert.deepEqual(absent([completedTrial({ rate: { absent: "no reply" } })]), {
    absent: "no reply",
  });
  assert.deepEqual(absent([failedTrial("it ended")]), { absent: "it ended" });
  assert.deepEqual(absent([]), { absent: "no trial has run" });
});

const range = (min: number, value: number, max: number): Aggregate => ({
  min,
  value,
  max,
  rounds: 3,
  failed: 0,
});
const nothing = { absent: "nothing" };
const missing: Aggregate = { value: nothing, min: nothing, max: nothing, rounds: 0, failed: 1 };

for (
  const [name, aggregates, better, expected] of [
    ["the highest", [range(1, 2, 3), range(4, 5, 6)], "higher", [false, true]],
    ["the lowest", [range(1, 2, 3), range(4, 5, 6)], "lower", [true, false]],
    ["both when their ranges overlap", [range(1, 2, 4), range(4, 5, 6)], "lower", [true, true]],
    ["none when neither way is better", [range(1, 2, 3)], "none", [false]],
    ["none that is absent", [missing, range(1, 2, 3), range(5, 6, 7)], "higher", [
      false,
      false,
      true,
    ]],
    ["none where the others are absent", [missing, range(1, 2, 3)], "higher", [false, false]],
    ["none where all are absent", [missing, missing], "higher", [false, false]],
    ["none where there is one server", [range(1, 2, 3)], "higher", [false]],
    [
      "only what is level with the best",
      [range(1, 2, 3), range(3, 4, 5), range(5, 6, 7)],
      "lower",
      [true, true, false],
    ],
  ] as const
) {
  Deno.test(`bestOf() marks ${name}`, () => {
    assert.deepEqual(bestOf(aggregates, better), expected);
  });
}
