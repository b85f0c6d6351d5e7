/** Servers whose replies were wrong: what a run says before anything else. */

import type { CompletedTrial, IntegrityCounts, Result } from "../../measure/model/result.ts";
import { placesOf } from "./names.ts";
import { formatNumber, listed, oneLine } from "./text.ts";

/** In how many ways a reply can be wrong. */
const WAYS = ["lost", "duplicated", "reordered", "corrupted"] as const;

const isWrong = ({ warnings }: CompletedTrial): boolean =>
  warnings.some(({ kind }) => kind === "wrong replies");

/**
 * A sentence for each server of which a reply was wrong, with the share: `ws lost 97 of 48,211 replies (1 trial of ws in
 * Throughput).` The reference server is one of them: there the client is to blame.
 */
export function wrongReplies(result: Result): string[] {
  const { servers, reference, trials } = result;
  return [...servers, ...reference === undefined ? [] : [reference]].flatMap(({ id, title }) => {
    const own = trials.filter((trial) => trial.server === id).filter((trial) =>
      trial.state === "completed"
    );
    const wrong = own.filter(isWrong);
    if (wrong.length === 0) return [];
    const total = (what: keyof IntegrityCounts): number =>
      own.reduce((sum, { integrity }) => sum + integrity[what], 0);
    const ways = WAYS.filter((way) => total(way) > 0);
    const parts = ways.map((way) => `${way} ${formatNumber(total(way), 0)}`);
    const all = formatNumber(total("sent"), 0);
    return [`${oneLine(title)} ${listed(parts)} of ${all} replies${placesOf(result, wrong)}.`];
  });
}
