/** What the closed loop hides and the open loop shows, under a clock that is computed. */

import assert from "node:assert/strict";
import { closedLoop } from "../../scenarios/traffic/closed_loop.ts";
import { openLoop } from "../../scenarios/traffic/open_loop.ts";
import { fixedText } from "../../scenarios/payload/payload.ts";
import type { Load, Traffic } from "../../scenarios/traffic/types.ts";
import type { TimelineKind } from "../../measure/record/recorder.ts";
import { drive, type DriveOutcome } from "../generator/drive.ts";
import { SimulatedExchange, stallingServer } from "../testing/simulated.ts";

const stalls = { serviceMs: 0.1, stallMs: 200, everyMs: 1000 };

function simulate(
  traffic: (load: Load) => Traffic,
  timeline: TimelineKind,
  answerMs: (arrivedMs: number) => number,
  durationMs = 10_000,
): Promise<DriveOutcome> {
  const options = { url: "ws://simulated/", traffic, payload: fixedText("hi"), timeline };
  return drive(new SimulatedExchange(options, answerMs), {
    warmupMs: 1000,
    durationMs,
    at: () => {},
  });
}

const open = (rate: number) => (load: Load): Traffic =>
  openLoop(load, { connections: 8, rate, arrivals: "constant", seed: 1 });

/** Milliseconds of a percentile, to three digits as the histogram has them. */
const inMs = (ns: number): number => Number((ns / 1e6).toPrecision(3));

Deno.test("a closed loop misses a stall of 200 ms each second: one message in 8,000 meets it", async () => {
  const { recorder } = await simulate(
    (load) => closedLoop(load, { connections: 1, inFlight: 1 }),
    "replies",
    stallingServer(stalls),
  );
  assert.equal(inMs(recorder.serviceTime.percentile(99)), 0.1);
  assert.equal(inMs(recorder.serviceTime.percentile(99.9)), 0.1);
  assert.equal(inMs(recorder.serviceTime.max), 200);
});

Deno.test("an open loop finds it, with the percentiles that arithmetic gives", async () => {
  const { recorder, ledger } = await simulate(open(1000), "responses", stallingServer(stalls));
  const { responseTime, serviceTime } = recorder;
  // Of 1,000 messages a second 200 arrive in the stall and wait for its end, from 200 ms down to 0 and 0.1 ms for
  // each message before them; some 22 more wait for these to be answered.
  assert.ok(Math.abs(inMs(responseTime.percentile(99)) - 190) <= 2);
  assert.ok(Math.abs(inMs(responseTime.percentile(90)) - 110) <= 2);
  assert.equal(inMs(responseTime.percentile(75)), 0.1);
  assert.ok(Math.abs(inMs(responseTime.max) - 200) <= 1);
  // The generator was never held up, so that the service time is the same here.
  assert.equal(serviceTime.percentile(99), responseTime.percentile(99));
  assert.equal(ledger.counts().lost, 0);
});

Deno.test("an open loop counts what was offered in the window, also what is answered after it", async () => {
  const { recorder } = await simulate(open(1000), "responses", stallingServer(stalls), 2050);
  assert.deepEqual(recorder.arrivals, {
    offered: 2050,
    sent: 2050,
    late: 0,
    dropped: 0,
    answered: 2050,
  });
  // The window ends in a stall: what arrived in it is answered in the drain.
  const { replies } = recorder.counts(8);
  assert.ok(replies < 2050, `${replies}`);
  assert.equal(recorder.responseTime.count, 2050);
});

Deno.test("an open loop drops what exceeds its depth when the server stands still", async () => {
  const { recorder } = await simulate(
    open(1000),
    "responses",
    (arrivedMs) => arrivedMs < 1500.5 ? arrivedMs + 0.1 : 9000,
    7000,
  );
  const { offered, sent, dropped, answered } = recorder.arrivals!;
  // The window is 1 s to 8 s; 5,000 messages may be unanswered from 1,500.5 ms on.
  assert.deepEqual({ offered, sent, dropped, answered }, {
    offered: 7000,
    sent: 5500,
    dropped: 1500,
    answered: 5500,
  });
});

Deno.test("an open loop's timeline follows the response time", async () => {
  const { recorder } = await simulate(open(1000), "responses", stallingServer(stalls), 1000);
  const worst = recorder.timeline.map(({ maxMs }) => maxMs === null ? null : Math.round(maxMs));
  // Nothing is answered in the first 200 ms.
  assert.deepEqual(worst.slice(0, 2), [null, null]);
  assert.equal(worst[2], 199);
  assert.equal(worst[5], 0);
});
