/** Published comparisons: what was compared and claimed, and what becomes of a claim. */

export type { Claim, IntactClaim, RelationClaim, Study } from "./types.generated.ts";

/**
 * What becomes of a claim in a run: it is shown, its opposite is shown, neither is, or there is nothing to judge by. A
 * claim that two servers are the same holds where no difference is shown, which is no proof that there is none.
 */
export type ClaimVerdict = "holds" | "contradicted" | "not shown" | "not measured";
