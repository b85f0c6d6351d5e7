import assert from "node:assert/strict";
import { runTime } from "./run_time.ts";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";

const startedAt = "2026-01-01T00:00:00.000Z";
const endedAt = "2026-01-01T00:00:05.000Z";
const phases = {
  startMs: 100,
  connectMs: 10,
  warmupMs: 250,
  windowMs: 400,
  drainMs: 5,
  stopMs: 20,
};
const trials = [
  { ...completedTrial({}), phases, startedAt: "2026-01-01T00:00:01.000Z" },
  { ...failedTrial("it ended"), startedAt: "2026-01-01T00:00:02.000Z" },
  { ...completedTrial({}), phases, startedAt: "2026-01-01T00:00:03.000Z" },
];

Deno.test("runTime() sums up the phases of a run; what is left is the time of its processes", () => {
  assert.deepEqual(runTime({ startedAt, endedAt, trials }), {
    totalMs: 5000,
    describingMs: 1000,
    processesMs: 5000 - 1000 - 2 * 665,
    connectMs: 20,
    warmupMs: 500,
    windowMs: 800,
    drainMs: 10,
  });
});

Deno.test("runTime() of a run without a trial is that of the descriptions", () => {
  const none = runTime({ startedAt, endedAt, trials: [] });
  assert.ok(!("absent" in none));
  assert.deepEqual([none.totalMs, none.describingMs, none.processesMs], [5000, 5000, 0]);
});

Deno.test("runTime() gives no figures if the clock was set meanwhile", () => {
  const absent = { absent: "its times do not fit together, as if the clock had been set" };
  assert.deepEqual(runTime({ startedAt: endedAt, endedAt: startedAt, trials: [] }), absent);
  const early = trials.map((trial) => ({ ...trial, startedAt: "2025-12-31T23:59:59.000Z" }));
  assert.deepEqual(runTime({ startedAt, endedAt, trials: early }), absent);
  const short = "2026-01-01T00:00:01.500Z";
  assert.deepEqual(runTime({ startedAt, endedAt: short, trials }), absent);
});

Deno.test("runTime() knows nothing of a run that goes on, or that was resumed", () => {
  assert.deepEqual(runTime({ startedAt, trials }), { absent: "the run had not ended" });
  const resumed = [{ at: endedAt, after: 1, differs: [] }];
  assert.deepEqual(runTime({ startedAt, endedAt, trials, resumed }), {
    absent: "the run was interrupted and went on later",
  });
});
