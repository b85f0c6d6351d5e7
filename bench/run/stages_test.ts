/** Load in stages, users who think, and connections that are opened at a rate, under a clock that is computed. */

import assert from "node:assert/strict";
import { closedLoop } from "../../scenarios/traffic/closed_loop.ts";
import { openLoop } from "../../scenarios/traffic/open_loop.ts";
import { fixedText } from "../../scenarios/payload/payload.ts";
import { ramp } from "../../scenarios/traffic/ramp.ts";
import type { Arrivals } from "../../scenarios/traffic/timing/schedule.ts";
import { drive, type DriveOptions, type DriveOutcome } from "../generator/drive.ts";
import type { ExchangeOptions } from "../generator/exchange/options.ts";
import { SimulatedExchange } from "../testing/simulated.ts";
import { lengthOf, readStages } from "../../scenarios/traffic/timing/texts.ts";

const SECOND_MS = 1000;

function simulate(
  options: Pick<ExchangeOptions, "traffic"> & Partial<ExchangeOptions>,
  drivenBy: Partial<DriveOptions>,
  serviceMs = 1,
): Promise<DriveOutcome> {
  const exchange = new SimulatedExchange(
    { url: "ws://simulated/", payload: fixedText("hi"), timeline: "replies", ...options },
    (arrivedMs) => arrivedMs + serviceMs,
  );
  return drive(exchange, { warmupMs: 500, durationMs: SECOND_MS, at: () => {}, ...drivenBy });
}

Deno.test("the number of connections follows its stages second by second, and every reply is right", async () => {
  const stages = readStages("4s:100, 3s:100, 2s:0");
  const { recorder, ledger, lasting } = await simulate({
    traffic: (load) => ramp(load, { stages, inFlight: 1, seed: 1 }),
    sliceMs: SECOND_MS,
  }, { durationMs: lengthOf(stages) });
  const { timeline } = recorder;
  // The last one of each second opens when the second ends, or closes when it has its reply.
  for (const [second, open] of [25, 50, 75, 100, 100, 100, 100, 50, 0].entries()) {
    const { connections } = timeline[second]!;
    assert.ok(Math.abs(connections! - open) <= 1, `${second}: ${connections}`);
  }
  // Each connection has a reply each millisecond, and there are whole connections: half a one less or more than the area.
  for (const [second, area] of [12, 37, 62, 87, 100, 100, 100, 75.5, 25.5].entries()) {
    const { count, p50Ms } = timeline[second]!;
    assert.ok(Math.abs(count - area * 1000) < 150, `${second}: ${count}`);
    assert.ok(Math.abs(p50Ms! - 1) < 0.001);
  }
  const { sent, answered, lost } = ledger.counts();
  assert.deepEqual([sent, lost], [answered, 0]);
  assert.equal(recorder.counts(0).handshakes, 100);
  assert.equal(lasting, 0);
});

for (const arrivals of ["constant", "poisson"] satisfies Arrivals[]) {
  Deno.test(`${arrivals} arrivals follow their stages second by second, from the window's begin to its end`, async () => {
    const stages = readStages("4s:1000, 1s:1000, 0s:200, 2s:200");
    const { recorder } = await simulate({
      traffic: (load) => openLoop(load, { connections: 8, rate: 1000, stages, arrivals, seed: 2 }),
      timeline: "responses",
      sliceMs: SECOND_MS,
    }, { durationMs: lengthOf(stages) });
    const means = [125, 375, 625, 875, 1000, 200, 200];
    const whole = 3400;
    const { timeline } = recorder;
    const isFixed = arrivals === "constant";
    for (const [second, mean] of means.entries()) {
      const { offered, count } = timeline[second]!;
      const most = isFixed ? 1 : 4 * Math.sqrt(mean);
      assert.ok(Math.abs(offered! - mean) <= most, `${second}: ${offered}`);
      assert.ok(Math.abs(count - offered!) <= (isFixed ? 2 : 12), `${second}: ${count}`);
      assert.equal(timeline[second]!.connections, 8);
    }
    const { offered, sent, late, dropped, answered } = recorder.arrivals.counts()!;
    assert.deepEqual([sent, answered, late, dropped], [offered, offered, 0, 0]);
    if (isFixed) assert.equal(offered, whole);
    else assert.ok(Math.abs(offered - whole) < 4 * Math.sqrt(whole), `${offered}`);
  });
}

Deno.test("users who think send as often as their pauses let them", async () => {
  const { recorder } = await simulate({
    traffic: (load) =>
      closedLoop(load, {
        connections: 100,
        inFlight: 1,
        think: { leastMs: 49, mostMs: 149 },
        seed: 3,
      }),
  }, { durationMs: 10_000 });
  // 100 users, each with a message every 99 + 1 ms on average.
  const { replies } = recorder.counts(100);
  assert.ok(Math.abs(replies - 10_000) < 200, `${replies}`);
  assert.equal(recorder.arrivals.counts(), undefined);
  assert.ok(Math.abs(recorder.serviceTime.percentile(99) - 1e6) < 1e3);
});

Deno.test("connections are opened at the rate that was asked for, before the traffic starts", async () => {
  const { phases, connections } = await simulate({
    traffic: (load) => closedLoop(load, { connections: 1001, inFlight: 1 }),
    opening: { rate: 50 },
  }, {});
  // Longer than a trial waits for connections that are opened as fast as can be.
  assert.deepEqual([phases.connectMs, connections], [20_000, 1001]);
});
