import assert from "node:assert/strict";
import { closedLoop } from "./closed_loop.ts";
import { fakeLoad, started, tally } from "./testing.ts";

Deno.test("closedLoop() fills every connection to its depth at the start", () => {
  const load = fakeLoad();
  const traffic = closedLoop(load, { connections: 3, inFlight: 4 });
  assert.deepEqual(tally(started(traffic, load)), { "send 0": 4, "send 1": 4, "send 2": 4 });
  assert.equal(traffic.connections, 3);
  assert.equal(traffic.depth, 4);
});

Deno.test("closedLoop() sends one message for each one that is settled, on the same connection", () => {
  const load = fakeLoad();
  const traffic = closedLoop(load, { connections: 2, inFlight: 1 });
  started(traffic, load);
  traffic.replied(1, 1, 5);
  assert.deepEqual(load.take(), ["send 1"]);
  traffic.replied(0, 3, 6);
  assert.deepEqual(load.take(), ["send 0", "send 0", "send 0"]);
});

Deno.test("closedLoop() keeps the number outstanding constant over any order of replies", () => {
  const load = fakeLoad();
  const traffic = closedLoop(load, { connections: 5, inFlight: 7 });
  let outstanding = started(traffic, load).length;
  for (let reply = 0; reply < 1000; reply++) {
    traffic.replied(reply * 3 % 5, 1, reply);
    outstanding += load.take().length - 1;
    assert.equal(outstanding, 35);
  }
});

Deno.test("closedLoop() sends nothing after it was stopped", () => {
  const load = fakeLoad();
  const traffic = closedLoop(load, { connections: 1, inFlight: 2 });
  started(traffic, load);
  traffic.stop();
  traffic.replied(0, 2, 1);
  assert.deepEqual(load.take(), []);
});

const SECOND = { leastMs: 1000, mostMs: 1000 };

Deno.test("closedLoop() with a time to think sends each message a pause after the reply before it", () => {
  const load = fakeLoad();
  const traffic = closedLoop(load, { connections: 2, inFlight: 1, think: SECOND });
  assert.equal(traffic.pace!.of, "pauses");
  assert.deepEqual(started(traffic, load, 100), []);
  // Both begin within the first second.
  traffic.due!(1100);
  assert.deepEqual(load.take().sort(), ["send 0", "send 1"]);
  assert.equal(traffic.pace!.nextMs, Infinity);
  traffic.replied(1, 1, 1200);
  traffic.replied(0, 1, 1250);
  assert.equal(traffic.pace!.nextMs, 2200);
  traffic.due!(2199.9);
  assert.deepEqual(load.take(), []);
  traffic.due!(2200);
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [["send 1"], 2250]);
});

Deno.test("closedLoop() with a time to think never has more outstanding, and sends nothing after it was stopped", () => {
  const load = fakeLoad();
  const traffic = closedLoop(load, {
    connections: 5,
    inFlight: 3,
    think: { leastMs: 0, mostMs: 20 },
    seed: 4,
  });
  let outstanding = started(traffic, load).length;
  for (let ms = 1; ms < 500; ms++) {
    traffic.due!(ms);
    outstanding += load.take().length;
    assert.ok(outstanding <= 15);
    if (outstanding > 0) {
      traffic.replied(ms % 5, 1, ms);
      outstanding--;
    }
  }
  traffic.stop();
  traffic.replied(0, 1, 600);
  traffic.due!(10_000);
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [[], Infinity]);
});
