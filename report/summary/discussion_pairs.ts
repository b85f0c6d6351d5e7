/**
 * Any two servers of a run compared, whichever the baseline is.
 *
 * @module
 */

import type { Result, ServerDescription } from "../../measure/model/result.ts";
import { isBetter, type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import { counted, oneLine } from "./text.ts";
import { sentence } from "../tables/verdict_tables.ts";

/** How one server stands against another one. */
export type Outcome = "ahead" | "behind" | "no difference shown" | "not compared";

/** A verdict as seen from one of its two servers. */
export interface Pairing {
  /** How that server stands. */
  readonly outcome: Outcome;
  /** The verdict; its baseline may be either of the two. */
  readonly verdict: Verdict;
}

/**
 * Compares servers by the verdicts of the run; two of which neither is its baseline by those that it has with the one
 * as baseline that comes first in the result. Each baseline's verdicts are adjusted by themselves, as everywhere.
 *
 * @returns what one server's verdicts against another are, in the order of the cases, first the primary metrics'
 */
export function pairings(
  result: Result,
): (one: ServerDescription, other: ServerDescription) => Pairing[] {
  const known = new Map([[result.settings.baseline, verdictsOf(result)]]);
  const withBaseline = (id: string): readonly Verdict[] => {
    const verdicts = known.get(id) ??
      verdictsOf({ ...result, settings: { ...result.settings, baseline: id } });
    known.set(id, verdicts);
    return verdicts;
  };
  return (one, other) => {
    const ids = [one.id, other.id];
    const baseline = ids.includes(result.settings.baseline)
      ? result.settings.baseline
      : result.servers.find(({ id }) => ids.includes(id))!.id;
    const judged = baseline === one.id ? other.id : one.id;
    return withBaseline(baseline).filter(({ server }) => server.id === judged)
      .map((verdict) => ({ outcome: outcomeOf(verdict, one), verdict }));
  };
}

function outcomeOf({ metric, judgement, server }: Verdict, one: ServerDescription): Outcome {
  if ("absent" in judgement) return "not compared";
  const isAhead = isBetter(metric, judgement);
  if (isAhead === undefined) return "no difference shown";
  return isAhead === (server.id === one.id) ? "ahead" : "behind";
}

const OUTCOMES: readonly Outcome[] = ["ahead", "behind", "no difference shown", "not compared"];

/** `a against b: ahead in 3 of 4 cases, no difference shown in 1.`, or the verdict itself where there is one case. */
export function inWords(
  one: ServerDescription,
  other: ServerDescription,
  found: readonly Pairing[],
): string {
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return `${sentence(only.verdict)}.`;
  const [first, ...rest] = OUTCOMES.flatMap((outcome) => {
    const count = found.filter((pairing) => pairing.outcome === outcome).length;
    return count === 0 ? [] : [`${outcome} in ${count}`];
  });
  const counts = [`${first} of ${counted(found.length, "case")}`, ...rest].join(", ");
  const reasons = reasonsOf(found);
  const why = reasons === "" ? "" : ` (${reasons})`;
  return `${oneLine(one.title)} against ${oneLine(other.title)}: ${counts}${why}.`;
}

/** Why verdicts say nothing, each reason once. */
export function reasonsOf(found: readonly Pairing[]): string {
  const reasons = found.flatMap(({ verdict: { judgement } }) =>
    "absent" in judgement ? [oneLine(judgement.absent)] : []
  );
  return [...new Set(reasons)].join("; ");
}
