import assert from "node:assert/strict";
import { describeCase } from "../../scenarios/cases.ts";
import { after, type LiveEvent } from "./state.ts";
import {
  completed,
  ended,
  failed,
  follow,
  PLAN,
  planned,
  plannedOf,
  pulse,
  resultOf,
  started,
} from "./testing.ts";

const first = plannedOf("native", "throughput", 1);

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

Deno.test("after() adds the trials to the result, and keeps when the last one ended", () => {
  const second = plannedOf("evil", "throughput", 1);
  const state = follow(
    planned,
    started(first),
    completed(first, 5),
    started(second),
    failed(second, "no"),
  );
  assert.deepEqual(state.result?.trials.map(({ state }) => state), ["completed", "failed"]);
  assert.equal(state.result?.state, "running");
  assert.equal(state.endedMs, 5000);
  assert.equal(state.running, undefined);
});

Deno.test("after() takes the cases of a plan once their rates are known, with the trials", () => {
  const cases = [describeCase({ connections: 2, rate: 123 })];
  const before = resultOf(PLAN);
  const [one, ...others] = before.scenarios;
  const result = { ...before, scenarios: [{ ...one!, cases }, ...others] };
  const { result: known } = follow(planned, { kind: "planned", result });
  assert.equal(known?.scenarios[0]?.cases, cases);
  assert.equal(known?.scenarios[1], others[0]);
});

Deno.test("after() knows how the run ended, and when nothing more comes", () => {
  const ends = (...events: readonly LiveEvent[]): unknown[] => {
    const { status, failure, isOver, hasReport, running } = follow(...events);
    assert.equal(events.length === 0 || running === undefined, true);
    return [status, failure, isOver, hasReport];
  };
  assert.deepEqual(ends(), ["running", undefined, false, false]);
  // The reports are still to be written.
  assert.deepEqual(ends(ended("finished")), ["finished", undefined, false, false]);
  assert.deepEqual(
    ends(ended("finished"), { kind: "reported", hasReport: true }),
    ["finished", undefined, true, true],
  );
  assert.deepEqual(
    ends(started(first), ended("interrupted"), { kind: "gone" }),
    ["interrupted", undefined, true, false],
  );
  assert.deepEqual(
    ends(ended("interrupted"), { kind: "reported", hasReport: false, failure: "no room" }),
    ["failed", "no room", true, false],
  );
  assert.deepEqual(ends(started(first), { kind: "gone" }), ["failed", undefined, true, false]);
});

Deno.test("after() follows the trials that tell why, which are none of the rounds", () => {
  const before = follow(planned, started(first), completed(first, 5));
  const running = after(before, { kind: "explaining", trial: first, number: 1, of: 2 }, 6000);
  assert.equal(running.running, first);
  assert.equal(running.explaining?.of, 2);
  const explanation = {
    server: first.server.id,
    client: first.client,
    scenario: first.scenario.id,
    case: first.case.id,
    startedAt: new Date(0).toISOString(),
    replies: 10,
    windowMs: 2000,
    counters: {},
  };
  const result = { ...resultOf(PLAN), explanations: [explanation] };
  const explained = { explanation };
  const over = after(running, { kind: "explained", explained, file: "x", result }, 8000);
  assert.equal(over.running, undefined);
  assert.deepEqual(over.result?.explanations, [explanation]);
  assert.equal(over.result?.trials.length, 1, "those of the rounds are kept");
});
