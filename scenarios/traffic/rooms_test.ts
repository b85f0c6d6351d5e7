import assert from "node:assert/strict";
import { rooms } from "./rooms.ts";
import { fakeLoad, started, tally } from "./testing.ts";

const schedule = { rate: 100, arrivals: "constant", seed: 1 } as const;
const options = { rooms: 2, members: 3, speakers: 2, inFlight: 1 } as const;

Deno.test("rooms() has the first connections of each room speak", () => {
  const load = fakeLoad();
  const traffic = rooms(load, options);
  assert.deepEqual([traffic.connections, traffic.slots, traffic.depth], [6, 6, 1]);
  assert.deepEqual(traffic.groups, { members: 3, speakers: 2 });
  assert.deepEqual(started(traffic, load), ["send 0", "send 3", "send 1", "send 4"]);
});

Deno.test("rooms() has a speaker go on when all of its room have its message, whatever the others do", () => {
  const load = fakeLoad();
  const traffic = rooms(load, options);
  started(traffic, load);
  traffic.replied(4, 1, 1);
  traffic.replied(1, 1, 1);
  traffic.replied(4, 1, 2);
  assert.deepEqual(load.take(), []);
  traffic.replied(4, 1, 3);
  assert.deepEqual(load.take(), ["send 4"]);
});

Deno.test("rooms() has as many messages of each speaker on their way as asked for", () => {
  const load = fakeLoad();
  const traffic = rooms(load, { ...options, inFlight: 2 });
  assert.deepEqual(tally(started(traffic, load)), {
    "send 0": 2,
    "send 1": 2,
    "send 3": 2,
    "send 4": 2,
  });
});

Deno.test("rooms() sends nothing more once it is stopped", () => {
  const load = fakeLoad();
  const traffic = rooms(load, options);
  started(traffic, load);
  traffic.stop();
  traffic.replied(0, 3, 1);
  assert.deepEqual(load.take(), []);
});

Deno.test("rooms() with a schedule lets the speakers take turns, and drops what one cannot send", () => {
  const load = fakeLoad();
  const traffic = rooms(load, { ...options, schedule });
  assert.deepEqual([traffic.pace!.of, traffic.depth], ["messages", 125]);
  assert.deepEqual(started(traffic, load), ["send 0"]);
  traffic.due!(40);
  assert.deepEqual(load.take(), ["send 3", "send 1", "send 4", "send 0"]);
  traffic.due!(4990);
  assert.equal(load.take().length, 495);
  traffic.replied(3, 3, 4991);
  traffic.due!(5030);
  assert.deepEqual(load.take(), ["drop", "send 3", "drop", "drop"]);
});
