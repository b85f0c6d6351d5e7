/** Wrong replies in words. */

import type { IntegrityCounts } from "../model/result.ts";

/** The ways in which a reply can be wrong. */
export const WAYS = ["lost", "duplicated", "reordered", "corrupted"] as const;

/** `1,200 lost, 3 corrupted`: the wrong replies of some trials together; empty where there are none. */
export function wrongInWords(
  counts: readonly Pick<IntegrityCounts, (typeof WAYS)[number]>[],
): string {
  return WAYS.map((way) => ({ way, count: counts.reduce((sum, one) => sum + one[way], 0) }))
    .filter(({ count }) => count > 0)
    .map(({ way, count }) => `${count.toLocaleString("en-US")} ${way}`).join(", ");
}
