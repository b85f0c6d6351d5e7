/** A claim about two servers, compared with what the run measured. */

import { aggregate } from "../judge/aggregate.ts";
import type { Estimate, Judgement } from "../judge/judge.ts";
import {
  type Absent,
  type CaseDescription,
  type ClaimVerdict,
  type Figure,
  isMeasured,
  type MetricDefinition,
  type RelationClaim,
  type Result,
  roundsOf,
  type ScenarioDescription,
} from "../model/result.ts";
import { ratioOf, soundTrials } from "../judge/verdicts.ts";

/** A server of a claim with its figures, in the metric's unit. */
export interface ClaimedServer {
  /** Id. */
  readonly id: string;
  /** Name in a sentence. */
  readonly title: string;
  /** The published figure; undefined if there is none. */
  readonly published: number | undefined;
  /** The figure of all rounds, or why there is none. */
  readonly measured: Figure;
}

/** The place that a claim is about; what the run does not have is undefined. */
export interface ClaimPlace {
  /** The scenario. */
  readonly scenario: ScenarioDescription | undefined;
  /** The case. */
  readonly case: CaseDescription | undefined;
  /** The metric. */
  readonly metric: MetricDefinition | undefined;
}

/** A claim about two servers, judged. */
export interface RelationOutcome extends ClaimPlace {
  /** Discriminant. */
  readonly kind: "relation";
  /** The claim. */
  readonly claim: RelationClaim;
  /** The server that it is about. */
  readonly server: ClaimedServer;
  /** The server that it is compared with. */
  readonly than: ClaimedServer;
  /** The published figure divided by the other one; undefined if there are none, or the other is zero. */
  readonly publishedRatio: number | undefined;
  /** The measured ratio and what may be claimed about it, or why nothing can be said. */
  readonly judgement: Judgement | Absent;
  /** What becomes of the claim. */
  readonly verdict: ClaimVerdict;
  /** Whether the published ratio is in the 95 % interval of the measured one; undefined without either. */
  readonly isSizeConfirmed: boolean | undefined;
}

function placeOf({ scenarios }: Result, claim: RelationClaim): ClaimPlace {
  const scenario = scenarios.find(({ id }) => id === claim.scenario);
  return {
    scenario,
    case: scenario?.cases.find(({ id }) => id === claim.case),
    metric: scenario?.metrics.find(({ id }) => id === claim.metric),
  };
}

/** The measured ratio that a claim is about, or why there is none; to be judged with those of the other claims. */
export function estimate(result: Result, claim: RelationClaim): Estimate | Absent {
  const { metric } = placeOf(result, claim);
  const obstacle = obstacleOf(result, claim);
  if (obstacle !== undefined || metric === undefined) return { absent: obstacle! };
  const [trials, others] = [claim.server, claim.than].map((id) =>
    soundTrials(result.trials, claim.scenario, claim.case, id)
  );
  return ratioOf(trials!, others!, metric);
}

/** Why there are no figures by which a claim could be judged. */
function obstacleOf(result: Result, claim: RelationClaim): string | undefined {
  const place = placeOf(result, claim);
  if (place.scenario === undefined) return `the run has no scenario "${claim.scenario}"`;
  if (place.case === undefined) return `the scenario was run without the case "${claim.case}"`;
  if (place.metric === undefined) return `the scenario has no metric "${claim.metric}"`;
  for (const id of [claim.server, claim.than]) {
    const figure = measuredOf(result, claim, id);
    if (!isMeasured(figure)) return figure.absent;
  }
}

/** The figure of a server as the tables show it; absent if its replies were wrong. */
function measuredOf(result: Result, claim: RelationClaim, id: string): Figure {
  const { metric } = placeOf(result, claim);
  const missing = result.leftOut?.find((one) => one.id === id);
  if (missing !== undefined) return { absent: `${missing.title} was left out: ${missing.reason}` };
  const server = result.servers.find((one) => one.id === id);
  if (server === undefined) return { absent: `the run has no server "${id}"` };
  const sound = soundTrials(result.trials, claim.scenario, claim.case, id);
  if ("absent" in sound) return { absent: `replies of ${server.title} were wrong` };
  const trials = roundsOf(result.trials, { ...claim, server: id });
  if (metric === undefined || trials.length === 0) {
    return { absent: `no trial of ${server.title} in this case has ended` };
  }
  const { value } = aggregate(trials, metric);
  return isMeasured(value) ? value : { absent: `${server.title}: ${value.absent}` };
}

function titleOf({ servers, leftOut = [] }: Result, id: string): string {
  return [...servers, ...leftOut].find((one) => one.id === id)?.title ?? id;
}

/** What becomes of a claim, given its judged ratio. */
export function relationOutcome(
  result: Result,
  claim: RelationClaim,
  judgement: Judgement | Absent,
): RelationOutcome {
  const { published } = claim;
  const side = (who: "server" | "than"): ClaimedServer => ({
    id: claim[who],
    title: titleOf(result, claim[who]),
    published: published?.[who],
    measured: measuredOf(result, claim, claim[who]),
  });
  const publishedRatio = published === undefined || published.than === 0
    ? undefined
    : published.server / published.than;
  return {
    kind: "relation",
    claim,
    ...placeOf(result, claim),
    server: side("server"),
    than: side("than"),
    publishedRatio,
    judgement,
    verdict: verdictOf(claim, judgement),
    isSizeConfirmed: "absent" in judgement || publishedRatio === undefined
      ? undefined
      : publishedRatio >= judgement.interval.low && publishedRatio <= judgement.interval.high,
  };
}

function verdictOf({ relation }: RelationClaim, judgement: Judgement | Absent): ClaimVerdict {
  if ("absent" in judgement) return "not measured";
  const { difference, certainty } = judgement;
  if (certainty === "same" && relation === "same") return "holds";
  if (difference === "none") return "not shown";
  return difference === relation ? "holds" : "contradicted";
}
