/**
 * In what two servers differ that goes with a verdict: from their explaining trials, the two or three differences that
 * are largest. That they are its cause was not measured: a trial counts, it does not take away what it counts.
 */

import type { Gap, Idea, Side } from "./difference.ts";
import { delayedAcks } from "./delayed_acks.ts";
import { garbage } from "./garbage.ts";
import { ownCode } from "./own_code.ts";
import { pageFaults } from "./page_faults.ts";
import { switches } from "./switches.ts";
import { systemCalls } from "./system_calls.ts";
import { waiting } from "./waiting.ts";

export type { Gap, Side } from "./difference.ts";

/** All ideas; of those that weigh the same, the first one comes first: what is most specific. */
const IDEAS: readonly Idea[] = [
  delayedAcks,
  garbage,
  systemCalls,
  waiting,
  switches,
  pageFaults,
  ownCode,
];

/** What is smaller than this share of the verdict's own difference does not carry it. */
export const LEAST_WEIGHT = 0.1;
/** More differences are not named. */
const MOST = 3;

/** A difference of two servers that goes with a verdict. */
export interface Difference {
  /** Id of the idea. */
  readonly id: string;
  /** A phrase with the figures of both: `11 % of its time in garbage collections (native 1 %)`. */
  readonly said: string;
  /** How large it is beside the verdict's own difference: 1 is all of it, or more. */
  readonly weight: number;
}

/**
 * The differences that go with a verdict, the largest first.
 *
 * @param gap by how much the verdict says that the server takes longer, a message
 * @returns none if nothing that was counted is large enough beside it, and goes the same way
 */
export function differencesOf(server: Side, other: Side, gap: Gap): readonly Difference[] {
  if (!(server.replies > 0 && other.replies > 0)) return [];
  const found = IDEAS.flatMap((idea) => {
    const one = idea.find(server, other);
    // CPU time is also time of the clock, but not the other way round.
    const whole = one && (gap[one.of] ?? (one.of === "cpu" ? gap.wall : undefined));
    if (one === undefined || whole === undefined || whole === 0) return [];
    const weight = Math.min(1, one.ns / whole);
    return weight >= LEAST_WEIGHT ? [{ idea, ...one, weight }] : [];
  });
  const covered = new Set(found.flatMap(({ idea }) => idea.covers ?? []));
  return found.filter(({ idea: { id }, about = "" }) => !covered.has(id) && !covered.has(about))
    .sort((a, b) => b.weight - a.weight).slice(0, MOST)
    .map(({ idea: { id }, said, weight }) => ({ id, said, weight }));
}
