/** One message to many, under a clock that is computed. */

import assert from "node:assert/strict";
import { fanout } from "../../scenarios/traffic/fanout.ts";
import { fixedText } from "../../scenarios/payload/payload.ts";
import type { ScheduleOptions } from "../../scenarios/traffic/timing/schedule.ts";
import { drive, type DriveOutcome } from "../generator/drive.ts";
import { SimulatedExchange } from "../testing/simulated.ts";

/** A server that sends one copy after another, each in `copyMs`. */
function simulate(
  connections: number,
  copyMs: number,
  schedule?: ScheduleOptions,
  durationMs = 1000,
): Promise<DriveOutcome> {
  let freeMs = 0;
  const exchange = new SimulatedExchange(
    {
      url: "ws://simulated/",
      traffic: (load) => fanout(load, { connections, inFlight: 1, schedule }),
      payload: fixedText("hi"),
      timeline: "replies",
    },
    (arrivedMs) => freeMs = Math.max(arrivedMs, freeMs) + copyMs,
  );
  return drive(exchange, { warmupMs: 100, durationMs, at: () => {} });
}

const inMs = (ns: number): number => Number((ns / 1e6).toPrecision(3));

Deno.test("fan-out in a closed loop: first and last receiver, skew, and every delivery", async () => {
  const { recorder, ledger } = await simulate(10, 0.5);
  const { sent, replies } = recorder.counts(10);
  assert.ok(Math.abs(sent - 200) <= 1 && Math.abs(replies - 2000) <= 10, `${sent} ${replies}`);
  assert.equal(inMs(recorder.histograms.firstReceiver!.percentile(50)), 0.5);
  assert.equal(inMs(recorder.histograms.lastReceiver!.percentile(50)), 5);
  assert.equal(inMs(recorder.histograms.skew!.percentile(50)), 4.5);
  assert.equal(inMs(recorder.serviceTime.percentile(10)), 0.5);
  const counts = ledger.counts();
  assert.deepEqual(
    { ...counts, sent: counts.sent % 10, answered: counts.answered - counts.sent },
    { sent: 0, answered: 0, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
  );
});

Deno.test("fan-out by a schedule: a message is answered when the last receiver has it", async () => {
  const schedule = { rate: 100, arrivals: "constant", seed: 1 } as const;
  const { recorder, ledger } = await simulate(10, 0.5, schedule);
  assert.deepEqual(recorder.arrivals.counts(), {
    offered: 100,
    sent: 100,
    late: 0,
    dropped: 0,
    answered: 100,
  });
  assert.equal(recorder.responseTime.count, 100);
  assert.equal(inMs(recorder.responseTime.percentile(50)), 5);
  assert.equal(recorder.serviceTime.count, 1000);
  assert.equal(ledger.counts().lost, 0);
});

Deno.test("fan-out by a schedule that is too fast drops what five seconds of it exceed", async () => {
  const schedule = { rate: 100, arrivals: "constant", seed: 1 } as const;
  const { recorder } = await simulate(10, 1e6, schedule, 7000);
  const { offered, sent, dropped, answered } = recorder.arrivals.counts()!;
  // The warm-up has sent 11 of the 500.
  assert.deepEqual([offered, sent, dropped, answered], [700, 489, 211, 0]);
});
