import assert from "node:assert/strict";
import { planRun } from "../../bench/plan/options.ts";
import type { RunOptions } from "../../bench/plan/run_options.ts";
import { decisionLines, untilInWords, untilObstacle } from "./until.ts";

const plan = (options: RunOptions) => planRun({ servers: ["native", "ws"], seed: 1, ...options });

Deno.test("untilInWords() speaks of ratios only if there are several servers", () => {
  assert.equal(untilInWords(plan({})), "");
  assert.equal(
    untilInWords(plan({ until: 0.05 })),
    " at most, until ratios of rates are known to ±5 %",
  );
  assert.equal(
    untilInWords(plan({ until: 0.025, servers: ["native"] })),
    " at most, until its rates are known to ±2.5 %",
  );
});

for (
  const [options, expected] of [
    [{}, undefined],
    [{ until: 0.05 }, undefined],
    [{ until: 0.05, scenarios: ["idle", "burst"] }, undefined],
    [
      { until: 0.05, scenarios: ["idle", "rate"] },
      /^--until ends nothing early: only rates and .* tails or memory; all 100 rounds run$/,
    ],
    [
      { until: 0.05, rounds: 5 },
      /^--until ends nothing early: it takes 5 rounds .*; all 5 rounds run$/,
    ],
    [{ until: 0.05, rounds: 1 }, /; the only round runs$/],
    [{ rounds: 1 }, undefined],
  ] as const
) {
  Deno.test(`untilObstacle() of ${JSON.stringify(options)} is ${expected ? "said" : "none"}`, () => {
    const said = untilObstacle(plan(options));
    if (expected === undefined) assert.equal(said, undefined);
    else assert.match(said ?? "", expected);
  });
}

Deno.test("decisionLines() says what can be decided, and what cannot", () => {
  assert.deepEqual(decisionLines(plan({})), []);
  assert.deepEqual(decisionLines(plan({ until: 0.05, scenarios: ["burst", "idle", "latency"] })), [
    "it ends after 5 rounds at the earliest; latency, burst decide that, idle not: tails and memory vary more",
  ]);
  assert.deepEqual(decisionLines(plan({ servers: ["native"], rounds: 4 })), [
    "fewer than 5 rounds give figures without intervals, and no verdict",
    "one server: nothing is compared",
  ]);
});
