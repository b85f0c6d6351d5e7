import assert from "node:assert/strict";
import { type Bracket, searchCapacity, type SearchOptions } from "./capacity.ts";
import { seededRandom } from "../record/random.ts";
import { median } from "../statistics/statistics.ts";

/** Searches with probes that a function decides; gives the rates that were probed, too. */
function find(
  options: SearchOptions,
  passes: (rate: number) => boolean,
): Bracket & { probes: number[] } {
  const search = searchCapacity(options);
  const probes: number[] = [];
  let step = search.next();
  while (!step.done) {
    probes.push(step.value);
    step = search.next(passes(step.value));
  }
  return { ...step.value, probes };
}

Deno.test("searchCapacity() brackets any capacity from any start, to the resolution", () => {
  for (const capacity of [3, 150, 7777, 123_456]) {
    for (const startRate of [1, 1000, 90_000, 5e6]) {
      const { low, high } = find({ startRate }, (rate) => rate <= capacity);
      assert.ok(low <= capacity && capacity < high, `${low} ${capacity} ${high}`);
      assert.ok(high / low <= 1.03, `${high / low}`);
    }
  }
});

Deno.test("searchCapacity() needs few probes if the start is near", () => {
  const { probes } = find({ startRate: 50_000 }, (rate) => rate <= 60_000);
  assert.ok(probes.length <= 25, `${probes.length}`);
});

Deno.test("searchCapacity() says so if no rate is sustained, and if every one is", () => {
  assert.deepEqual({ ...find({ startRate: 10, least: 5 }, () => false), probes: 0 }, {
    low: 0,
    high: 5,
    probes: 0,
  });
  assert.deepEqual({ ...find({ startRate: 10, most: 100 }, () => true), probes: 0 }, {
    low: 100,
    high: Infinity,
    probes: 0,
  });
});

Deno.test("searchCapacity() is not fooled by one noisy probe, nor by two in a row", () => {
  for (const noisy of [1, 2]) {
    for (let at = 0; at < 14; at++) {
      let probe = 0;
      const { low, high } = find({ startRate: 1000 }, (rate) => {
        const isNoisy = probe >= at && probe < at + noisy;
        probe++;
        return !isNoisy && rate <= 5000;
      });
      assert.ok(low <= 5000 && 5000 < high, `${noisy} at ${at}: ${low}…${high}`);
    }
  }
});

Deno.test("searchCapacity() goes on above a rate that failed only while the machine was disturbed", () => {
  for (const disturbed of [8, 12, 16]) {
    let probe = 0;
    const { low, high } = find(
      { startRate: 30_000 },
      (rate) => rate <= (++probe <= disturbed ? 33_000 : 90_000),
    );
    assert.ok(low <= 90_000 && 90_000 < high && high / low <= 1.03, `${low}…${high}`);
  }
});

Deno.test("searchCapacity() stays within 5 % in the median if one probe in five fails by noise", () => {
  const random = seededRandom(4);
  const found = Array.from(
    { length: 101 },
    () => find({ startRate: 40_000 }, (rate) => rate <= 60_000 && random() > 0.2).low,
  );
  assert.ok(Math.abs(median(found) / 60_000 - 1) < 0.05, `${median(found)}`);
});
