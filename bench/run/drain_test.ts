/** How long the last replies are waited for, under a simulated clock. */

import assert from "node:assert/strict";
import { type Beside, closedLoopBeside } from "../../scenarios/traffic/beside.ts";
import { json } from "../../scenarios/payload/payload.ts";
import type { Load, Traffic } from "../../scenarios/traffic/types.ts";
import { countsOf } from "../../measure/record/accounts/mod.ts";
import { drive, type DriveOutcome } from "../generator/drive.ts";
import { SimulatedExchange } from "../testing/simulated.ts";

const BESIDE: Beside = { connections: 1, messages: 20, size: 64, reads: "promptly" };
const START_MS = 10;

/** Drives a server that answers small messages in a millisecond, and takes up the others one after another. */
async function run(
  eachMs: number,
  answered = Infinity,
  change: (traffic: Traffic) => Traffic = (traffic) => traffic,
): Promise<DriveOutcome> {
  let bulk = 0;
  const exchange = new SimulatedExchange({
    url: "",
    payload: json(64),
    timeline: "replies",
    traffic: (load: Load) => change(closedLoopBeside(load, { connections: 1, beside: BESIDE })),
  }, (arrivedMs) => {
    // Those beside send everything when the window begins, in one moment.
    const isBulk = arrivedMs === START_MS && exchange.ledger.outstanding > 1;
    if (!isBulk) return arrivedMs + 1.5;
    return ++bulk > answered ? Infinity : arrivedMs + bulk * eachMs;
  });
  return await drive(exchange, { warmupMs: START_MS, durationMs: 100, at() {} });
}

Deno.test("drive() waits for late replies as long as they come, if the traffic asks for it", async () => {
  const { ledger, phases, recorder } = await run(1000);
  const { bulk } = countsOf(recorder.accounts);
  assert.equal(ledger.counts().lost, 0);
  assert.deepEqual([phases.drainMs, bulk!.lateMs], [19_900, 19_900]);
  assert.deepEqual([bulk!.taken, bulk!.takenMs], [20, 0]);
});

Deno.test("drive() gives up when no more come", async () => {
  const { ledger, phases } = await run(1000, 5);
  assert.equal(ledger.counts().lost, 15);
  // The fifth comes after 5 s; the first 8 s are followed by 8 s without one.
  assert.equal(phases.drainMs, 16_000);
});

Deno.test("drive() gives up after all patience, though some still come", async () => {
  const { ledger, phases } = await run(2000);
  assert.equal(phases.drainMs, 25_000);
  assert.equal(ledger.counts().lost, 8);
});

Deno.test("drive() waits no longer than usual if the traffic does not ask for it", async () => {
  const { phases } = await run(1000, Infinity, ({ drainMs: _, ...traffic }) => traffic);
  assert.equal(phases.drainMs, 8000);
});
