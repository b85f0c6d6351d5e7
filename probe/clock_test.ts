import assert from "node:assert/strict";
import { clockFacts, smallestStepNs } from "./clock.ts";
import { fakeSystem } from "./fake_system.ts";

/** A clock that gives these readings, in milliseconds. */
function clockOf(...readings: number[]): () => number {
  return () => readings.shift() ?? NaN;
}

Deno.test("smallestStepNs() finds the smallest step of those that are one", () => {
  assert.equal(smallestStepNs(clockOf(1, 1, 1.0005, 1.001, 1.00107, 3), 6), 70);
});

Deno.test("smallestStepNs() passes over a clock that is set back", () => {
  assert.equal(smallestStepNs(clockOf(5, 2, 4), 3), 2_000_000);
});

Deno.test("smallestStepNs() is null where the clock stood still", () => {
  assert.equal(smallestStepNs(clockOf(1, 1, 1), 3), null);
});

Deno.test("clockFacts() names the clock source on Linux alone", () => {
  const path = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
  const names = (platform: string): unknown[] =>
    clockFacts(fakeSystem({ [path]: "tsc\n" }, { platform })).map(({ name }) => name);
  assert.deepEqual(names("linux"), ["Kernel clock source", "Smallest step of performance.now()"]);
  assert.deepEqual(names("darwin"), ["Smallest step of performance.now()"]);
  assert.equal(clockFacts(fakeSystem({ [path]: "tsc\n" }))[0]?.value, "tsc");
});
