import assert from "node:assert/strict";
import { idle } from "./idle.ts";
import { fakeLoad, started } from "./testing.ts";

Deno.test("idle() proves with one message each that the first group works", () => {
  const load = fakeLoad();
  const traffic = idle(load, { warm: 2, connections: 3 });
  assert.equal(traffic.connections, 2);
  assert.equal(traffic.slots, 5);
  assert.deepEqual(started(traffic, load), ["send 0", "send 1"]);
});

Deno.test("idle() opens the second group when the window begins, and is silent once all are open", () => {
  const load = fakeLoad();
  const traffic = idle(load, { warm: 1, connections: 100 });
  started(traffic, load);
  traffic.measure!(10);
  const opening = load.take();
  assert.equal(opening.length, 32, "no more at once than a server's backlog takes");
  assert.equal(opening[0], "open 1");
  const messages: string[] = [];
  for (let connection = 1; connection <= 100; connection++) {
    traffic.opened!(connection, 11);
    messages.push(...load.take());
  }
  assert.equal(messages.filter((one) => one.startsWith("open")).length, 100 - 32);
  assert.equal(messages.filter((one) => one.startsWith("send")).length, 100);
  traffic.replied(1, 1, 12);
  assert.deepEqual(load.take(), []);
});

Deno.test("idle() opens nothing after it was stopped", () => {
  const load = fakeLoad();
  const traffic = idle(load, { warm: 0, connections: 100 });
  started(traffic, load);
  traffic.measure!(0);
  load.take();
  traffic.stop();
  traffic.opened!(0, 1);
  assert.deepEqual(load.take(), []);
});

Deno.test("idle() opens its second group at a rate if there is one, as long as it is not stopped", () => {
  const load = fakeLoad();
  const traffic = idle(load, { warm: 1, connections: 3, rate: { rate: 100 } });
  started(traffic, load);
  assert.deepEqual([traffic.pace!.of, traffic.pace!.nextMs], ["pauses", Infinity]);
  traffic.measure!(50);
  traffic.opened!(1, 51);
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [["open 1", "send 1"], 60]);
  traffic.due!(60);
  assert.deepEqual(load.take(), ["open 2"]);
  traffic.stop();
  traffic.due!(70);
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [[], Infinity]);
});
