/**
 * A published comparison as data: what was compared, and what was claimed of it.
 *
 * @module
 */

/** A published comparison that a run holds against what it measures itself. */
export interface Study {
  /** Name in options and files. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** What was compared, and how it was measured, a sentence each. */
  readonly about: readonly string[];
  /** What was claimed. */
  readonly claims: readonly Claim[];
}

/** What was claimed: how two servers relate, or that every reply was right. */
export type Claim = RelationClaim | IntactClaim;

/** A claim that a figure of one server is lower or higher than another's, or the same. */
export interface RelationClaim {
  /** Tells the kind. */
  readonly kind: "relation";
  /** The claim as a sentence. */
  readonly text: string;
  /** Id of the scenario that shows it. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the metric. */
  readonly metric: string;
  /** Id of the server that the claim is about. */
  readonly server: string;
  /** Id of the server that it is compared with. */
  readonly than: string;
  /** How the server's figure is said to relate to the other's. */
  readonly relation: "lower" | "higher" | "same";
  /** The published figures, in the metric's unit; absent where the claim has none. */
  readonly published?: { readonly server: number; readonly than: number };
  /** What to know of it, a sentence. */
  readonly remark?: string;
}

/** A claim that no reply was lost or changed. */
export interface IntactClaim {
  /** Tells the kind. */
  readonly kind: "intact";
  /** The claim as a sentence. */
  readonly text: string;
  /** Id of the scenario that shows it. */
  readonly scenario: string;
  /** What to know of it, a sentence. */
  readonly remark?: string;
}
