import assert from "node:assert/strict";
import { reportOf as report } from "../../testing/reports.ts";
import { SEARCH_TASK as task } from "../../testing/tasks.ts";
import type { GeneratorTask } from "../messages.ts";
import { findCapacity, probeOf } from "./capacity.ts";

Deno.test("findCapacity() finds the rate up to which the limit is kept, and keeps every probe", async () => {
  const tasks: GeneratorTask[] = [];
  const found = await findCapacity(task, (one) => {
    tasks.push(one);
    const { rate } = one.parameters;
    if (rate === undefined) return Promise.resolve(report(20_000, 1));
    return Promise.resolve(report(Math.round(rate), rate <= 30_000 ? 5 : 50));
  });
  const { low, high, probes } = found.capacity!;
  assert.ok(low <= 30_000 && 30_000 < high! && high! / low <= 1.03, `${low}…${high}`);
  // The first one is the closed loop that warms the server up.
  assert.deepEqual(tasks[0]!.parameters, { ...task.parameters, inFlight: 1 });
  assert.equal(tasks[0]!.warmupMs, 300);
  assert.equal(tasks[1]!.parameters.rate, 12_000);
  assert.equal(tasks[1]!.warmupMs, 100);
  assert.equal(probes.length, tasks.length - 1);
  assert.equal(new Set(tasks.slice(1).map(({ seed }) => seed)).size, probes.length);
  assert.ok(probes.every(({ rate, passed }) => passed === rate <= 30_000));
  // The window that is reported is that of the found rate; the account is of all.
  assert.equal(found.counts.replies, Math.round(low));
  assert.equal(
    found.integrity.sent,
    20_000 + probes.reduce((sum, { rate }) => sum + Math.round(rate), 0),
  );
});

Deno.test("findCapacity() has the length of the window that was held up most, whichever was found", async () => {
  let windows = 0;
  const found = await findCapacity(task, ({ parameters: { rate = 20_000 } }) => {
    const one = report(Math.round(rate), rate <= 30_000 ? 5 : 50);
    const isHeldUp = ++windows === 3;
    return Promise.resolve(isHeldUp ? { ...one, window: { ...one.window, tookMs: 4000 } } : one);
  });
  assert.equal(found.window.tookMs, 4000);
});

Deno.test("findCapacity() says so if no rate is sustained", async () => {
  const found = await findCapacity(
    task,
    ({ parameters: { rate } }) => Promise.resolve(report(rate === undefined ? 100 : 10, 50)),
  );
  assert.equal(found.capacity!.low, 0);
  assert.ok(found.capacity!.probes.every(({ passed }) => !passed));
});

const { arrivals: _, ...unscheduled } = report(1000, 1);
for (
  const [why, one, passed] of [
    ["all is well", report(1000, 9.9), true],
    ["the limit is exceeded", report(1000, 10.1), false],
    ["a message is lost", report(1000, 1, 1), false],
    ["the client cannot send it", report(1000, 1, 0, 994), false],
    ["nothing was offered", unscheduled, false],
  ] as const
) {
  Deno.test(`probeOf() ${passed ? "passes" : "fails"} where ${why}`, () => {
    assert.equal(probeOf(1000, 10, one).passed, passed);
  });
}
