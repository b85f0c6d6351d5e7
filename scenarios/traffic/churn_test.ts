import assert from "node:assert/strict";
import { churn } from "./churn.ts";
import { fakeLoad, started } from "./testing.ts";

const schedule = { rate: 100, arrivals: "constant", seed: 1 } as const;

Deno.test("churn() opens, sends once, closes, and reports the time of the whole", () => {
  const load = fakeLoad();
  const traffic = churn(load, { concurrency: 2, limit: 100 });
  assert.deepEqual([traffic.connections, traffic.slots, traffic.depth], [0, 2, 1]);
  assert.deepEqual(started(traffic, load, 10), ["open 0", "open 1"]);
  traffic.opened!(1, 11);
  assert.deepEqual(load.take(), ["send 1"]);
  traffic.replied(1, 1, 12);
  assert.deepEqual(load.take(), ["close 1"]);
  load.nowMs = 14;
  traffic.closed!(1, 13);
  assert.deepEqual(load.take(), ["batch 10…13", "open 1"]);
  assert.equal(traffic.pending, 2);
  traffic.closed!(1, 20);
  assert.deepEqual(load.take(), ["batch 14…20", "open 1"], "the next one began when it was opened");
});

Deno.test("churn() opens no more than its limit", () => {
  const load = fakeLoad();
  const traffic = churn(load, { concurrency: 2, limit: 3 });
  started(traffic, load);
  traffic.closed!(0, 1);
  assert.deepEqual(load.take(), ["batch 0…1", "open 0"]);
  traffic.closed!(0, 2);
  traffic.closed!(1, 2);
  assert.deepEqual(load.take(), ["batch 0…2", "batch 0…2"]);
  assert.equal(traffic.pending, 0);
});

Deno.test("churn() finishes what is under way after it was stopped, and opens nothing", () => {
  const load = fakeLoad();
  const traffic = churn(load, { concurrency: 1, limit: 100 });
  started(traffic, load);
  traffic.stop();
  assert.equal(traffic.pending, 1);
  traffic.opened!(0, 1);
  traffic.replied(0, 1, 2);
  traffic.closed!(0, 3);
  assert.deepEqual(load.take(), ["send 0", "close 0", "batch 0…3"]);
  assert.equal(traffic.pending, 0);
});

Deno.test("churn() with a schedule opens at its times, counts from them, and drops if no slot is free", () => {
  const load = fakeLoad();
  const traffic = churn(load, { concurrency: 2, limit: 100, schedule });
  assert.equal(traffic.pace!.of, "connections");
  assert.deepEqual(started(traffic, load, 0), ["open 0"]);
  traffic.due!(9.9);
  assert.deepEqual(load.take(), []);
  traffic.due!(25);
  assert.deepEqual(load.take(), ["open 1", "drop"]);
  traffic.closed!(1, 27);
  assert.deepEqual(load.take(), ["batch 10…27"]);
  traffic.due!(31);
  assert.deepEqual(load.take(), ["open 1"]);
});

Deno.test("churn() with a schedule drops beyond its limit, and opens nothing once it is stopped", () => {
  const load = fakeLoad();
  const traffic = churn(load, { concurrency: 8, limit: 2, schedule });
  started(traffic, load, 0);
  traffic.due!(20);
  assert.deepEqual(load.take(), ["open 1", "drop"]);
  traffic.stop();
  traffic.due!(100);
  assert.deepEqual(load.take(), []);
  assert.equal(traffic.pending, 2);
});
