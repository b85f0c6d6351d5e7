/** Windows that are held up, under a simulated clock. */

import type { WindowLength } from "../../measure/warnings/detect_trial.ts";
import assert from "node:assert/strict";
import { burst } from "../../scenarios/traffic/burst.ts";
import { closedLoop } from "../../scenarios/traffic/closed_loop.ts";
import { idle } from "../../scenarios/traffic/idle.ts";
import { openLoop } from "../../scenarios/traffic/open_loop.ts";
import { json } from "../../scenarios/payload/payload.ts";
import type { Load, Traffic } from "../../scenarios/traffic/types.ts";
import { drive } from "../generator/drive.ts";
import { SimulatedExchange } from "../testing/simulated.ts";

const traffics = {
  "closed loop": (load: Load) => closedLoop(load, { connections: 2, inFlight: 2 }),
  "open loop": (load: Load) =>
    openLoop(load, { connections: 2, rate: 100, arrivals: "constant", seed: 1 }),
  burst: (load: Load) => burst(load, { messages: 100 }),
  idle: (load: Load) => idle(load, { warm: 1, connections: 2 }),
} satisfies Record<string, (load: Load) => Traffic>;

/** Drives a window of 3 s, in which the client stands still from one moment of it to another. */
async function run(
  traffic: (load: Load) => Traffic,
  stop?: readonly [fromMs: number, toMs: number],
  cpuMs: ((nowMs: number) => number) | null = () => 0,
): Promise<WindowLength> {
  const exchange = new SimulatedExchange({
    url: "",
    payload: json(64),
    timeline: "replies",
    traffic,
  }, (arrivedMs) => arrivedMs + 7);
  const { window, phases } = await drive(exchange, {
    warmupMs: 100,
    durationMs: 3000,
    at(moment) {
      if (moment !== "window starts" || stop === undefined) return;
      exchange.standStill(exchange.now() + stop[0], exchange.now() + stop[1]);
    },
    ...(cpuMs && { cpuMs: () => cpuMs(exchange.now()) }),
  });
  assert.equal(phases.windowMs, window.tookMs, "rates are over the time that passed");
  return window;
}

const rounded = ({ tookMs, standstillMs }: WindowLength): number[] =>
  [tookMs, standstillMs].map((ms) => Math.round(ms / 50) * 50);

for (const [name, traffic] of Object.entries(traffics)) {
  Deno.test(`drive() finds that the client stood still within the window: ${name}`, async () => {
    assert.deepEqual(rounded(await run(traffic)), [3000, 0]);
    // The clock is looked at ten times a second.
    assert.deepEqual(rounded(await run(traffic, [1000, 1900])), [3000, 900]);
    assert.deepEqual(rounded(await run(traffic, [2900, 4300])), [4300, 1400]);
  });
}

Deno.test("drive() takes no client for standing still that uses its CPU", async () => {
  const busy = await run(traffics["closed loop"], [1000, 1900], (nowMs) => nowMs);
  assert.deepEqual(rounded(busy), [3000, 0]);
  // In a page the CPU time is not known, and a batch is sent in one go.
  assert.deepEqual(rounded(await run(traffics.burst, [1000, 1900], null)), [3000, 0]);
  assert.deepEqual(rounded(await run(traffics["closed loop"], [1000, 1900], null)), [
    3000,
    900,
  ]);
});

Deno.test("drive() lets a window take longer only if it ends with a batch", async () => {
  const { allowedMs } = await run(traffics["closed loop"]);
  assert.equal(allowedMs, 0);
  assert.equal((await run(traffics.burst)).allowedMs, 2500);
});
