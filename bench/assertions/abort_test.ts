import assert from "node:assert/strict";
import { latency } from "../../scenarios/latency.ts";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";
import type { ScenarioDescription } from "../../measure/model/result.ts";
import { abortReason } from "./abort.ts";
import { parseAssertion } from "./assertion.ts";

const { value: _, ...p99 } = latency.metrics.find(({ id }) => id === "p99")!;
const SCENARIOS: ScenarioDescription[] = [{
  ...latency,
  cases: [{ id: "connections=1", title: "1 connection", parameters: { connections: 1 } }],
  metrics: [p99],
}];
const SCOPE = { servers: [{ id: "native" }, { id: "ws" }], scenarios: SCENARIOS };
const conditions = (...texts: string[]) => texts.map((text) => parseAssertion(text, SCOPE));

Deno.test("abortReason() names condition, server, case and figure of a trial that meets it", () => {
  const trial = completedTrial({ p99: 1200 });
  assert.equal(
    abortReason(conditions("latency.p99 > 1s"), trial, SCENARIOS),
    "latency.p99 > 1s: native, 1 connection: 1,200 ms",
  );
  assert.equal(abortReason(conditions("latency.p99 > 2s"), trial, SCENARIOS), undefined);
  assert.match(
    abortReason(
      conditions("latency.p99 > 2s", "native.latency[connections=1].p99 > 1s"),
      trial,
      SCENARIOS,
    )!,
    /^native\.latency/,
  );
});

Deno.test("abortReason() is not about other servers and cases, failed trials, ceilings, and what was not measured", () => {
  const trial = completedTrial({ p99: 1200 });
  for (
    const other of [
      { ...trial, round: 0 },
      { ...trial, scenario: "roundtrip" },
      failedTrial("it ended"),
      completedTrial({ p99: { absent: "no reply" } }),
    ]
  ) {
    assert.equal(abortReason(conditions("latency.p99 > 1s"), other, SCENARIOS), undefined);
  }
  assert.equal(abortReason(conditions("ws.latency.p99 > 1s"), trial, SCENARIOS), undefined);
});
