import assert from "node:assert/strict";
import { claimsOf, type RelationOutcome } from "./claims.ts";
import { LOWER, OF_EQUAL_RATES, rounds, studied, unsteady } from "./claims_testdata.ts";
import type { RelationClaim, Result, Trial } from "../model/result.ts";
import { failedTrial } from "../model/testdata.ts";

function outcome(result: Result): RelationOutcome {
  const [only] = claimsOf(result);
  assert.ok(only?.kind === "relation");
  return only;
}

const judged = (
  share: number,
  changes: Partial<RelationClaim> = {},
): RelationOutcome =>
  outcome(studied([...rounds("a", share), ...rounds("b", 1)], [{ ...LOWER, ...changes }]));

Deno.test("a claim of a direction holds, is contradicted, or is not shown", () => {
  assert.equal(judged(0.8).verdict, "holds");
  assert.equal(judged(1.2).verdict, "contradicted");
  assert.equal(judged(1.001).verdict, "not shown");
  assert.equal(judged(1.2, { relation: "higher" }).verdict, "holds");
  assert.equal(judged(0.8, { relation: "higher" }).verdict, "contradicted");
});

Deno.test("a claim of the same holds if both are the same within 5 %", () => {
  assert.equal(judged(1.001, { relation: "same" }).verdict, "holds");
  assert.equal(judged(1.2, { relation: "same" }).verdict, "contradicted");
  assert.equal(judged(0.8, { relation: "same" }).verdict, "contradicted");
});

Deno.test("a claim is not shown where the servers are not told apart, whatever it says", () => {
  for (const relation of ["lower", "same", "higher"] as const) {
    const { verdict, judgement } = outcome(
      studied([...unsteady("a", 1), ...rounds("b", 1)], [{ ...LOWER, relation }]),
    );
    assert.ok(!("absent" in judgement));
    assert.deepEqual([judgement.certainty, verdict], ["not told apart", "not shown"]);
  }
});

Deno.test("a claim is not shown by a difference that is probable only", () => {
  const trials = [...unsteady("a", 0.8), ...rounds("b", 1)];
  for (const relation of ["lower", "same", "higher"] as const) {
    const [first] = claimsOf(studied(trials, [{ ...LOWER, relation }, ...OF_EQUAL_RATES]));
    assert.ok(first?.kind === "relation" && !("absent" in first.judgement));
    assert.deepEqual([first.judgement.certainty, first.verdict], ["probable", "not shown"]);
  }
});

Deno.test("published figures are shown next to the measured ones", () => {
  const found = judged(0.8, { published: { server: 4, than: 5 } });
  for (
    const [{ measured, ...side }, expected, mean] of [
      [found.server, { id: "a", title: "A", published: 4 }, 80],
      [found.than, { id: "b", title: "B", published: 5 }, 100],
    ] as const
  ) {
    assert.deepEqual(side, expected);
    assert.ok(typeof measured === "number" && Math.abs(measured - mean) < 1e-9, `${measured}`);
  }
  assert.equal(found.publishedRatio, 0.8);
  assert.equal(found.isSizeConfirmed, true);
  const other = judged(0.8, { published: { server: 1, than: 2 } });
  assert.equal(other.verdict, "holds", "the direction is what is claimed");
  assert.equal(other.isSizeConfirmed, false);
  assert.equal(judged(0.8).publishedRatio, undefined);
  assert.equal(judged(0.8).isSizeConfirmed, undefined);
  assert.equal(judged(0.8, { published: { server: 1, than: 0 } }).publishedRatio, undefined);
});

Deno.test("a claim that cannot be judged is not measured, with the reason", () => {
  const both = [...rounds("a", 0.8), ...rounds("b", 1)];
  const [first, ...others] = rounds("b", 1);
  const wrong: Trial[] = [
    ...rounds("a", 0.8),
    { ...first!, integrity: { ...first!.integrity, lost: 1 } },
    ...others,
  ];
  const failed = others.map(({ round }): Trial => ({
    ...failedTrial("it did not start"),
    server: "b",
    round,
    scenario: LOWER.scenario,
    case: LOWER.case,
  }));
  const [a, b] = studied([], []).servers;
  const leftOut = [{ id: "b", title: "Server B", reason: "python3 is not installed" }];
  const rows: [Result, string][] = [
    [studied(both, [{ ...LOWER, scenario: "x" }]), 'the run has no scenario "x"'],
    [studied(both, [{ ...LOWER, case: "x" }]), 'the scenario was run without the case "x"'],
    [studied(both, [{ ...LOWER, metric: "x" }]), 'the scenario has no metric "x"'],
    [studied(both, [LOWER], { servers: [a!] }), 'the run has no server "b"'],
    [
      studied(rounds("a", 0.8), [LOWER], { servers: [a!], leftOut }),
      "Server B was left out: python3 is not installed",
    ],
    [studied(rounds("a", 0.8), [LOWER]), "no trial of B in this case has ended"],
    [studied([...rounds("a", 0.8), ...failed], [LOWER]), "B: it did not start"],
    [studied(wrong, [LOWER]), "replies of B were wrong"],
    [
      studied(both.filter(({ round }) => round < 4), [LOWER]),
      "3 rounds cannot show a difference: it takes 5 or more",
    ],
    [
      studied(both.map((trial) => ({ ...trial, round: 0 })), [LOWER], { servers: [a!, b!] }),
      "no trial of A in this case has ended",
    ],
  ];
  for (const [result, reason] of rows) {
    const { verdict, judgement } = outcome(result);
    assert.equal(verdict, "not measured");
    assert.deepEqual(judgement, { absent: reason });
  }
});

Deno.test("a server that was left out keeps its name", () => {
  const leftOut = [{ id: "b", title: "Server B", reason: "no" }];
  const { servers } = studied([], []);
  const { than } = outcome(
    studied(rounds("a", 1), [LOWER], { servers: servers.slice(0, 1), leftOut }),
  );
  assert.equal(than.title, "Server B");
});
