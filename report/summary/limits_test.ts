import assert from "node:assert/strict";
import { limitsOf } from "./limits.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("limitsOf() names the loopback, the machine, the windows and that servers not told apart may differ", () => {
  const text = limitsOf(ROUNDS).join("\n");
  for (
    const word of [/loopback/, /one machine/, /7 windows of/, /not told apart may differ/, /2 %/]
  ) {
    assert.match(text, word);
  }
});

Deno.test("limitsOf() counts the rounds that ran, if they were to go on until rates are known", () => {
  const settings = { ...ROUNDS.settings, rounds: 100, until: 0.05 };
  assert.match(limitsOf({ ...ROUNDS, settings }).join("\n"), /7 windows of/);
});

Deno.test("limitsOf() warns about the closed loop only if there is one, naming its scenarios", () => {
  assert.match(limitsOf(RESULT).join("\n"), /closed loop hides stalls.*latency of Echo rate is/);
  assert.ok(!limitsOf(ROUNDS).join("\n").includes("closed loop"));
  const [echo] = RESULT.scenarios;
  const [, p99] = echo!.metrics;
  const open = {
    ...p99!,
    pooled: { histogram: "responseTime", statistic: { percentile: 99 } },
  } as const;
  const scenarios = [{ ...echo!, metrics: [...echo!.metrics, open] }];
  assert.ok(!limitsOf({ ...RESULT, scenarios }).join("\n").includes("closed loop"));
});

Deno.test("limitsOf() says when server and client shared CPUs, and that a run was stopped", () => {
  const settings = { ...ROUNDS.settings, pinning: { absent: "--no-pin was given" } };
  const [first, ...rest] = limitsOf({ ...ROUNDS, settings, state: "interrupted" });
  assert.match(first!, /stopped before its end/);
  assert.match(rest.join("\n"), /ran on the same CPUs/);
});
