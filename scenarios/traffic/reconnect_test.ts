import assert from "node:assert/strict";
import { type Cut, reconnect } from "./reconnect.ts";
import { type FakeLoad, fakeLoad, started, tally } from "./testing.ts";
import type { Traffic } from "./types.ts";
import type { Backoff } from "./timing/texts.ts";

/** A reconnect of three connections whose warm-up is over at 100 ms. */
function measured(
  cut: Cut,
  backoff?: Backoff,
): { traffic: Traffic; load: FakeLoad; counts: () => unknown } {
  const load = fakeLoad();
  const traffic = reconnect(load, { connections: 3, cut, backoff, seed: 1 });
  assert.deepEqual(started(traffic, load), ["send 0", "send 1", "send 2"]);
  load.onBatch = () => traffic.measure!(100);
  load.nowMs = 100;
  for (const connection of [0, 1, 2]) traffic.replied(connection, 1, 100);
  assert.deepEqual(load.take(), ["batch 0…100"]);
  load.onBatch = () => {};
  return { traffic, load, counts: () => traffic.accounts![0]!.counts() };
}

function due(traffic: Traffic, load: FakeLoad, nowMs: number): string[] {
  load.nowMs = nowMs;
  traffic.due!(nowMs);
  return load.take();
}

Deno.test("reconnect() warms up by messages, one round after the other, and cuts nothing before the window", () => {
  const load = fakeLoad();
  const traffic = reconnect(load, { connections: 2, cut: "sigkill", seed: 1 });
  started(traffic, load);
  traffic.replied(0, 1, 5);
  load.nowMs = 6;
  traffic.replied(1, 1, 6);
  assert.deepEqual(load.take(), ["batch 0…6", "send 0", "send 1"]);
  assert.equal(traffic.pace!.nextMs, Infinity);
  assert.equal(traffic.lost!(0, 7), false, "then it is a failure of the server");
});

Deno.test("reconnect() by the clients: all rest, break off together, and try at once", () => {
  const { traffic, load, counts } = measured("client");
  assert.equal(traffic.pace!.nextMs, 200);
  const asked = due(traffic, load, 200);
  assert.deepEqual(asked.slice(0, 3), ["cut 0", "cut 1", "cut 2"]);
  assert.deepEqual(asked.slice(3), ["open 0", "open 1", "open 2"]);
  for (const connection of [0, 1, 2]) traffic.opened!(connection, 205);
  assert.deepEqual(load.take(), ["send 0", "send 1", "send 2"]);
  for (const connection of [0, 1, 2]) traffic.replied(connection, 1, 210 + connection);
  assert.deepEqual(load.take(), [], "they have to stay");
  // Until when it took is what counts.
  assert.deepEqual(due(traffic, load, 312), [
    "batch 200…212",
    "cut 0",
    "cut 1",
    "cut 2",
    "open 0",
    "open 1",
    "open 2",
  ]);
  assert.deepEqual(counts(), { cuts: 2, lost: 6, back: 3, attempts: 6, errors: 0 });
  const { count, min, max } = traffic.accounts![0]!.histograms["outageTime"]!;
  assert.equal(count, 3);
  assert.ok(Math.abs(min - 10e6) < 1e4 && Math.abs(max - 12e6) < 1e4);
});

Deno.test("reconnect() by the server's restart counts from the first that is lost, and tries again after failures", () => {
  const { traffic, load, counts } = measured("sigterm");
  assert.deepEqual(due(traffic, load, 200), ["restart SIGTERM"]);
  assert.equal(traffic.lost!(1, 220), true);
  assert.deepEqual(load.take(), ["open 1"]);
  assert.ok(traffic.lost!(1, 221), "refused");
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [[], 271]);
  assert.ok(traffic.lost!(0, 222) && traffic.lost!(2, 222));
  assert.deepEqual(load.take(), ["open 0", "open 2"]);
  assert.deepEqual(due(traffic, load, 271), ["open 1"]);
  for (const connection of [0, 1, 2]) traffic.opened!(connection, 280);
  for (const connection of [0, 1, 2]) traffic.replied(connection, 1, 290);
  load.take();
  assert.deepEqual(due(traffic, load, 390), ["batch 220…290", "restart SIGTERM"]);
  assert.deepEqual(counts(), { cuts: 2, lost: 3, back: 3, attempts: 4, errors: 1 });
});

Deno.test("reconnect(): one that a dying server has accepted and loses again was not back", () => {
  const { traffic, load, counts } = measured("sigkill");
  due(traffic, load, 200);
  for (const connection of [0, 1, 2]) traffic.lost!(connection, 201);
  for (const connection of [0, 1, 2]) traffic.opened!(connection, 202);
  for (const connection of [0, 1, 2]) traffic.replied(connection, 1, 203);
  load.take();
  assert.ok(traffic.lost!(2, 250));
  assert.deepEqual(load.take(), ["open 2"]);
  assert.deepEqual(due(traffic, load, 303), [], "the rest begins anew when all are back");
  // Closed while its message is unanswered.
  traffic.opened!(2, 310);
  assert.ok(traffic.lost!(2, 311));
  assert.deepEqual(tally(load.take()), { "send 2": 1 });
  assert.deepEqual(due(traffic, load, 361), ["open 2"]);
  traffic.opened!(2, 362);
  traffic.replied(2, 1, 370);
  load.take();
  assert.deepEqual(due(traffic, load, 470), ["batch 201…370", "restart SIGKILL"]);
  assert.deepEqual(counts(), { cuts: 2, lost: 4, back: 4, attempts: 5, errors: 1 });
});

Deno.test("reconnect() with a back-off waits before each attempt, longer after each failure", () => {
  const { traffic, load } = measured("client", { firstMs: 10, longestMs: 30, jitter: 0 });
  assert.deepEqual(due(traffic, load, 200), ["cut 0", "cut 1", "cut 2"]);
  const times: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    const atMs = traffic.pace!.nextMs;
    times.push(atMs);
    assert.deepEqual(tally(due(traffic, load, atMs)), { "open 0": 1, "open 1": 1, "open 2": 1 });
    for (const connection of [0, 1, 2]) traffic.lost!(connection, atMs);
  }
  assert.deepEqual(times, [210, 230, 260, 290]);
});

Deno.test("reconnect() with jitter spreads the attempts, the same for the same seed", () => {
  const timesOf = (): number[] => {
    const { traffic, load } = measured("client", { firstMs: 100, longestMs: 100, jitter: 0.5 });
    due(traffic, load, 200);
    const times: number[] = [];
    while (traffic.pace!.nextMs < Infinity) {
      times.push(traffic.pace!.nextMs);
      due(traffic, load, traffic.pace!.nextMs);
    }
    return times;
  };
  const times = timesOf();
  assert.equal(new Set(times).size, 3);
  assert.ok(times.every((ms) => ms >= 250 && ms <= 350), `${times}`);
  assert.deepEqual(timesOf(), times);
});

Deno.test("reconnect() does nothing after it was stopped", () => {
  const { traffic, load } = measured("client");
  due(traffic, load, 200);
  traffic.stop();
  traffic.lost!(0, 201);
  traffic.opened!(1, 202);
  assert.deepEqual([due(traffic, load, 5000), traffic.pace!.nextMs], [[], Infinity]);
});
