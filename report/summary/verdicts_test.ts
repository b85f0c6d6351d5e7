import assert from "node:assert/strict";
import type { Judgement } from "../../measure/judge/judge.ts";
import type { Verdict } from "../../measure/judge/verdicts.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { outcomeOf, signOf, tally, verdictsByServer } from "./verdicts.ts";

type Found = "higher" | "lower" | "probably higher" | "probably lower";

function verdict(
  judgement: Found | "same" | "not told apart" | "absent",
  aspect: Verdict["aspect"] = "primary",
  better: "higher" | "lower" | "none" = "lower",
): Verdict {
  const server = { id: "ws", title: "ws", protocol: "websocket" };
  const one = { id: "", title: "", parameters: {} };
  const metric = { id: "p50", title: "p50", unit: "ms", better };
  const shown = {
    ratio: judgement.endsWith("lower") ? 0.5 : 2,
    interval: { low: 0.4, high: 3 },
    p: 0,
    adjustedP: 0,
    comparisons: 4,
    rounds: 7,
    isApart: false,
    certainty: judgement === "higher" || judgement === "lower"
      ? "clear"
      : judgement.startsWith("probably")
      ? "probable"
      : judgement as "same",
    difference: judgement === "higher" || judgement === "lower" ? judgement : "none",
  } satisfies Judgement;
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
  assert.equal(outcomeOf(verdict("lower")), "better");
  assert.equal(outcomeOf(verdict("probably higher")), "probably worse");
  assert.equal(outcomeOf(verdict("probably higher", "primary", "higher")), "probably better");
  assert.equal(outcomeOf(verdict("probably lower", "primary", "none")), "probably different");
  assert.equal(outcomeOf(verdict("same")), "the same within 5 %");
  assert.equal(outcomeOf(verdict("not told apart")), "not told apart");
  assert.equal(outcomeOf(verdict("absent")), "not compared");
});

Deno.test("tally() counts, and calls CPU time lower or higher", () => {
  assert.equal(
    tally([verdict("lower"), verdict("higher"), verdict("higher"), verdict("same")]),
    "worse in 2 of 4 cases, better in 1, the same within 5 % in 1",
  );
  assert.equal(
    tally([verdict("higher", "cpu"), verdict("lower", "cpu"), verdict("absent", "cpu")]),
    "higher in 1 of 3 cases, lower in 1, not compared in 1",
  );
  assert.equal(
    tally([verdict("probably lower", "cpu"), verdict("not told apart", "cpu")]),
    "probably lower in 1 of 2 cases, not told apart in 1",
  );
});

Deno.test("signOf() shows only what is clear", () => {
  assert.deepEqual(signOf(verdict("higher")), { sign: "worse" });
  assert.deepEqual(signOf(verdict("lower")), { sign: "better" });
  for (const found of ["probably higher", "same", "not told apart", "absent"] as const) {
    assert.deepEqual(signOf(verdict(found)), {});
  }
  assert.deepEqual(signOf(verdict("higher", "primary", "none")), {});
});

Deno.test("verdictsByServer() counts the outcomes of each server's verdicts, and says where", () => {
  const [native, ws, socketio] = verdictsByServer(ROUNDS);
  assert.equal(native!.baseline, undefined);
  assert.equal(ws!.baseline, "Deno.serve");
  assert.equal(
    ws!.primary,
    "worse in 2 of 4 cases, better in 1, the same within 5 % in 1",
  );
  assert.equal(ws!.cpu, "higher in 1 of 3 cases, the same within 5 % in 2");
  assert.deepEqual(
    ws!.groups.map(({ outcome, scenarios }) => [
      outcome,
      scenarios.map(({ scenario, of }) => [scenario.id, of]),
    ]),
    [
      ["worse", [["throughput", "1 of 2 cases"], ["idle", ""]]],
      ["better", [["connect", ""]]],
      ["the same within 5 %", [["throughput", "1 of 2 cases"]]],
    ],
  );
  assert.equal(socketio!.primary, "worse in 3 of 4 cases, not compared in 1");
});
