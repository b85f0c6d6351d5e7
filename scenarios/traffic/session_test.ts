import assert from "node:assert/strict";
import { session } from "./session.ts";
import { fakeLoad, started } from "./testing.ts";

Deno.test("session() sends on each connection after the reply before", () => {
  const load = fakeLoad();
  const traffic = session(load, { connections: 2, messages: 3 });
  assert.deepEqual(started(traffic, load, 100), ["send 0", "send 1"]);
  traffic.replied(1, 1, 110);
  assert.deepEqual(load.take(), ["send 1"]);
  traffic.replied(1, 1, 120);
  assert.deepEqual(load.take(), ["send 1"]);
  traffic.replied(1, 1, 130);
  assert.deepEqual(load.take(), [], "the second connection has sent all of its messages");
});

Deno.test("session() reports its time when the last connection is done, and begins the next", () => {
  const load = fakeLoad();
  const traffic = session(load, { connections: 2, messages: 2 });
  started(traffic, load, 100);
  for (const connection of [0, 0, 1]) traffic.replied(connection, 1, 110);
  load.take();
  load.nowMs = 151;
  traffic.replied(1, 1, 150);
  assert.deepEqual(load.take(), ["batch 100…150", "send 0", "send 1"]);
  for (const connection of [0, 1, 0, 1]) traffic.replied(connection, 1, 180);
  assert.equal(load.take().at(-3), "batch 151…180", "the next one began when it sent");
});

Deno.test("session() does not begin another when it is stopped as one completes", () => {
  const load = fakeLoad();
  const traffic = session(load, { connections: 1, messages: 1 });
  started(traffic, load);
  load.onBatch = () => traffic.stop();
  traffic.replied(0, 1, 9);
  assert.deepEqual(load.take(), ["batch 0…9"]);
});

Deno.test("session() sends nothing more when it is stopped in the middle", () => {
  const load = fakeLoad();
  const traffic = session(load, { connections: 1, messages: 2 });
  started(traffic, load);
  traffic.stop();
  traffic.replied(0, 1, 9);
  assert.deepEqual(load.take(), []);
});
