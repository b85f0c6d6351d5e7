import assert from "node:assert/strict";
import { type Arriving, arriving } from "./arrivals.ts";

/** What arrives, with the times for which it was meant. */
function noted(rate: number): { part: Arriving; times: number[] } {
  const times: number[] = [];
  const options = { rate, arrivals: "constant", seed: 1 } as const;
  const part = arriving("connections", options, () => times.push(part.pace.intendedMs));
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

Deno.test("arriving() calls no more once it is stopped, be it in a call", () => {
  const { part, times } = noted(1000);
  part.start(0);
  part.stop();
  part.due(100);
  assert.deepEqual([times, part.pace.nextMs], [[0], Infinity]);
});
