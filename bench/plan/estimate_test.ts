import assert from "node:assert/strict";
import { aroundMs, CONNECTION_MS, estimateMs, OVERHEAD_MS } from "./estimate.ts";
import { planRun } from "./options.ts";
import { SEARCH_WINDOWS, SETTLE_MS } from "../generator/search/windows.ts";
import type { RunOptions } from "./run_options.ts";

const estimate = (options: RunOptions): number =>
  estimateMs(
    planRun({ servers: ["native"], rounds: 1, warmupMs: 200, durationMs: 400, ...options }),
  );

Deno.test("estimateMs() adds warm-up, window and overhead of each trial", () => {
  const { trials } = planRun({ servers: ["native"], scenarios: ["burst"], rounds: 1 });
  assert.equal(estimate({ scenarios: ["burst"] }), trials.length * (600 + OVERHEAD_MS));
});

Deno.test("estimateMs() counts each connection", () => {
  const overrides = { connections: 5000 };
  assert.equal(
    estimate({ scenarios: ["idle"], overrides }),
    600 + OVERHEAD_MS + 5000 * CONNECTION_MS,
  );
});

Deno.test("estimateMs() grows with the rounds, by what is in them", () => {
  const [one, three] = [1, 3].map((rounds) => estimate({ scenarios: ["idle"], rounds }));
  assert.equal(three, 3 * one!);
});

Deno.test("aroundMs() grows with the trials, whose reports are written", () => {
  const [one, two] = [1, 2].map((rounds) =>
    aroundMs(planRun({ servers: ["native"], scenarios: ["idle"], rounds }))
  );
  assert.ok(0 < one! && one! < two!);
});

Deno.test("estimateMs() counts the windows of a search", () => {
  for (const [durationMs, windowMs] of [[2000, 2000], [400, 1000]] as const) {
    const [search, none] = [["capacity"], ["idle"]].map((scenarios) =>
      estimate({ scenarios, overrides: { connections: 64 }, durationMs })
    );
    const longer = windowMs - durationMs;
    assert.equal(
      Math.round(search! - none!),
      longer + SEARCH_WINDOWS.capacity * (windowMs + SETTLE_MS),
    );
  }
});

Deno.test("estimateMs() counts the window of a scenario that needs a longer one than was asked for", () => {
  const scenarios = ["slow-reader"];
  const opening = 3 * 8 * CONNECTION_MS;
  const all = (windowMs: number): number => 3 * (200 + windowMs + OVERHEAD_MS) + opening;
  assert.equal(Math.round(estimate({ scenarios })), Math.round(all(2000)));
  assert.equal(Math.round(estimate({ scenarios, durationMs: 5000 })), Math.round(all(5000)));
});
