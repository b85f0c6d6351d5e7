import assert from "node:assert/strict";
import { curveOf, MACHINES } from "../../../checks/simulation/knee/knees.ts";
import {
  CAPACITY,
  type Queue,
  UNDISTURBED,
  windowOf,
} from "../../../checks/simulation/knee/queue.ts";
import type { TimelineSlice } from "../../../measure/model/result.ts";
import { seededRandom } from "../../../measure/record/random.ts";
import { kneeOfCurve } from "../../../measure/scaling/load_curve.ts";
import { readStages } from "../../../scenarios/traffic/timing/texts.ts";
import { reportOf } from "../../testing/reports.ts";
import { SEARCH_TASK } from "../../testing/tasks.ts";
import type { GeneratorTask } from "../messages.ts";
import { recoveryOf, traceCurve } from "./curve.ts";

const task: GeneratorTask = {
  ...SEARCH_TASK,
  scenario: "curve",
  parameters: { ...SEARCH_TASK.parameters, connections: 64, arrivals: "poisson" },
  durationMs: 400,
};

/** Each message takes 100 µs, one after another. */
const SERVER: Queue = { id: "M/D/1", workers: 1, service: () => 1 };

/** Drives the simulated server by a client that sends so much per second at most. */
function traced(mostSent: number = Infinity, closedRate: number = CAPACITY * 0.9) {
  const tasks: GeneratorTask[] = [];
  const curve = traceCurve(task, (one) => {
    tasks.push(one);
    const { rate, inFlight, stages } = one.parameters;
    if (inFlight !== undefined) return Promise.resolve(reportOf(closedRate, 1));
    return Promise.resolve(windowOf(
      SERVER,
      UNDISTURBED,
      stages === undefined ? [{ durationMs: one.durationMs, target: rate! }] : readStages(stages),
      seededRandom(one.seed),
      { mostSent, sliceMs: one.sliceMs },
    ));
  });
  return { curve, tasks };
}

Deno.test("traceCurve() finds capacity, knee, collapse and recovery where the arithmetic puts them", async () => {
  const { curve: running, tasks } = traced();
  const { curve, counts, integrity } = await running;
  const { points, recovery, closedRate } = curve!;
  assert.equal(closedRate, 9000);
  const ofWay = (way: string) => points.filter((point) => point.way === way);
  const rising = ofWay("up").map(({ rate }) => rate);
  assert.deepEqual(rising, rising.toSorted((a, b) => a - b));
  assert.equal(rising[0], 0.05 * 9000);
  // A server that is not full at the closed loop's rate gets more.
  assert.ok(rising.at(-1)! > CAPACITY, `${rising}`);
  const highest = Math.max(...points.map(({ answered }) => answered));
  assert.ok(Math.abs(highest / CAPACITY - 1) < 0.02, `${highest}`);
  // p99 of M/D/1 bends at 44 % of the capacity.
  const knee = kneeOfCurve(points)!.rate;
  assert.ok(Math.abs(knee / CAPACITY - 0.436) < 0.08, `${knee}`);
  // At twice the capacity the queue is longer than 10 ms after 10 ms: nearly nothing is in time.
  const overload = ofWay("overload").at(-1)!;
  assert.ok(Math.abs(overload.rate / highest - 2) < 0.05, `${overload.rate}`);
  assert.ok(overload.inTime < 0.1 * CAPACITY, `${overload.inTime}`);
  assert.ok(overload.p99Ms! > 150, `${overload.p99Ms}`);
  // 400 ms at twice the capacity leave 4,000 messages, which take 800 ms as half of the capacity goes on arriving.
  assert.ok(Math.abs(recovery!.recoveredMs! - 800) <= 100, JSON.stringify(recovery));
  // Each falling rate is one that rose.
  const falling = ofWay("down").map(({ rate }) => rate);
  assert.deepEqual(falling, falling.toSorted((a, b) => b - a));
  assert.ok(falling.every((rate) => rising.includes(rate)));
  // What else is reported is of half of the capacity; the account is of all.
  assert.ok(Math.abs(counts.sent / 0.4 / CAPACITY - 0.5) < 0.06, `${counts.sent}`);
  assert.ok(integrity.sent > 20 * counts.sent);
  assert.equal(new Set(tasks.map(({ seed }) => seed)).size, tasks.length);
  assert.deepEqual(tasks[0]!.parameters, { ...task.parameters, inFlight: 1 });
});

Deno.test("traceCurve() puts rates beside the knee, closer than those that it began with", async () => {
  const { points } = (await traced().curve).curve!;
  const near = points.filter(({ way, rate }) => way === "up" && rate > 3000 && rate < 6000);
  // 3,600, 4,500 and 5,400 were there before.
  assert.ok(near.length >= 5, near.map(({ rate }) => rate).join(" "));
});

Deno.test("traceCurve() keeps the knee where the machine interrupts the server", async () => {
  const curve = await curveOf(SERVER, MACHINES[1]!, seededRandom(4));
  const knee = kneeOfCurve(curve)!.rate;
  assert.ok(Math.abs(knee / CAPACITY - 0.46) < 0.1, `${knee}`);
  const up = curve.filter(({ way }) => way === "up");
  // An interruption of milliseconds is the p99 of some windows, of their slices it is not the median.
  assert.ok(up.some(({ p99Ms, sliceP99Ms }) => p99Ms! > 4 * sliceP99Ms!));
});

Deno.test("traceCurve() stops where the client cannot send more, and does not call that overload", async () => {
  const { points, recovery } = (await traced(6000, 5800).curve).curve!;
  const beyond = points.filter(({ sentShare }) => sentShare < 0.995);
  assert.ok(beyond.length >= 1);
  assert.equal(recovery, null);
  assert.ok(points.every(({ answered }) => answered < 6600));
});

Deno.test("recoveryOf() is the first slice within twice of before", () => {
  const slices = (...p99s: readonly (number | null)[]): TimelineSlice[] =>
    p99s.map((p99Ms, index) => ({
      atMs: 100 * index,
      lengthMs: 100,
      count: 1,
      meanMs: p99Ms,
      p50Ms: p99Ms,
      p99Ms,
      maxMs: p99Ms,
    }));
  const timeline = slices(1, 3, 90, 200, 150, null, 7, 5, 9, 2);
  assert.deepEqual(recoveryOf(timeline, 200, 400), { beforeP99Ms: 3, recoveredMs: 300 });
  assert.deepEqual(recoveryOf(timeline.slice(0, 7), 200, 400), {
    beforeP99Ms: 3,
    recoveredMs: null,
  });
  assert.deepEqual(recoveryOf(slices(null, null, 9, 9, 1), 200, 400), {
    beforeP99Ms: null,
    recoveredMs: null,
  });
});
