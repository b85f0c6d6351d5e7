import assert from "node:assert/strict";
import type { Pulse } from "../../bench/generator/pulse.ts";
import type { RunEvent } from "../../bench/run/run.ts";
import { createRunMetrics, type RunMetrics } from "./run_metrics.ts";
import { completed, failed, planned, plannedOf, started } from "./testing.ts";

const PULSE: Pulse = {
  state: "running",
  phase: "window",
  lengthMs: 200,
  count: 50,
  meanMs: 2,
  maxMs: 8,
};

/** Points of each family as `labels value`, labels joined. */
function shown(metrics: RunMetrics): Record<string, string[]> {
  return Object.fromEntries(
    metrics.families().map(({ name, points }) => [
      name,
      points.map(({ labels, value }) => [...Object.values(labels), value].join(" ")),
    ]),
  );
}

function after(...events: readonly (RunEvent | Pulse)[]): RunMetrics {
  const metrics = createRunMetrics();
  for (const event of events) {
    if ("kind" in event) metrics.happened(event);
    else metrics.pulse(event);
  }
  return metrics;
}

const one = plannedOf("native", "throughput", 1);
const place = `native throughput ${one.case.id}`;

Deno.test("createRunMetrics() has no points before anything has happened", () => {
  assert.ok(Object.values(shown(createRunMetrics())).every(({ length }) => length === 0));
});

Deno.test("createRunMetrics() shows the last pulse of the running trial, and adds up all of them", () => {
  const now = shown(after(
    planned as RunEvent,
    started(one) as RunEvent,
    { ...PULSE, phase: "warm-up" },
    PULSE,
    { ...PULSE, count: 30, lengthMs: 300 },
  ));
  assert.deepEqual(now["running_trial"], [`${place} 1`]);
  assert.deepEqual(now["pulse_events"], [`${place} warm-up 50`, `${place} window 80`]);
  assert.deepEqual(now["pulse_rate"], [`${place} window 100`]);
  assert.deepEqual(now["pulse_latency_mean"], [`${place} window 0.002`]);
  assert.deepEqual(now["pulse_latency_max"], [`${place} window 0.008`]);
});

Deno.test("createRunMetrics() has no latency where nothing was answered, but a rate of 0", () => {
  const silent = { ...PULSE, count: 0, meanMs: null, maxMs: null };
  const now = shown(after(planned as RunEvent, started(one) as RunEvent, PULSE, silent));
  assert.deepEqual(now["pulse_rate"], [`${place} window 0`]);
  assert.deepEqual([now["pulse_latency_mean"], now["pulse_latency_max"]], [[], []]);
});

Deno.test("createRunMetrics() counts trials and wrong replies, and forgets the pulse of one that has ended", () => {
  const two = plannedOf("native", "throughput", 2);
  const now = shown(after(
    planned as RunEvent,
    started(one) as RunEvent,
    PULSE,
    completed(one, 10, 3) as RunEvent,
    started(two) as RunEvent,
    failed(two, "gone") as RunEvent,
  ));
  assert.deepEqual(now["trials"], [`${place} completed 1`, `${place} failed 1`]);
  assert.ok(now["wrong_replies"]!.includes(`${place} lost 3`));
  assert.deepEqual([now["running_trial"], now["pulse_rate"]], [[], []]);
  assert.deepEqual(now["pulse_events"], [`${place} window 50`], "counters never fall");
});
