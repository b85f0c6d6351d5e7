import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { after, beginning, type LiveEvent, type LiveState } from "./state.ts";
import { completed, ended, failed, PLAN, plannedOf, pulse, started } from "./testing.ts";

const first = plannedOf("native", "throughput", 1);

function follow(...events: readonly LiveEvent[]): LiveState {
  return events.reduce(
    (state, event, index) => after(state, event, 1000 * (index + 1)),
    beginning(PLAN, "results/x", 0),
  );
}

Deno.test("after() makes points of pulses, without a new version", () => {
  const state = follow(started(first), pulse(100, "warm-up"), pulse(300));
  assert.deepEqual(state.points, [
    { atMs: 200, rate: 500, meanMs: 0.5, maxMs: 2, isWarmup: true },
    { atMs: 400, rate: 1500, meanMs: 0.5, maxMs: 2, isWarmup: false },
  ]);
  assert.equal(state.version, follow(started(first)).version);
});

Deno.test("after() keeps a minute of points, and none of the trial before", () => {
  const many = Array.from({ length: 1000 }, () => pulse(1));
  const state = follow(started(first), ...many);
  assert.equal(state.points.length, 300);
  assert.equal(state.pointsSoFar, 1000);
  assert.deepEqual(after(state, started(first), 0).points, []);
});

Deno.test("after() keeps the trials, and when the last one ended", () => {
  const second = plannedOf("evil", "throughput", 1);
  const state = follow(started(first), completed(first, 5), started(second), failed(second, "no"));
  assert.deepEqual(state.trials.map(({ state }) => state), ["completed", "failed"]);
  assert.equal(state.endedMs, 4000);
  assert.equal(state.running, undefined);
});

Deno.test("after() takes the cases of a plan once their rates are known", () => {
  const cases = [describeCase({ connections: 2, rate: 123 })];
  const result = { scenarios: [{ id: "throughput", cases }] } as unknown as Result;
  const { scenarios } = follow({ kind: "planned", result });
  assert.equal(scenarios[0]!.cases, cases);
  assert.equal(scenarios[1]!.cases, PLAN.scenarios[1]!.cases);
});

Deno.test("after() knows how the run ended, or that this is not known", () => {
  assert.equal(follow().status, "running");
  assert.equal(follow(ended("finished")).status, "finished");
  assert.equal(follow(started(first), ended("interrupted")).status, "interrupted");
  assert.equal(follow(ended("interrupted"), { kind: "gone" }).status, "interrupted");
  assert.deepEqual(
    [follow(started(first), { kind: "gone" })].map(({ status, running }) => [status, running]),
    [["ended", undefined]],
  );
});
