/** Compares any two servers of a run, whatever the baseline is. */

import type { Result, ServerDescription } from "../../../measure/model/result.ts";
import { type Verdict, verdictsOf, wayOf } from "../../../measure/judge/verdicts.ts";
import { oneLine } from "../text.ts";
import { countOutcomes, reasonsOf, sentence } from "../verdicts.ts";

const STANDS = [
  "ahead",
  "probably ahead",
  "behind",
  "probably behind",
  "not told apart",
  "not compared",
] as const;

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
  const places = new Map(result.servers.map(({ id }, place) => [id, place]));
  const known = new Map<string, ReadonlyMap<string, readonly Verdict[]>>();
  const byServer = (baseline: string): ReadonlyMap<string, readonly Verdict[]> => {
    const verdicts = known.get(baseline) ?? Map.groupBy(
      baseline === result.settings.baseline
        ? verdictsOf(result)
        : verdictsOf({ ...result, settings: { ...result.settings, baseline } }),
      ({ server }) => server.id,
    );
    known.set(baseline, verdicts);
    return verdicts;
  };
  return (one, other) => {
    const isBaseline = (id: string): boolean => id === result.settings.baseline;
    const isFirst = isBaseline(one.id) ||
      !isBaseline(other.id) && places.get(one.id)! < places.get(other.id)!;
    const [baseline, judged] = isFirst ? [one, other] : [other, one];
    return (byServer(baseline.id).get(judged.id) ?? [])
      .map((verdict) => ({ stand: standOf(verdict, one), verdict }));
  };
}

function standOf({ metric, judgement, server }: Verdict, one: ServerDescription): Stand {
  if ("absent" in judgement) return "not compared";
  const way = wayOf(metric, judgement);
  if (judgement.certainty !== "clear" && judgement.certainty !== "probable") {
    return "not told apart";
  }
  if (way === "different") return "not told apart";
  const where = (way === "better") === (server.id === one.id) ? "ahead" : "behind";
  return judgement.certainty === "clear" ? where : `probably ${where}`;
}

/** `a against b: ahead in 3 of 4 cases, not told apart in 1.`, or the verdict itself if there is one case. */
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
