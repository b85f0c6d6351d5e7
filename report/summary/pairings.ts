/** Compares any two servers of a run, whatever the baseline is. */

import type { Result, ServerDescription } from "../../measure/model/result.ts";
import { isBetter, type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import { oneLine } from "./text.ts";
import { countOutcomes, reasonsOf, sentence } from "./verdicts.ts";

const STANDS = ["ahead", "behind", "not clear", "not compared"] as const;

/** How one server compares with another. */
export type Stand = typeof STANDS[number];

/** A verdict as seen from one of its two servers. */
export interface Pairing {
  readonly stand: Stand;
  /** The verdict; its baseline may be either of the two. */
  readonly verdict: Verdict;
}

/**
 * Compares servers by the verdicts of the run. If neither of two servers is the baseline, the one that comes first in the
 * result is taken as the baseline. The verdicts of each baseline are adjusted separately.
 *
 * @returns the verdicts on one server against another, in the order of the cases, those by primary metrics first
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
      .map((verdict) => ({ stand: standOf(verdict, one), verdict }));
  };
}

function standOf({ metric, judgement, server }: Verdict, one: ServerDescription): Stand {
  if ("absent" in judgement) return "not compared";
  const isAhead = isBetter(metric, judgement);
  if (isAhead === undefined) return "not clear";
  return isAhead === (server.id === one.id) ? "ahead" : "behind";
}

/** `a against b: ahead in 3 of 4 cases, not clear in 1.`, or the verdict itself if there is one case. */
export function pairInWords(
  one: ServerDescription,
  other: ServerDescription,
  found: readonly Pairing[],
): string {
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return `${sentence(only.verdict)}.`;
  const reasons = reasonsOf(found.map(({ verdict }) => verdict));
  const why = reasons === "" ? "" : ` (${reasons})`;
  const counts = countOutcomes(found.map(({ stand }) => stand), STANDS);
  return `${oneLine(one.title)} against ${oneLine(other.title)}: ${counts}${why}.`;
}
