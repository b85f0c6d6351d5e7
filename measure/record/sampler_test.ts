import assert from "node:assert/strict";
import { Sampler } from "./sampler.ts";

/** Samples so many messages, each one millisecond after the other, with its number as its latency. */
function sample(sampler: Sampler, messages: number): Sampler {
  for (let message = 0; message < messages; message++) {
    if (!sampler.pass(1)) sampler.take(1, message, message * 1e6);
  }
  return sampler;
}

Deno.test("Sampler keeps all while there is room", () => {
  const samples = sample(new Sampler(10), 7).samples!;
  assert.equal(samples.every, 1);
  assert.deepEqual(samples.atMs, [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(samples.latencyMs, samples.atMs);
});

Deno.test("Sampler keeps at least half of its room, evenly over any number of messages", () => {
  for (const messages of [11, 100, 12_345, 1_000_000]) {
    const { every, atMs } = sample(new Sampler(100), messages).samples!;
    assert.ok(atMs.length <= 100 && (atMs.length >= 49 || messages < 49), `${atMs.length}`);
    assert.ok(Math.abs(messages / atMs.length / every - 1) < 0.1, `${messages}: ${every}`);
    assert.deepEqual(atMs, atMs.toSorted((a, b) => a - b));
    const firstHalf = atMs.filter((at) => at < messages / 2).length;
    assert.ok(Math.abs(firstHalf / atMs.length - 0.5) < 0.1, `${firstHalf} of ${atMs.length}`);
  }
});

Deno.test("Sampler meets every connection if messages take turns", () => {
  const { atMs } = sample(new Sampler(1000), 64_000).samples!;
  assert.equal(new Set(atMs.map((at) => at % 16)).size, 16);
});

Deno.test("Sampler of no room keeps nothing, and a cleared one begins anew", () => {
  assert.equal(sample(new Sampler(0), 10).samples, undefined);
  const sampler = sample(new Sampler(4), 100);
  sampler.clear();
  assert.equal(sampler.samples, undefined);
  assert.deepEqual(sample(sampler, 3).samples!.atMs, [0, 1, 2]);
});
