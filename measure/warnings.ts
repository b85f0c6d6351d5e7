/**
 * Findings about the measurement itself: typed where they arise, put into words here, shown by every report.
 *
 * @module
 */

import type { Settings, Trial } from "./result.ts";

/** A finding about the measurement, that a reader must know to read the figures right. */
export type Warning =
  | { readonly kind: "generator saturated"; readonly cpuShare: number }
  | { readonly kind: "near the ceiling"; readonly share: number }
  | {
    readonly kind: "wrong replies";
    readonly lost: number;
    readonly duplicated: number;
    readonly reordered: number;
    readonly corrupted: number;
  }
  | { readonly kind: "not pinned"; readonly reason: string }
  | { readonly kind: "too few rounds"; readonly rounds: number }
  | { readonly kind: "trials failed"; readonly failed: number; readonly planned: number }
  | { readonly kind: "run is partial"; readonly ended: number; readonly planned: number }
  | { readonly kind: "torn last line"; readonly file: string };

/** Share of the generator's ceiling above which it may be what limits a rate. */
export const CEILING_SHARE = 0.8;

/** Share of the offered messages below which an arrival rate was not reached. */
export const REACHED_SHARE = 0.995;

/** Share of one CPU above which the generator, rather than the server, may be what limits a figure. */
export const SATURATED_SHARE = 0.9;

/** Below this many rounds the spread is not known well enough. */
const ENOUGH_ROUNDS = 5;

/**
 * Findings about a run as a whole.
 *
 * @param planned how many trials the plan had
 * @param trials those that ended
 */
export function warningsOfRun(
  { pinning, rounds }: Settings,
  planned: number,
  trials: readonly Trial[],
): Warning[] {
  const warnings: Warning[] = [];
  const failed = trials.filter(({ state }) => state === "failed").length;
  if (trials.length < planned) {
    warnings.push({ kind: "run is partial", ended: trials.length, planned });
  }
  if (failed > 0) warnings.push({ kind: "trials failed", failed, planned });
  if ("absent" in pinning) warnings.push({ kind: "not pinned", reason: pinning.absent });
  if (rounds < ENOUGH_ROUNDS) warnings.push({ kind: "too few rounds", rounds });
  return warnings;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/**
 * Puts a warning into words: what was found, then what to do about it.
 *
 * @param warning the finding
 * @returns one sentence for each
 */
export function describe(warning: Warning): { finding: string; advice: string } {
  switch (warning.kind) {
    case "generator saturated":
      return {
        finding: `The client used ${
          percent(warning.cpuShare)
        } of a CPU, so it may be what limits the rate rather than the server.`,
        advice:
          "Read the rate as a lower bound for the server, and compare the server's CPU time per message instead.",
      };
    case "near the ceiling":
      return {
        finding: `The rate is ${
          percent(warning.share)
        } of the most that the client drives here, so it may be what limits the rate rather than the server.`,
        advice:
          "Read the rate as a lower bound for the server, and compare the server's CPU time per message instead.",
      };
    case "wrong replies": {
      const counts = (["lost", "duplicated", "reordered", "corrupted"] as const)
        .filter((kind) => warning[kind] > 0).map((kind) => `${warning[kind]} ${kind}`);
      return {
        finding: `Replies were wrong: ${counts.join(", ")}.`,
        advice:
          "Do not compare this server's speed before the cause is found: work that was not done costs no time.",
      };
    }
    case "not pinned":
      return {
        finding: `Server and client were not pinned to separate CPUs: ${warning.reason}.`,
        advice: "Expect more noise, and time that one takes from the other.",
      };
    case "too few rounds":
      return {
        finding: warning.rounds === 1
          ? "There was one round, so nothing is known about the spread."
          : `There were only ${warning.rounds} rounds, so the spread is known poorly.`,
        advice: "Use --rounds 5 or more before you call a difference real.",
      };
    case "trials failed":
      return {
        finding: `${warning.failed} of ${warning.planned} trials failed.`,
        advice: "See the Trials table for the reasons; figures come from the other trials alone.",
      };
    case "run is partial":
      return {
        finding: `The run was stopped after ${warning.ended} of ${warning.planned} trials.`,
        advice: "Servers may have unequal numbers of rounds; run it again before you compare.",
      };
    case "torn last line":
      return {
        finding:
          `The last line of ${warning.file} was cut off, as happens when the machine stops; it was left out.`,
        advice: "The trials before it are complete.",
      };
  }
}
