/** The claims of a published comparison, each compared with what the run measured. */

import { type IntactOutcome, intactOutcome } from "./intact.ts";
import { judge } from "../judge/judge.ts";
import { estimate, type RelationOutcome, relationOutcome } from "./relation.ts";
import type { Claim, Result } from "../model/result.ts";

export type { CheckedReplies, IntactOutcome } from "./intact.ts";
export type { ClaimVerdict } from "../model/result.ts";
export type { ClaimedServer, ClaimPlace, RelationOutcome } from "./relation.ts";

/** A claim and what becomes of it. */
export type ClaimOutcome = RelationOutcome | IntactOutcome;

/** Reports ask for the claims of the same run several times. */
const known = new WeakMap<Result, readonly ClaimOutcome[]>();

/**
 * Judges the claims of the run's study, in their order; none if the run repeats no study. The p values are adjusted
 * by Benjamini and Hochberg's method over the claims about two servers.
 */
export function claimsOf(result: Result): readonly ClaimOutcome[] {
  const outcomes = known.get(result) ?? judged(result, result.study?.claims ?? []);
  known.set(result, outcomes);
  return outcomes;
}

function judged(result: Result, claims: readonly Claim[]): ClaimOutcome[] {
  const relations = claims.filter((claim) => claim.kind === "relation");
  const judgements = judge(relations.map((claim) => estimate(result, claim)));
  return claims.map((claim) =>
    claim.kind === "intact"
      ? intactOutcome(result, claim)
      : relationOutcome(result, claim, judgements[relations.indexOf(claim)]!)
  );
}
