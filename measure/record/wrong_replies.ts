/** Wrong replies: the ways, how many, and in words. */

import type { IntegrityCounts } from "../model/result.ts";

/** The ways in which a reply can be wrong, in the order of the tables. */
export const WRONG_WAYS = [
  "lost",
  "duplicated",
  "reordered",
  "corrupted",
] as const satisfies readonly (keyof IntegrityCounts)[];

/** Replies that were wrong, by way. */
export type WrongReplies = Pick<IntegrityCounts, typeof WRONG_WAYS[number]>;

/** How many replies were wrong, in whichever way. */
export function wrongReplies(counts: WrongReplies): number {
  return WRONG_WAYS.reduce((sum, way) => sum + counts[way], 0);
}

/** `1,200 lost, 3 corrupted`: the wrong replies of some trials together; empty where there are none. */
export function wrongInWords(counts: readonly WrongReplies[]): string {
  return WRONG_WAYS.map((way) => ({ way, count: counts.reduce((sum, one) => sum + one[way], 0) }))
    .filter(({ count }) => count > 0)
    .map(({ way, count }) => `${count.toLocaleString("en-US")} ${way}`).join(", ");
}
