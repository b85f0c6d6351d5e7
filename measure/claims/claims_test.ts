import assert from "node:assert/strict";
import { claimsOf } from "./claims.ts";
import { LOWER, rounds, studied } from "./claims_testdata.ts";
import type { Judgement } from "../judge/judge.ts";
import type { RelationClaim } from "../model/result.ts";

Deno.test("claimsOf() judges all claims, in their order", () => {
  const intact = { kind: "intact", text: "None is lost.", scenario: "latency" } as const;
  const same = { ...LOWER, metric: "rate", relation: "same" } as const;
  const result = studied([...rounds("a", 0.8), ...rounds("b", 1)], [intact, LOWER, same]);
  assert.deepEqual(
    claimsOf(result).map(({ claim, verdict }) => [claim, verdict]),
    [[intact, "holds"], [LOWER, "holds"], [same, "holds"]],
  );
  assert.equal(claimsOf(result), claimsOf(result), "they are judged once");
});

Deno.test("claimsOf() is empty without a study", () => {
  const { study: _, ...result } = studied(rounds("a", 1), []);
  assert.deepEqual(claimsOf(result), []);
});

Deno.test("claimsOf() adjusts the p values for all claims about two servers", () => {
  const trials = [...rounds("a", 0.98), ...rounds("b", 1)];
  const judgementBeside = (...others: RelationClaim[]): Judgement => {
    const [first] = claimsOf(studied(trials, [LOWER, ...others]));
    assert.ok(first?.kind === "relation" && !("absent" in first.judgement));
    return first.judgement;
  };
  const alone = judgementBeside();
  const beside = judgementBeside({ ...LOWER, metric: "rate" });
  assert.deepEqual([alone.comparisons, beside.comparisons], [1, 2]);
  assert.equal(alone.adjustedP, alone.p);
  assert.equal(beside.adjustedP, 2 * beside.p);
});
