/** Connections that come and go, under a clock that is computed. */

import assert from "node:assert/strict";
import { churn } from "../../scenarios/traffic/churn.ts";
import { fixedText } from "../../scenarios/payload/payload.ts";
import type { ScheduleOptions } from "../../scenarios/traffic/timing/schedule.ts";
import { drive, type DriveOutcome } from "../generator/drive.ts";
import { SimulatedExchange, stallingServer } from "../testing/simulated.ts";

function simulate(
  concurrency: number,
  answerMs: (arrivedMs: number) => number,
  schedule?: ScheduleOptions,
): Promise<DriveOutcome> {
  const exchange = new SimulatedExchange({
    url: "ws://simulated/",
    traffic: (load) => churn(load, { concurrency, limit: 1e6, schedule }),
    payload: fixedText("hi"),
    timeline: "handshakes",
  }, answerMs);
  return drive(exchange, { warmupMs: 1000, durationMs: 2000, at: () => {} });
}

const inMs = (ns: number): number => Number((ns / 1e6).toPrecision(3));

Deno.test("churn in a closed loop: as many under way as asked for, each with one reply", async () => {
  const { recorder, ledger } = await simulate(4, (arrivedMs) => arrivedMs + 5);
  const { replies, handshakes, sent } = recorder.counts(0);
  assert.deepEqual([replies, handshakes, sent], [1600, 1600, 1600]);
  assert.equal(inMs(recorder.histograms.batchTime!.percentile(50)), 5);
  assert.equal(recorder.arrivals.counts(), undefined);
  const { lost, duplicated, reordered } = ledger.counts();
  assert.deepEqual([lost, duplicated, reordered], [0, 0, 0]);
});

Deno.test("churn by a schedule counts from when a connection was meant to be opened", async () => {
  const stalls = { serviceMs: 0.1, stallMs: 200, everyMs: 1000 };
  const schedule = { rate: 100, arrivals: "constant", seed: 1 } as const;
  const { recorder } = await simulate(64, stallingServer(stalls), schedule);
  assert.deepEqual(recorder.arrivals.counts(), {
    offered: 200,
    sent: 200,
    late: 0,
    dropped: 0,
    answered: 200,
  });
  assert.equal(recorder.responseTime.count, 200);
  assert.equal(recorder.histograms.batchTime!.count, 200);
  assert.equal(inMs(recorder.histograms.batchTime!.percentile(50)), 0.1);
  assert.ok(Math.abs(inMs(recorder.histograms.batchTime!.max) - 200) < 11);
});

Deno.test("churn by a schedule drops what is due while all that may be are under way", async () => {
  const schedule = { rate: 100, arrivals: "constant", seed: 1 } as const;
  const { recorder } = await simulate(10, (arrivedMs) => arrivedMs + 1000, schedule);
  const { offered, sent, dropped, answered } = recorder.arrivals.counts()!;
  assert.deepEqual([offered, sent + dropped, answered], [200, 200, sent]);
  assert.ok(dropped > 150, `${dropped}`);
});

Deno.test("churn is not over before what is under way has ended", async () => {
  const { recorder, ledger, phases } = await simulate(1, (arrivedMs) => arrivedMs + 1500);
  assert.equal(ledger.counts().lost, 0);
  assert.equal(recorder.histograms.batchTime!.count, 1);
  assert.ok(phases.drainMs >= 0);
});
