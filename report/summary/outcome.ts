/**
 * What verdicts come to, in a word and counted.
 *
 * @module
 */

import { isBetter, type Verdict } from "../../measure/judge/verdicts.ts";
import { counted } from "./text.ts";

/** The outcomes in the order in which they are named. */
export const OUTCOMES = [
  "worse",
  "better",
  "different",
  "no difference shown",
  "not compared",
] as const;

/** What a verdict comes to, for the server that is judged. */
export type Outcome = typeof OUTCOMES[number];

/** What a verdict comes to. */
export function outcomeOf({ metric, judgement }: Verdict): Outcome {
  if ("absent" in judgement) return "not compared";
  if (judgement.difference === "none") return "no difference shown";
  const isAhead = isBetter(metric, judgement);
  return isAhead === undefined ? "different" : isAhead ? "better" : "worse";
}

/** `worse in 2 of 5 cases, no difference shown in 3`; of CPU time `higher in 4 of 5 cases, …`. */
export function tally(verdicts: readonly Verdict[]): string {
  const outcomes = Map.groupBy(verdicts, outcomeOf);
  return OUTCOMES.flatMap((outcome) => {
    const own = outcomes.get(outcome);
    return own === undefined ? [] : [`${named(outcome, own[0]!)} in ${own.length}`];
  }).map((part, index) => index === 0 ? `${part} of ${counted(verdicts.length, "case")}` : part)
    .join(", ");
}

/** CPU time is not the aim of a server: it is lower or higher, not better or worse. */
function named(outcome: Outcome, { aspect }: Verdict): string {
  if (aspect === "primary") return outcome;
  return outcome === "better" ? "lower" : outcome === "worse" ? "higher" : outcome;
}
