import assert from "node:assert/strict";
import { openLoop } from "../../../scenarios/traffic/open_loop.ts";
import { fakeLoad } from "../../../scenarios/traffic/testing.ts";
import type { Pace } from "../../../scenarios/traffic/types.ts";
import { until } from "../../../checks/testing/until.ts";
import { followSchedule } from "./schedule.ts";

const now = (): number => performance.now();

Deno.test("followSchedule() asks when something is due, never before, until the traffic stops", async () => {
  const load = fakeLoad();
  const early: number[] = [];
  let sent = 0;
  load.send = () => {
    const { intendedMs } = traffic.pace!;
    if (now() < intendedMs) early.push(intendedMs);
    // Distances above and below what a timer can do.
    if (++sent === 30) traffic.stop();
  };
  const traffic = openLoop(load, { connections: 1, rate: 400, arrivals: "poisson", seed: 2 });
  traffic.start(now());
  await followSchedule({ pace: traffic.pace!, due: traffic.due! }, now, () => false);
  assert.equal(sent, 30);
  assert.deepEqual(early, []);
});

Deno.test("followSchedule() ends pauses that begin while it waits, and goes on until it is over", async () => {
  const pace: Pace = { of: "pauses", nextMs: Infinity, intendedMs: NaN };
  const ended: number[] = [];
  const due = (): void => {
    ended.push(now());
    pace.nextMs = Infinity;
  };
  const following = followSchedule({ pace, due }, now, () => ended.length === 2);
  for (const ms of [20, 5]) {
    const [before, endMs] = [ended.length, now() + ms];
    pace.nextMs = endMs;
    await until("the end of the pause", () => ended.length > before);
    assert.ok(ended.at(-1)! >= endMs);
  }
  await following;
});

Deno.test("followSchedule() ends when it is asked to", async () => {
  const load = fakeLoad();
  let turns = 0;
  const traffic = openLoop(load, { connections: 1, rate: 0.001, arrivals: "poisson", seed: 1 });
  const pace = { of: "messages", nextMs: now() + 5, intendedMs: NaN } as const;
  await followSchedule({ pace, due: traffic.due! }, now, () => ++turns > 3);
  assert.equal(turns, 4);
});
