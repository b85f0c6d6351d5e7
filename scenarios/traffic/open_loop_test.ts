import assert from "node:assert/strict";
import { depthOf, openLoop } from "./open_loop.ts";
import { type FakeLoad, fakeLoad, started } from "./testing.ts";
import type { Share } from "./timing/schedule.ts";
import type { Traffic } from "./types.ts";

const constant = { arrivals: "constant", seed: 1 } as const;

/** An open loop over a load that notes when each message was meant to be sent. */
function noting(
  options: Parameters<typeof openLoop>[1],
): { traffic: Traffic; load: FakeLoad; intended: number[] } {
  const load = fakeLoad();
  const intended: number[] = [];
  const { send } = load;
  load.send = (connection) => {
    send(connection);
    intended.push(traffic.pace!.intendedMs);
  };
  const traffic = openLoop(load, options);
  return { traffic, load, intended };
}

Deno.test("openLoop() sends by the schedule, over the connections in turn, without a reply", () => {
  const { traffic, load, intended } = noting({ ...constant, connections: 3, rate: 500 });
  assert.deepEqual(started(traffic, load, 100), ["send 0"]);
  assert.equal(traffic.pace!.nextMs, 102);
  traffic.due!(101.9);
  assert.deepEqual(load.take(), []);
  traffic.due!(102);
  assert.deepEqual(load.take(), ["send 1"]);
  traffic.due!(104.5);
  assert.deepEqual(load.take(), ["send 2"]);
  traffic.due!(106);
  assert.deepEqual(load.take(), ["send 0"]);
  assert.deepEqual(intended, [100, 102, 104, 106]);
  assert.equal(traffic.pace!.nextMs, 108);
});

Deno.test("openLoop() of several generators send together when one would, with as much room on a connection", () => {
  for (const arrivals of ["constant", "poisson"] as const) {
    const options = { rate: 10_000, arrivals, seed: 3 };
    const sentBy = (share: Share): { intended: number[]; depth: number } => {
      const connections = 8 / share.of;
      const { traffic, load, intended } = noting({ ...options, connections, share });
      started(traffic, load, 5);
      traffic.due!(25);
      return { intended, depth: traffic.depth };
    };
    const one = sentBy({ index: 0, of: 1 });
    const four = [0, 1, 2, 3].map((index) => sentBy({ index, of: 4 }));
    const merged = four.flatMap(({ intended }) => intended).sort((a, b) => a - b);
    assert.deepEqual(merged, one.intended);
    assert.deepEqual(four.map(({ depth }) => depth), [one.depth, one.depth, one.depth, one.depth]);
  }
});

Deno.test("openLoop() catches up after a pause of the generator: each message keeps its intended time", () => {
  const { traffic, load, intended } = noting({ ...constant, connections: 2, rate: 1000 });
  started(traffic, load, 0);
  traffic.due!(5.5);
  assert.deepEqual(load.take(), ["send 1", "send 0", "send 1", "send 0", "send 1"]);
  assert.deepEqual(intended, [0, 1, 2, 3, 4, 5]);
});

Deno.test("openLoop() sends as many as the schedule asks for, over any steps of time", () => {
  for (const arrivals of ["constant", "poisson"] as const) {
    const { traffic, load } = noting({ connections: 7, rate: 10_000, arrivals, seed: 3 });
    let count = started(traffic, load, 0).length;
    for (let nowMs = 0; nowMs < 1000; nowMs += 0.1 + (nowMs % 3)) traffic.due!(nowMs);
    traffic.due!(1000);
    count += load.take().length;
    assert.ok(Math.abs(count - 10_000) < 4 * Math.sqrt(10_000), `${arrivals}: ${count}`);
  }
});

Deno.test("openLoop() drops what exceeds its depth, and sends again once replies came", () => {
  const { traffic, load } = noting({ ...constant, connections: 2, rate: 100 });
  const depth = depthOf(100, 2);
  assert.equal(traffic.depth, depth);
  started(traffic, load, 0);
  const untilFull = (2 * depth - 1) * 10;
  traffic.due!(untilFull);
  assert.equal(load.take().includes("drop"), false);
  traffic.due!(untilFull + 10);
  assert.deepEqual(load.take(), ["drop"]);
  traffic.replied(1, 1, untilFull + 10);
  traffic.due!(untilFull + 40);
  assert.deepEqual(load.take(), ["send 1", "drop", "drop"]);
});

Deno.test("openLoop() sends nothing and is never due after it was stopped", () => {
  const { traffic, load } = noting({ ...constant, connections: 1, rate: 1000 });
  started(traffic, load, 0);
  traffic.stop();
  traffic.due!(100);
  assert.deepEqual(load.take(), []);
  assert.equal(traffic.pace!.nextMs, Infinity);
});

Deno.test("depthOf() has room for five seconds of arrivals, within bounds", () => {
  assert.equal(depthOf(1000, 10), 500);
  assert.equal(depthOf(1, 1), 1024);
  assert.equal(depthOf(1e9, 64), 4096);
});
