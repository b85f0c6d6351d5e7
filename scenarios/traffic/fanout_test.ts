import assert from "node:assert/strict";
import { fanout } from "./fanout.ts";
import { fakeLoad, started, tally } from "./testing.ts";

const schedule = { rate: 100, arrivals: "constant", seed: 1 } as const;

Deno.test("fanout() sends again on its first connection when everybody has the message", () => {
  const load = fakeLoad();
  const traffic = fanout(load, { connections: 3, inFlight: 1 });
  assert.deepEqual([traffic.connections, traffic.groups], [3, { members: 3, speakers: 1 }]);
  assert.deepEqual(started(traffic, load), ["send 0"]);
  traffic.replied(0, 1, 1);
  traffic.replied(0, 1, 1);
  assert.deepEqual(load.take(), []);
  traffic.replied(0, 1, 2);
  assert.deepEqual(load.take(), ["send 0"]);
});

Deno.test("fanout() has as many messages on their way as asked for", () => {
  const load = fakeLoad();
  const traffic = fanout(load, { connections: 2, inFlight: 3 });
  assert.deepEqual(tally(started(traffic, load)), { "send 0": 3 });
  traffic.replied(0, 1, 1);
  assert.deepEqual(load.take(), []);
  traffic.replied(0, 1, 1);
  assert.deepEqual(load.take(), ["send 0"]);
});

Deno.test("fanout() is not held up by a receiver that missed a message and got the next one", () => {
  const load = fakeLoad();
  const traffic = fanout(load, { connections: 2, inFlight: 2 });
  started(traffic, load);
  traffic.replied(0, 2, 1);
  assert.deepEqual(load.take(), ["send 0"]);
  traffic.replied(0, 2, 1);
  assert.deepEqual(load.take(), ["send 0"]);
});

Deno.test("fanout() sends nothing more once it is stopped", () => {
  const load = fakeLoad();
  const traffic = fanout(load, { connections: 1, inFlight: 1 });
  started(traffic, load);
  traffic.stop();
  traffic.replied(0, 1, 1);
  assert.deepEqual(load.take(), []);
});

Deno.test("fanout() with a schedule sends at its times, and drops when five seconds of arrivals are due", () => {
  const load = fakeLoad();
  const traffic = fanout(load, { connections: 2, inFlight: 1, schedule });
  assert.deepEqual([traffic.pace!.of, traffic.depth], ["messages", 500]);
  assert.deepEqual(started(traffic, load), ["send 0"]);
  traffic.due!(10);
  assert.deepEqual(load.take(), ["send 0"]);
  traffic.due!(4990);
  assert.deepEqual(tally(load.take()), { "send 0": 498 });
  traffic.due!(5000);
  assert.deepEqual(load.take(), ["drop"]);
  traffic.replied(0, 1, 5001);
  traffic.replied(0, 1, 5001);
  assert.deepEqual(load.take(), [], "the schedule alone says when");
  traffic.due!(5010);
  assert.deepEqual(load.take(), ["send 0"]);
});
