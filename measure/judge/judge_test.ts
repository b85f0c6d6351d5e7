import assert from "node:assert/strict";
import { type Estimate, judge, type Judgement, pairedRatio, unpairedRatio } from "./judge.ts";
import { seededRandom } from "../record/random.ts";
import type { Absent } from "../model/result.ts";

const base = [100, 104, 96, 101, 99, 103, 98];
const pairs = (factor: number): { value: number; baseline: number }[] =>
  base.map((baseline, round) => ({ value: factor * base[(round + 3) % 7]!, baseline }));

function judged(estimate: Estimate | Absent): Judgement {
  const [one] = judge([estimate]);
  assert.ok(one !== undefined && !("absent" in one));
  return one;
}

Deno.test("pairedRatio() is the median of the rounds' ratios", () => {
  const found = judged(pairedRatio([2, 3, 4, 5, 6].map((value) => ({ value, baseline: 2 }))));
  assert.equal(found.ratio, 2);
  assert.deepEqual(found.interval, { low: 1, high: 3 });
  assert.equal(found.rounds, 5);
});

Deno.test("pairedRatio() is not disturbed by what affects a round as a whole", () => {
  const drift = [1, 0.5, 0.9, 0.4, 1.2, 0.8, 0.6];
  const { ratio, interval } = judged(
    pairedRatio(drift.map((speed) => ({ value: 80 * speed, baseline: 100 * speed }))),
  );
  assert.ok(Math.abs(ratio - 0.8) < 1e-12);
  assert.ok(Math.abs(interval.low - 0.8) < 1e-12 && Math.abs(interval.high - 0.8) < 1e-12);
});

Deno.test("pairedRatio() and unpairedRatio() say why there is no ratio", () => {
  assert.deepEqual(pairedRatio([]), { absent: "there is no round with both figures" });
  assert.deepEqual(unpairedRatio([1, 2], [1, 2, 3, 4, 5]), {
    absent: "2 rounds cannot show a difference: it takes 5 or more",
  });
  assert.deepEqual(pairedRatio([...pairs(1), { value: 0, baseline: 1 }]), {
    absent: "a figure of zero or below has no ratio",
  });
});

Deno.test("unpairedRatio() is the ratio of the medians, with an interval around it", () => {
  const { ratio, interval: { low, high } } = judged(unpairedRatio(base.map((x) => x * 1.5), base));
  assert.equal(ratio, 1.5);
  assert.ok(1.4 < low && low < 1.5 && 1.5 < high && high < 1.6, `${low} ${high}`);
});

Deno.test("judge() claims a clear difference, in the right direction", () => {
  assert.equal(judged(pairedRatio(pairs(1.3))).difference, "higher");
  assert.equal(judged(pairedRatio(pairs(0.7))).difference, "lower");
  assert.equal(judged(pairedRatio(pairs(1))).difference, "none");
});

Deno.test("judge() never claims a difference below the noise threshold", () => {
  const steady = base.map((baseline) => ({ value: 101.9, baseline: 100 + baseline * 1e-6 }));
  const found = judged(pairedRatio(steady));
  assert.ok(found.adjustedP < 0.001 && found.interval.low > 1);
  assert.equal(found.difference, "none");
});

Deno.test("judge() adjusts for all that is judged together", () => {
  const clear = pairedRatio(pairs(1.3));
  const level = pairedRatio(pairs(1));
  const many = judge([clear, ...Array(84).fill(level), { absent: "it failed" }]);
  // The smallest p of 7 rounds against 7 is 2 / 3432: times 85 it is just below 5 %.
  assert.equal((many[0] as Judgement).difference, "higher");
  assert.ok(Math.abs((many[0] as Judgement).adjustedP - 85 * 2 / 3432) < 1e-12);
  assert.deepEqual(many.at(-1), { absent: "it failed" });
  assert.equal(many.length, 86);
});

Deno.test("judge() says so if so few rounds can show nothing among so many comparisons", () => {
  const many = judge([...Array(86).fill(pairedRatio(pairs(9))), { absent: "it failed" }]);
  assert.deepEqual(many[0], { absent: "7 rounds cannot show a difference among 86 comparisons" });
  assert.deepEqual(many.at(-1), { absent: "it failed" });
});

Deno.test("judge() raises a false alarm in at most one table of twenty", () => {
  const random = seededRandom(21);
  // A machine that drifts from round to round, and now and then disturbs a trial badly.
  const draw = (): number => (1 + 0.1 * random()) * (random() < 0.1 ? 0.6 : 1);
  const tables = 1500;
  let alarms = 0;
  for (let table = 0; table < tables; table++) {
    const estimates = Array.from({ length: 8 }, () =>
      pairedRatio(Array.from({ length: 7 }, () => {
        const round = 1 + 0.5 * random();
        return { value: draw() * round, baseline: draw() * round };
      })));
    if (judge(estimates).some((one) => !("absent" in one) && one.difference !== "none")) alarms++;
  }
  assert.ok(alarms / tables <= 0.05, `${alarms / tables}`);
});
