/** Finds what a reader must know about the measurement of one trial. */

import { LATE_SEND_MS } from "../record/accounts/arrivals.ts";
import { decodeHistogram } from "../record/hdr.ts";
import type { Histogram } from "../record/histogram.ts";
import { type CompletedTrial, type Figure, isMeasured } from "../model/result.ts";
import { wrongReplies } from "../record/wrong_replies.ts";
import { warningsOfSharing } from "./detect_sharing.ts";
import { REACHED_SHARE, SATURATED_SHARE, type Throttling, type Warning } from "./warnings.ts";

/** Share of the window that waiting for a CPU may take: wake-ups alone take a few per cent. */
const WAIT_SHARE = 0.1;
/** Share of the window that the hypervisor may take: one tick of a short window is 2 %. */
export const STOLEN_SHARE = 0.05;
/** Share of the messages that may be sent late, and how late one may be, in milliseconds. */
const LATE_SHARE = 0.02;
const LATE_MS = 100;
/** If half of the messages are later than this by the client's own fault, it never catches up, in milliseconds. */
const FULL_MS = 0.1;
/**
 * How much longer than asked for a window may be open, or how long the client may stand still in it: as a share, and in
 * milliseconds. A timer on a busy machine may be some 10 ms late.
 */
const HELD_UP_SHARE = 0.1;
const HELD_UP_MS = 100;
const NS_PER_MS = 1e6;

/** How long a window was to be open and how long it was, in milliseconds. */
export interface WindowLength {
  /** As asked for. */
  readonly askedMs: number;
  /** How much longer it may take, because it ends with a batch. */
  readonly allowedMs: number;
  /** As it was; with several generators, from when the first one began to when the last one ended. */
  readonly tookMs: number;
  /** How long the client stood still in it when it had something to do; the worst one, if there are several. */
  readonly standstillMs: number;
}

/** What is known of a trial when its warnings are looked for. */
export type Observed =
  & Pick<
    CompletedTrial,
    | "counts"
    | "connections"
    | "arrivals"
    | "pings"
    | "integrity"
    | "cpu"
    | "noise"
    | "histograms"
    | "sharing"
  >
  & {
    readonly window: WindowLength;
    /** What CPU quotas took; null if they took nothing. */
    readonly throttled: { readonly [who in "server" | "client"]: Throttling | null };
  };

/** Findings about one trial. */
export function warningsOfTrial(
  observed: Observed,
): Warning[] {
  const { counts, connections, arrivals, pings, integrity, cpu, noise, histograms } = observed;
  const { window, throttled, sharing } = observed;
  const warnings: Warning[] = [];
  if (wrongReplies(integrity) > 0) {
    const { lost, duplicated, reordered, corrupted } = integrity;
    warnings.push({ kind: "wrong replies", lost, duplicated, reordered, corrupted });
  }
  // Before all that may be its reason: nothing else decides as much what the response times are worth.
  if (arrivals !== undefined) {
    const share = counts.sent / arrivals.offered;
    if (share < REACHED_SHARE) warnings.push({ kind: "rate not reached", share });
    const late = lateSends(arrivals, histograms);
    if (late !== undefined) warnings.push(late);
  }
  if (isHeldUp(window)) {
    const { askedMs, tookMs, standstillMs } = window;
    warnings.push({ kind: "window held up", askedMs, tookMs, standstillMs });
  }
  if (counts.replies + counts.handshakes + (pings?.answered ?? 0) === 0) {
    warnings.push({ kind: "window empty", sent: counts.sent });
  }
  const unserved = connections?.unserved ?? 0;
  // A schedule may have nothing for some of them in a short window.
  if (unserved > 0 && arrivals === undefined) {
    warnings.push({ kind: "connections unserved", unserved, connections: counts.connections });
  }
  if (pings !== undefined && pings.answered < pings.due) {
    const { due, answered } = pings;
    warnings.push({ kind: "pongs missing", missing: due - answered, due });
  }
  // Only without a schedule: with one the client polls the clock between two sends, so it is always busy.
  if (
    arrivals === undefined && counts.replies + counts.handshakes > 0 &&
    exceeds(cpu.generator.share, SATURATED_SHARE)
  ) {
    warnings.push({ kind: "generator saturated", cpuShare: cpu.generator.share });
  }
  for (const who of ["server", "client"] as const) {
    const wait = who === "server" ? noise.serverWait : noise.generatorWait;
    const quota = throttled[who];
    // A group may be held back on several CPUs at once.
    const heldBack = Math.min(1, (quota?.throttledMs ?? 0) / window.tookMs);
    const share = Math.max(isMeasured(wait) ? wait : 0, heldBack);
    if (share <= WAIT_SHARE) continue;
    const cause = quota && { quota: { ...quota, isLesserPart: heldBack < share / 2 } };
    warnings.push({ kind: "disturbed", who, share, ...cause });
  }
  if (exceeds(noise.stolen, STOLEN_SHARE)) {
    warnings.push({ kind: "stolen time", share: noise.stolen });
  }
  return sharing === undefined
    ? warnings
    : [...warnings, ...warningsOfSharing(sharing, window.askedMs)];
}

function lateSends(
  { late, offered }: NonNullable<Observed["arrivals"]>,
  { pacingError, ownPacingError }: Observed["histograms"],
): Warning | undefined {
  const longestNs = pacingError === undefined ? 0 : decodeHistogram(pacingError).max;
  const share = late / offered;
  const own = ownPacingError === undefined
    ? undefined
    : ownOf(decodeHistogram(ownPacingError), offered);
  if (share <= LATE_SHARE && longestNs <= LATE_MS * NS_PER_MS && !own?.isFull) return undefined;
  return { kind: "late sends", share, longestMs: longestNs / NS_PER_MS, ...own };
}

/** What of the late sends is the client's own. */
function ownOf(error: Histogram, offered: number): { ownShare: number; isFull: boolean } {
  const ownShare = countAbove(error, LATE_SEND_MS * NS_PER_MS) / offered;
  const isFull = ownShare > LATE_SHARE || error.percentile(50) > FULL_MS * NS_PER_MS;
  return { ownShare, isFull };
}

function countAbove(histogram: Histogram, limitNs: number): number {
  let above = 0;
  for (const [ns, count] of histogram.entries()) if (ns > limitNs) above += count;
  return above;
}

function isHeldUp({ askedMs, allowedMs, tookMs, standstillMs }: WindowLength): boolean {
  const limitMs = Math.max(HELD_UP_MS, HELD_UP_SHARE * askedMs);
  return Math.max(tookMs - askedMs - allowedMs, standstillMs) > limitMs;
}

function exceeds(figure: Figure, limit: number): figure is number {
  return isMeasured(figure) && figure > limit;
}
