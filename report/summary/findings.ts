/** Warnings, wrong replies and failures, each shown once with the places where it occurred. */

import type { IntegrityCounts, Result, Trial, TrialIdentity } from "../../measure/model/result.ts";
import { describe, sameness, type Warning } from "../../measure/warnings/warnings.ts";
import { placesOf } from "./names.ts";
import { WRONG_WAYS } from "../../measure/record/wrong_replies.ts";
import { formatNumber, listed, oneLine } from "./text.ts";

/** A finding with the trials in which it occurred. */
export interface Finding {
  /** Its kind among the warnings. */
  readonly kind: Warning["kind"];
  /** What was found, with the range of its figures. */
  readonly finding: string;
  readonly advice: string;
  /** The trials; none for a finding about the run as a whole. */
  readonly trials: readonly TrialIdentity[];
  /** In how many trials, or cases, of how many of which servers and scenarios, in brackets after a space; empty for the run as a whole. */
  readonly places: string;
}

/** A reason of failure with the trials that failed for it. */
export interface Failure extends Pick<Finding, "trials" | "places"> {
  readonly reason: string;
}

/** A warning about a single trial, about one of the trials that a warning about a case has, or about the run. */
interface Occurrence {
  readonly warning: Warning;
  readonly trial?: TrialIdentity;
}

/**
 * Groups the warnings of a run and of its trials: those of the run first, then the trials' in the order of the tables.
 *
 * @param placeOf trials for which it returns the same text are grouped together; absent: all trials are
 */
export function findings(
  result: Result,
  placeOf: (trial: TrialIdentity) => string = () => "",
): Finding[] {
  const occurrences: Occurrence[] = [
    ...result.warnings.flatMap((warning) => occurrencesOf(warning, result)),
    ...inTableOrder(result).flatMap((trial) =>
      trial.state === "failed" ? [] : trial.warnings.map((warning) => ({ warning, trial }))
    ),
  ];
  const alike = [...Map.groupBy(occurrences, ({ warning }) => sameness(warning)).values()];
  const groups = alike.flatMap((group) => [
    ...Map.groupBy(group, ({ trial }) => trial === undefined ? null : placeOf(trial)).values(),
  ]);
  return groups.map((group) => {
    const { finding, advice } = describe(
      group.map(({ warning }) => warning) as [Warning, ...Warning[]],
    );
    const trials = group.flatMap(({ trial }) => trial === undefined ? [] : [trial]);
    const [{ warning }] = group as [Occurrence];
    return {
      kind: warning.kind,
      finding: oneLine(finding),
      advice: oneLine(advice),
      trials,
      places: placesOf(result, trials, "server" in warning ? "case" : "trial"),
    };
  });
}

/** A warning of the run is about all of it, or about the trials of a server in a case. */
function occurrencesOf(warning: Warning, { trials }: Result): Occurrence[] {
  if (!("server" in warning)) return [{ warning }];
  const { scenario, case: one, server } = warning;
  return trials.filter((trial) =>
    trial.round > 0 && trial.scenario === scenario && trial.case === one && trial.server === server
  ).map((trial) => ({ warning, trial }));
}

/** The trials by scenario, case and server, as the tables have them. */
function inTableOrder({ scenarios, servers, trials }: Result): Trial[] {
  const places = scenarios.flatMap(({ id, cases }) =>
    cases.flatMap((one) => servers.map((server) => placeIn(id, one.id, server.id)))
  );
  const ranks = new Map(places.map((place, rank) => [place, rank]));
  const rankOf = ({ scenario, case: one, server }: Trial): number =>
    ranks.get(placeIn(scenario, one, server)) ?? places.length;
  return trials.map((trial) => ({ trial, rank: rankOf(trial) })).sort((a, b) => a.rank - b.rank)
    .map(({ trial }) => trial);
}

function placeIn(scenario: string, caseId: string, server: string): string {
  return JSON.stringify([scenario, caseId, server]);
}

/** Groups the failed trials of a run by reason, the most frequent first. */
export function failures(result: Result): Failure[] {
  const failed = result.trials.filter((trial): trial is Extract<Trial, { state: "failed" }> =>
    trial.state === "failed"
  );
  return [...Map.groupBy(failed, ({ reason }) => oneLine(reason))]
    .map(([reason, trials]) => ({ reason, trials, places: placesOf(result, trials) }))
    .toSorted((a, b) => b.trials.length - a.trials.length);
}

/**
 * A sentence for each server that replied wrongly, with the share: `ws lost 97 of 48,211 replies (1 trial of ws in
 * Throughput).` The reference server is included: if it is named, the client is to blame.
 */
export function wrongReplies(result: Result): string[] {
  const { servers, reference, trials } = result;
  return [...servers, ...reference === undefined ? [] : [reference]].flatMap(({ id, title }) => {
    const own = trials.filter((trial) => trial.state === "completed")
      .filter(({ server }) => server === id);
    const wrong = own.filter(({ warnings }) =>
      warnings.some(({ kind }) => kind === "wrong replies")
    );
    if (wrong.length === 0) return [];
    const total = (what: keyof IntegrityCounts): number =>
      own.reduce((sum, { integrity }) => sum + integrity[what], 0);
    const parts = WRONG_WAYS.filter((way) => total(way) > 0)
      .map((way) => `${way} ${formatNumber(total(way), 0)}`);
    const all = formatNumber(total("sent"), 0);
    return [`${oneLine(title)} ${listed(parts)} of ${all} replies${placesOf(result, wrong)}.`];
  });
}
