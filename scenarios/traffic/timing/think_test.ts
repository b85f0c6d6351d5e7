import assert from "node:assert/strict";
import { Thinkers } from "./think.ts";

Deno.test("Thinkers: each time between the two is as likely as any other, and the same for the same seed", () => {
  const drawn = (seed: number): number[] => {
    const thinkers = new Thinkers({ leastMs: 500, mostMs: 1500 }, seed);
    return Array.from({ length: 10_000 }, () => {
      thinkers.begin(3, 100);
      const { nextMs } = thinkers;
      assert.equal(thinkers.take(nextMs - 0.001), -1);
      assert.equal(thinkers.take(nextMs), 3);
      return nextMs - 100;
    });
  };
  const times = drawn(1).sort((a, b) => a - b);
  assert.deepEqual(drawn(1).sort((a, b) => a - b), times);
  assert.notDeepEqual(drawn(2).sort((a, b) => a - b), times);
  // Kolmogorov and Smirnov; critical value at 0.1 %: 1.95 / sqrt(n), Massey 1951.
  const farthest = times.reduce(
    (worst, ms, index) => Math.max(worst, Math.abs((ms - 500) / 1000 - index / times.length)),
    0,
  );
  assert.ok(farthest < 1.95 / Math.sqrt(times.length), `${farthest}`);
});

Deno.test("Thinkers: those who join are amid a thought, so that they do not send together", () => {
  const thinkers = new Thinkers({ leastMs: 1000, mostMs: 1000 }, 1);
  for (let connection = 0; connection < 1000; connection++) thinkers.join(connection, 0);
  const tenths = new Array(10).fill(0);
  while (thinkers.nextMs < Infinity) {
    tenths[Math.floor(thinkers.nextMs / 100)]++;
    thinkers.take(thinkers.nextMs);
  }
  assert.equal(tenths.reduce((sum, count) => sum + count), 1000);
  assert.ok(tenths.every((count) => count > 60 && count < 140), `${tenths}`);
});
