/**
 * In what two servers differ that goes with a verdict: from their explaining trials, the two or three differences that
 * are largest. That they are its cause was not measured: a trial counts, it does not take away what it counts.
 */

import { isMeasured } from "../../model/result.ts";
import { figuresOf, type Gap, type Idea, type Side, wallNs } from "./difference.ts";
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
/** What takes less of a message's own time, as a share, is not felt in one trial. */
const LEAST_PART = 0.01;
/** Trials of the same server differ by less in what they differ in from others, or something hit one of them. */
const TYPICAL = { least: 0.5, most: 2 } as const;
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
    if (Math.abs(one.ns) < LEAST_PART * timeOf(other, one.of)) return [];
    if (idea.isOfTimes && !isTypical(server, other, gap, one.of)) return [];
    const weight = Math.min(1, one.ns / whole);
    return weight >= LEAST_WEIGHT ? [{ idea, ...one, weight }] : [];
  });
  const covered = new Set(found.flatMap(({ idea }) => idea.covers ?? []));
  return found.filter(({ idea: { id }, about = "" }) => !covered.has(id) && !covered.has(about))
    .sort((a, b) => b.weight - a.weight).slice(0, MOST)
    .map(({ idea: { id }, said, weight }) => ({ id, said, weight }));
}

/** The time that a message takes, in nanoseconds; 0 if it is not known. */
function timeOf(side: Side, of: keyof Gap): number {
  if (of === "wall") return wallNs(side);
  const cpu = side.counters["time.cpu"];
  return of === "cpu" && cpu !== undefined && isMeasured(cpu) ? cpu * 1000 : 0;
}

/** Whether two explaining trials differ from one another about as the verdict says of those that are scored. */
function isTypical(server: Side, other: Side, gap: Gap, of: keyof Gap): boolean {
  const cpu = figuresOf("time.cpu", server, other);
  const [own, said] = of === "cpu" && gap.cpu !== undefined
    ? [cpu === undefined ? NaN : (cpu.own - cpu.other) * 1000, gap.cpu]
    : [wallNs(server) - wallNs(other), gap.wall ?? NaN];
  return own / said >= TYPICAL.least && own / said <= TYPICAL.most;
}
