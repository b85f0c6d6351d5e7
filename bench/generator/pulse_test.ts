import assert from "node:assert/strict";
import type { TimelineSlice } from "../../measure/model/result.ts";
import { mergePulses, type Pulse, pulsesOf } from "./pulse.ts";
import { faultyServer, plannedTrial } from "../testing/plans.ts";
import { runTrial } from "../run/trial.ts";
import { assertCompleted } from "../testing/trials.ts";

function slice(count: number, meanMs: number | null, maxMs: number | null): TimelineSlice {
  return { atMs: 0, lengthMs: 100, count, meanMs, p50Ms: meanMs, p99Ms: maxMs, maxMs };
}

const pulse: Pulse = {
  state: "running",
  phase: "window",
  lengthMs: 200,
  count: 100,
  meanMs: 1,
  maxMs: 5,
};

Deno.test("pulsesOf() puts two slices into a pulse, and all slices of a pause into one", () => {
  const told: Pulse[] = [];
  const pulses = pulsesOf((one) => told.push(one));
  pulses.closed([slice(10, 1, 2)]);
  assert.deepEqual(told, []);
  pulses.closed([slice(30, 3, 4)]);
  pulses.closed([slice(0, null, null), slice(0, null, null), slice(0, null, null)]);
  assert.deepEqual(told, [
    { state: "running", phase: "warm-up", lengthMs: 200, count: 40, meanMs: 2.5, maxMs: 4 },
    { state: "running", phase: "warm-up", lengthMs: 300, count: 0, meanMs: null, maxMs: null },
  ]);
});

Deno.test("pulsesOf() carries nothing of the warm-up into the window", () => {
  const told: Pulse[] = [];
  const pulses = pulsesOf((one) => told.push(one));
  pulses.closed([slice(1000, 50, 99)]);
  pulses.beginWindow();
  pulses.closed([slice(1, 1, 1)]);
  pulses.closed([slice(1, 1, 1)]);
  assert.deepEqual(told, [
    { state: "running", phase: "window", lengthMs: 200, count: 2, meanMs: 1, maxMs: 1 },
  ]);
});

Deno.test("mergePulses() adds rates up and weighs means, over different times too", () => {
  assert.equal(mergePulses([pulse]), pulse);
  assert.deepEqual(
    mergePulses([pulse, { ...pulse, lengthMs: 400, count: 600, meanMs: 3, maxMs: 7 }]),
    { ...pulse, count: 400, meanMs: 2.5, maxMs: 7 },
  );
  const silent: Pulse = { ...pulse, count: 0, meanMs: null, maxMs: null };
  assert.deepEqual(mergePulses([silent, pulse]), { ...pulse, count: 100 });
  assert.throws(() => mergePulses([]), RangeError);
});

for (const generators of [1, 2]) {
  Deno.test(`runTrial() reports the pulse of ${generators} generators, and only if asked`, async () => {
    const told: Pulse[] = [];
    const settings = {
      warmupMs: 700,
      durationMs: 700,
      pinning: { absent: "this is a test" },
      engine: { id: "tcp" },
      generators,
      samples: 0,
    } as const;
    const trial = await runTrial(
      plannedTrial(faultyServer("none")),
      { ...settings, pulse: (one) => told.push(one) },
      new AbortController().signal,
    );
    assertCompleted(trial);
    assert.deepEqual([...new Set(told.map(({ phase }) => phase))], ["warm-up", "window"]);
    // At most five in a second, and each covers its own time.
    const { warmupMs, windowMs } = trial.phases;
    const coveredMs = told.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
    assert.ok(told.every(({ lengthMs }) => lengthMs >= 199), JSON.stringify(told));
    assert.ok(coveredMs <= warmupMs + windowMs + 1, `${coveredMs} ms of ${warmupMs + windowMs}`);
    assert.ok(told.some(({ count, meanMs, maxMs }) => count > 0 && meanMs! <= maxMs!));
  });
}
