import assert from "node:assert/strict";
import { opening } from "./opening.ts";

Deno.test("opening() opens connections at equal distances, the first at once", () => {
  const opened: number[] = [];
  const part = opening(4, { rate: 100 }, (number) => opened.push(number));
  part.start(50);
  assert.deepEqual([opened, part.pace.nextMs], [[0], 60]);
  part.due(59.9);
  assert.deepEqual(opened, [0]);
  // One that comes late opens all that are due.
  part.due(72);
  assert.deepEqual([opened, part.pace.nextMs], [[0, 1, 2], 80]);
  part.due(80);
  assert.deepEqual([opened, part.pace.nextMs], [[0, 1, 2, 3], Infinity]);
});

Deno.test("opening() of several generators open together when one would", () => {
  const timesOf = (count: number, share?: { index: number; of: number }): number[] => {
    const times: number[] = [];
    const part = opening(count, { rate: 30, share }, () => times.push(part.pace.nextMs));
    for (part.start(0); part.pace.nextMs < Infinity;) part.due(part.pace.nextMs);
    return times;
  };
  const parts = [timesOf(3, { index: 0, of: 2 }), timesOf(2, { index: 1, of: 2 })];
  assert.deepEqual(parts.flat().sort((a, b) => a - b), timesOf(5));
});
