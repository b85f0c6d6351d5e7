/** A claim that no reply was lost or changed, compared with what the run counted. */

import type {
  ClaimVerdict,
  IntactClaim,
  IntegrityCounts,
  Result,
  ScenarioDescription,
} from "../model/result.ts";
import { wrongReplies } from "../record/wrong_replies.ts";

/** Replies of a server. */
export interface CheckedReplies {
  /** Name in a sentence. */
  readonly title: string;
  /** What became of all messages of its completed trials. */
  readonly counts: IntegrityCounts;
  /** Trials that failed: nothing is known about their replies. */
  readonly failed: number;
}

/** A claim that every reply was right, judged. */
export interface IntactOutcome {
  /** Discriminant. */
  readonly kind: "intact";
  /** The claim. */
  readonly claim: IntactClaim;
  /** The scenario; undefined if the run does not have it. */
  readonly scenario: ScenarioDescription | undefined;
  /** The account of each server that had a trial, in the order of the result. */
  readonly servers: readonly CheckedReplies[];
  /** Why the claim cannot be judged; undefined if it can. */
  readonly absent: string | undefined;
  /** What becomes of the claim. */
  readonly verdict: ClaimVerdict;
}

/** What becomes of a claim. What ran before the rounds is not counted, nor what the reference server answered. */
export function intactOutcome(result: Result, claim: IntactClaim): IntactOutcome {
  const scenario = result.scenarios.find(({ id }) => id === claim.scenario);
  const servers = result.servers.flatMap(({ id, title }): CheckedReplies[] => {
    const trials = result.trials.filter((trial) =>
      trial.round > 0 && trial.scenario === claim.scenario && trial.server === id
    );
    const completed = trials.filter((trial) => trial.state === "completed");
    const counts = summed(completed.map(({ integrity }) => integrity));
    return trials.length === 0 ? [] : [{ title, counts, failed: trials.length - completed.length }];
  });
  const absent = absenceOf(claim, scenario, servers);
  return { kind: "intact", claim, scenario, servers, absent, verdict: intact(servers, absent) };
}

function summed(all: readonly IntegrityCounts[]): IntegrityCounts {
  const sum = (which: keyof IntegrityCounts): number =>
    all.reduce((total, counts) => total + counts[which], 0);
  return {
    sent: sum("sent"),
    answered: sum("answered"),
    lost: sum("lost"),
    duplicated: sum("duplicated"),
    reordered: sum("reordered"),
    corrupted: sum("corrupted"),
  };
}

function absenceOf(
  claim: IntactClaim,
  scenario: ScenarioDescription | undefined,
  servers: readonly CheckedReplies[],
): string | undefined {
  if (scenario === undefined) return `the run has no scenario "${claim.scenario}"`;
  if (servers.length === 0) return "no trial of the scenario has ended";
  if (servers.some(({ counts }) => counts.sent > 0)) return undefined;
  return servers.some(({ failed }) => failed > 0)
    ? "every trial of the scenario failed"
    : "no message was sent";
}

/** Whether the replies of a failed trial were right is not known. */
function intact(servers: readonly CheckedReplies[], absent: string | undefined): ClaimVerdict {
  if (absent !== undefined) return "not measured";
  if (servers.some(({ counts }) => wrongReplies(counts) > 0)) return "contradicted";
  return servers.some(({ failed }) => failed > 0) ? "not shown" : "holds";
}
