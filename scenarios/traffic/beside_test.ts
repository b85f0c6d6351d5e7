import assert from "node:assert/strict";
import { closedLoopBeside } from "./beside.ts";
import { fakeLoad, started, tally } from "./testing.ts";

const beside = { connections: 2, messages: 3, size: 1024, reads: "late" } as const;

Deno.test("closedLoopBeside() is a closed loop if nobody is beside it", () => {
  const load = fakeLoad();
  const traffic = closedLoopBeside(load, { connections: 2 });
  assert.deepEqual([traffic.connections, traffic.slots, traffic.accounts], [2, 2, undefined]);
  assert.deepEqual(started(traffic, load), ["send 0", "send 1"]);
  traffic.replied(1, 1, 5);
  assert.deepEqual(load.take(), ["send 1"]);
});

Deno.test("closedLoopBeside() leaves the others alone until the window begins", () => {
  const load = fakeLoad();
  const traffic = closedLoopBeside(load, { connections: 2, beside });
  assert.deepEqual([traffic.connections, traffic.slots, traffic.depth], [4, 4, 3]);
  assert.equal(traffic.beside, 2);
  const [bulk] = traffic.accounts!;
  bulk!.sent!(1, 5);
  bulk!.sent!(2, 5);
  const { connections, messages, size, taken } = bulk!.counts()!;
  assert.deepEqual([connections, messages, size, taken], [2, 3, 1024, 1]);
  assert.deepEqual(started(traffic, load), ["send 0", "send 1"]);
});

Deno.test("closedLoopBeside() leaves the replies of late readers unread until the window is over", () => {
  const load = fakeLoad();
  const traffic = closedLoopBeside(load, { connections: 2, beside });
  started(traffic, load);
  traffic.measure!(10);
  const asked = load.take();
  assert.deepEqual(tally(asked), { "pause 2": 1, "send 2": 3, "pause 3": 1, "send 3": 3 });
  assert.equal(asked[0], "pause 2", "it is paused before it sends");
  traffic.replied(0, 1, 11);
  assert.deepEqual(load.take(), ["send 0"]);
  traffic.stop();
  assert.deepEqual(load.take(), ["withdraw 2", "resume 2", "withdraw 3", "resume 3"]);
  traffic.replied(2, 1, 20);
  traffic.replied(0, 1, 21);
  assert.deepEqual(load.take(), [], "nothing is sent any more");
});

Deno.test("closedLoopBeside() lets prompt readers read all the time, and sends no more than the limit", () => {
  const load = fakeLoad();
  const traffic = closedLoopBeside(load, {
    connections: 1,
    beside: { ...beside, connections: 1, reads: "promptly" },
  });
  started(traffic, load);
  traffic.measure!(10);
  assert.deepEqual(tally(load.take()), { "send 1": 3 });
  traffic.replied(1, 3, 12);
  assert.deepEqual(load.take(), [], "its replies ask for nothing");
  traffic.stop();
  assert.deepEqual(load.take(), ["withdraw 1"]);
});
