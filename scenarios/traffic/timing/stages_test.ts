import assert from "node:assert/strict";
import { arrivalTimes, Steps } from "./stages.ts";
import { lengthOf, readStages, type Stage } from "./texts.ts";

const K6 = "30s:100, 2m:1000, 30s:0";

/** How many have arrived by a time, by the trapezoids themselves. */
function arrived(stages: readonly Stage[], ms: number): number {
  let [level, left, sum] = [0, ms, 0];
  for (const { durationMs, target } of stages) {
    const part = Math.min(left, durationMs);
    const end = durationMs === 0 ? target : level + (target - level) * part / durationMs;
    sum += (level + end) / 2 * part / 1000;
    left -= part;
    level = target;
    if (left <= 0) break;
  }
  return sum;
}

Deno.test("arrivalTimes() is the inverse of what has arrived: up, level, down, at once and to 0", () => {
  for (
    const text of [K6, "10s:100, 10s:100", "0s:7, 3s:7, 0s:100, 1s:0, 5s:0, 1s:3", "1h:10000000"]
  ) {
    const stages = readStages(text);
    const timeOf = arrivalTimes(stages);
    const whole = arrived(stages, lengthOf(stages));
    let last = 0;
    for (let part = 1; part <= 1000; part++) {
      const number = whole * part / 1000;
      const ms = timeOf(number * (1 - 1e-12));
      assert.ok(ms >= last && ms <= lengthOf(stages) * (1 + 1e-9), `${text} ${ms}`);
      assert.ok(Math.abs(arrived(stages, ms) - number) <= 1e-6 * whole, `${text} ${number} ${ms}`);
      last = ms;
    }
    assert.equal(timeOf(whole * 1.001), Infinity);
  }
});

Deno.test("arrivalTimes(): a rate that grows from 0 to 10/s in 10 s has 50 arrivals, the n-th at √(2n) s", () => {
  const timeOf = arrivalTimes(readStages("10s:10"));
  assert.deepEqual([timeOf(0), timeOf(2), timeOf(8), timeOf(50), timeOf(50.001)], [
    0,
    2000,
    4000,
    10_000,
    Infinity,
  ]);
});

function stepsOf(text: string): [ms: number, number: number][] {
  const steps = new Steps(readStages(text));
  const found: [number, number][] = [];
  for (; steps.nextMs < Infinity; steps.advance()) found.push([steps.nextMs, steps.next]);
  return found;
}

Deno.test("Steps: a number changes by one whenever the level reaches a whole number", () => {
  assert.deepEqual(stepsOf("3s:3, 1s:3, 1s:1"), [
    [1000, 1],
    [2000, 2],
    [3000, 3],
    [4500, 2],
    [5000, 1],
  ]);
});

Deno.test("Steps: a stage of no length is there at once", () => {
  assert.deepEqual(stepsOf("0s:2, 1s:2, 0s:0, 1s:1"), [[0, 1], [0, 2], [1000, 1], [1000, 0], [
    2000,
    1,
  ]]);
});

Deno.test("Steps: every number on the way is met once, at its time", () => {
  const steps = stepsOf(K6);
  assert.equal(steps.length, 2000);
  assert.deepEqual([steps[99], steps[999], steps[1999]], [[30_000, 100], [150_000, 1000], [
    180_000,
    0,
  ]]);
});
