import assert from "node:assert/strict";
import type { Judgement } from "../../measure/judge/judge.ts";
import type { Verdict } from "../../measure/judge/verdicts.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { outcomeOf, tally, verdictsByServer } from "./verdicts.ts";

function verdict(
  judgement: "higher" | "lower" | "none" | "absent",
  aspect: Verdict["aspect"] = "primary",
  better: "higher" | "lower" | "none" = "lower",
): Verdict {
  const server = { id: "ws", title: "ws", protocol: "websocket" };
  const one = { id: "", title: "", parameters: {} };
  const metric = { id: "p50", title: "p50", unit: "ms", better };
  const shown = {
    ratio: 2,
    interval: { low: 1, high: 3 },
    p: 0,
    adjustedP: 0,
    rounds: 7,
    difference: judgement as Judgement["difference"],
  };
  return {
    aspect,
    scenario: { id: "s", title: "S", question: "?", cases: [one], metrics: [metric] },
    case: one,
    metric,
    server,
    baseline: server,
    judgement: judgement === "absent" ? { absent: "gone" } : shown,
  };
}

Deno.test("outcomeOf() depends on which direction is better", () => {
  assert.equal(outcomeOf(verdict("higher")), "worse");
  assert.equal(outcomeOf(verdict("higher", "primary", "higher")), "better");
  assert.equal(outcomeOf(verdict("higher", "primary", "none")), "different");
  assert.equal(outcomeOf(verdict("none")), "no difference shown");
  assert.equal(outcomeOf(verdict("absent")), "not compared");
});

Deno.test("tally() counts, and calls CPU time lower or higher", () => {
  assert.equal(
    tally([verdict("lower"), verdict("higher"), verdict("higher"), verdict("none")]),
    "worse in 2 of 4 cases, better in 1, no difference shown in 1",
  );
  assert.equal(
    tally([verdict("higher", "cpu"), verdict("lower", "cpu"), verdict("absent", "cpu")]),
    "higher in 1 of 3 cases, lower in 1, not compared in 1",
  );
});

Deno.test("verdictsByServer() counts the outcomes of each server's verdicts, and says where", () => {
  const [native, ws, socketio] = verdictsByServer(ROUNDS);
  assert.equal(native!.baseline, undefined);
  assert.equal(ws!.baseline, "Deno.serve");
  assert.equal(
    ws!.primary,
    "worse in 2 of 4 cases, better in 1, no difference shown in 1",
  );
  assert.equal(ws!.cpu, "higher in 1 of 3 cases, no difference shown in 2");
  assert.deepEqual(
    ws!.groups.map(({ outcome, scenarios }) => [
      outcome,
      scenarios.map(({ scenario, of }) => [scenario.id, of]),
    ]),
    [
      ["worse", [["throughput", "1 of 2 cases"], ["idle", ""]]],
      ["better", [["connect", ""]]],
      ["no difference shown", [["throughput", "1 of 2 cases"]]],
    ],
  );
  assert.equal(socketio!.primary, "worse in 3 of 4 cases, not compared in 1");
});
