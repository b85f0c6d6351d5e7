import assert from "node:assert/strict";
import { burst } from "./burst.ts";
import { fakeLoad, started } from "./testing.ts";

Deno.test("burst() sends all messages at once", () => {
  const load = fakeLoad();
  const asked = started(burst(load, { messages: 10_000 }), load);
  assert.equal(asked.length, 10_000);
  assert.ok(asked.every((one) => one === "send 0"));
});

Deno.test("burst() reports its time and begins the next burst after the last reply", () => {
  const load = fakeLoad();
  const traffic = burst(load, { messages: 3 });
  started(traffic, load, 100);
  traffic.replied(0, 1, 110);
  traffic.replied(0, 1, 120);
  assert.deepEqual(load.take(), []);
  load.nowMs = 131;
  traffic.replied(0, 1, 130);
  assert.deepEqual(load.take(), ["batch 100…130", "send 0", "send 0", "send 0"]);
  traffic.replied(0, 3, 150);
  assert.deepEqual(load.take().slice(0, 1), ["batch 131…150"], "the next one began when it sent");
});

Deno.test("burst() does not begin another when it is stopped as one completes", () => {
  const load = fakeLoad();
  const traffic = burst(load, { messages: 2 });
  started(traffic, load);
  load.onBatch = () => traffic.stop();
  traffic.replied(0, 2, 9);
  assert.deepEqual(load.take(), ["batch 0…9"]);
});

Deno.test("burst() waits for a message that is not settled", () => {
  const load = fakeLoad();
  const traffic = burst(load, { messages: 2 });
  started(traffic, load);
  traffic.replied(0, 1, 1_000_000);
  assert.deepEqual(load.take(), []);
});
