import assert from "node:assert/strict";
import { type Arriving, arriving } from "./arrivals.ts";

/** What arrives, with the times for which it was meant. */
function noted(rate: number): { part: Arriving; times: number[] } {
  const times: number[] = [];
  const part = arriving("connections", [{
    rate,
    arrivals: "constant",
    seed: 1,
    arrive: () => times.push(part.pace.intendedMs),
  }]);
  return { part, times };
}

Deno.test("arriving() calls at each time of the schedule, and says when the next one is due", () => {
  const { part, times } = noted(500);
  part.start(100);
  assert.deepEqual([times, part.pace.nextMs], [[100], 102]);
  part.due(101.9);
  part.due(106);
  assert.deepEqual(times, [100, 102, 104, 106]);
  assert.deepEqual([part.pace.of, part.pace.nextMs], ["connections", 108]);
});

Deno.test("arriving() computes as many times as are needed", () => {
  const { part, times } = noted(1000);
  part.start(0);
  part.due(999);
  assert.equal(times.length, 1000);
  assert.equal(times.at(-1), 999);
});

Deno.test("arriving() calls no more once it is stopped, even during a call", () => {
  const { part, times } = noted(1000);
  part.start(0);
  part.stop();
  part.due(100);
  assert.deepEqual([times, part.pace.nextMs], [[0], Infinity]);
});

Deno.test("arriving() takes the arrivals of all schedules in the order of their times", () => {
  const found: string[] = [];
  const stream = (name: string, rate: number) => ({
    rate,
    arrivals: "constant",
    seed: 1,
    arrive: () => found.push(`${name} ${part.pace.intendedMs}`),
  } as const);
  const part = arriving("messages", [stream("a", 500), stream("b", 200)]);
  part.start(100);
  assert.deepEqual(found, ["a 100", "b 100"]);
  assert.equal(part.pace.nextMs, 102);
  part.due(107);
  assert.deepEqual(found.slice(2), ["a 102", "a 104", "b 105", "a 106"]);
  assert.equal(part.pace.nextMs, 108);
  part.due(10_100);
  assert.equal(found.filter((one) => one.startsWith("a")).length, 5001);
  assert.equal(found.filter((one) => one.startsWith("b")).length, 2001);
});

Deno.test("arriving() gives each schedule the times that it has alone", () => {
  const times: Record<string, number[]> = { alone: [], a: [], b: [] };
  const options = { rate: 300, arrivals: "poisson", seed: 7 } as const;
  const alone = arriving("messages", [
    { ...options, arrive: () => times.alone!.push(alone.pace.intendedMs) },
  ]);
  const together = arriving("messages", [
    { ...options, arrive: () => times.a!.push(together.pace.intendedMs) },
    { ...options, seed: 8, arrive: () => times.b!.push(together.pace.intendedMs) },
  ]);
  for (const part of [alone, together]) {
    part.start(0);
    part.due(2000);
  }
  assert.deepEqual(times.a, times.alone);
  assert.notDeepEqual(times.b, times.alone);
});
