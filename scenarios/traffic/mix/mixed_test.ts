import assert from "node:assert/strict";
import { depthIn, mixed } from "./mixed.ts";
import type { MixGroup } from "./mixes.ts";
import type { Arrivals, Share } from "../timing/schedule.ts";
import { type FakeLoad, fakeLoad, started, tally } from "../testing.ts";
import type { Traffic } from "../types.ts";

function sending(connections: number, rate: number, arrivals: Arrivals = "constant"): MixGroup {
  return { title: "", connections, messages: { size: 16, rate, arrivals } };
}

const silent: MixGroup = { title: "", connections: 3, pingEveryS: 1 };
const chatty = sending(2, 5);
const crowd = sending(50, 20, "poisson");

/** A mix over a load that notes when each thing was meant to happen. */
function noting(
  groups: readonly MixGroup[],
  seed = 1,
  share?: Share,
): { traffic: Traffic; load: FakeLoad; times: () => string[] } {
  const load = fakeLoad();
  const noted: string[] = [];
  for (const name of ["send", "ping"] as const) {
    const ask = load[name];
    load[name] = (connection) => {
      ask(connection);
      noted.push(`${name} ${connection} at ${Math.round(traffic.pace!.intendedMs)}`);
    };
  }
  const traffic = mixed(load, { groups, firstLarge: 3, seed, share });
  return { traffic, load, times: () => noted.splice(0) };
}

/** What a mix asked of which connections in so many milliseconds. */
function asked(groups: readonly MixGroup[], ms: number, seed = 1): string[] {
  const { traffic, load } = noting(groups, seed);
  const begun = started(traffic, load);
  traffic.due!(ms);
  return [...begun, ...load.take()];
}

Deno.test("mixed() sends by the schedules of all groups, in the order of their times", () => {
  const { traffic, load, times } = noting([silent, chatty]);
  assert.deepEqual([traffic.connections, traffic.slots], [5, 5]);
  started(traffic, load, 1000);
  // Three connections that ping each second, and two that send five messages each.
  traffic.due!(1999);
  assert.deepEqual(times(), [
    ...["ping 0 at 1000", "send 3 at 1000", "send 4 at 1100", "send 3 at 1200", "send 4 at 1300"],
    ...["ping 1 at 1333", "send 3 at 1400", "send 4 at 1500", "send 3 at 1600", "ping 2 at 1667"],
    ...["send 4 at 1700", "send 3 at 1800", "send 4 at 1900"],
  ]);
  assert.equal(traffic.pace!.nextMs, 2000);
});

Deno.test("mixed() draws random connections of a group, as often as its rate says", () => {
  const seconds = 3;
  const all = asked([silent, crowd], seconds * 1000);
  const counts = tally(all);
  const sends = Object.keys(counts).filter((one) => one.startsWith("send "));
  assert.deepEqual(
    sends.map((one) => Number(one.slice(5))).sort((a, b) => a - b),
    Array.from({ length: 50 }, (_, index) => index + 3),
  );
  const sent = all.filter((one) => one.startsWith("send ") || one === "drop").length;
  const expected = crowd.connections * crowd.messages!.rate * seconds;
  assert.ok(Math.abs(sent - expected) < 5 * Math.sqrt(expected), `${sent} of ${expected}`);
  assert.ok(new Set(sends.map((one) => counts[one])).size > 5, "not in turn");
  assert.deepEqual(
    [0, 1, 2].map((connection) => counts[`ping ${connection}`]),
    [seconds + 1, seconds, seconds],
  );
});

Deno.test("mixed() of several generators send and ping together when one would", () => {
  const happened = (divisor: number, share?: Share): string[] => {
    const groups = [{ ...silent, connections: 6 }, sending(4, 5), crowd]
      .map((group) => ({ ...group, connections: group.connections / divisor }));
    const { traffic, load, times } = noting(groups, 1, share);
    started(traffic, load);
    traffic.due!(3000);
    // Which connection it is depends on how they are numbered.
    return times().map((one) => one.replace(/ \d+ at/, " at"));
  };
  const two = [0, 1].flatMap((index) => happened(2, { index, of: 2 }));
  assert.deepEqual(two.sort(), happened(1).sort());
});

Deno.test("mixed() is determined by its seed, with a different schedule for each group", () => {
  const groups = [crowd, crowd];
  assert.deepEqual(asked(groups, 1000, 5), asked(groups, 1000, 5));
  assert.notDeepEqual(asked(groups, 1000, 5), asked(groups, 1000, 6));
  const found = asked(groups, 1000, 5);
  const of = (from: number): number[] =>
    found.filter((one) => one.startsWith("send ")).map((one) => Number(one.slice(5)) - from)
      .filter((one) => one >= 0 && one < 50);
  assert.notDeepEqual(of(0), of(50));
});

Deno.test("mixed() drops what exceeds five seconds of a connection, and pings all the same", () => {
  const { traffic, load } = noting([{ ...silent, connections: 1 }, { ...chatty, connections: 1 }]);
  assert.equal(traffic.depth, depthIn(chatty, 2));
  started(traffic, load);
  traffic.due!(5900);
  const before = tally(load.take());
  assert.deepEqual([before["send 1"], before.drop, before["ping 0"]], [24, 5, 5]);
  traffic.replied(1, 2, 5900);
  traffic.due!(6500);
  assert.deepEqual(tally(load.take()), { "send 1": 2, "drop": 1, "ping 0": 1 });
});

Deno.test("mixed() sends nothing once it is stopped", () => {
  const { traffic, load } = noting([silent, chatty]);
  started(traffic, load);
  traffic.stop();
  traffic.due!(10_000);
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [[], Infinity]);
});

Deno.test("depthIn() has room for five seconds of a connection, within bounds", () => {
  assert.equal(depthIn(sending(2, 20), 1000), 100);
  assert.equal(depthIn(sending(2, 0.1), 1000), 8);
  assert.equal(depthIn(sending(2, 10_000), 1024), 1024);
});
