/** The outcomes of verdicts in words: one by one, counted, by server and by scenario. */

import { inWords, type Verdict, verdictsOf, wayOf } from "../../measure/judge/verdicts.ts";
import type { MetricDefinition, Result, ScenarioDescription } from "../../measure/model/result.ts";
import type { Cell } from "../tables/table.ts";
import { counted, oneLine } from "./text.ts";

/** In the order in which reports name them. */
const OUTCOMES = [
  "worse",
  "better",
  "different",
  "probably worse",
  "probably better",
  "probably different",
  "the same within 5 %",
  "not told apart",
  "not compared",
] as const;

/** The outcome of a verdict for the server that is judged. */
type Outcome = typeof OUTCOMES[number];

/** The outcome of a verdict for the server that is judged. */
export function outcomeOf({ metric, judgement }: Verdict): Outcome {
  if ("absent" in judgement) return "not compared";
  if (judgement.certainty === "same") return "the same within 5 %";
  if (judgement.certainty === "not told apart") return "not told apart";
  const way = wayOf(metric, judgement);
  return judgement.certainty === "clear" ? way : `probably ${way}`;
}

/** What a verdict claims, for a cell: nothing if no difference is clear or neither direction is better. */
export function signOf(verdict: Verdict | undefined): Pick<Cell, "sign"> {
  const outcome = verdict && outcomeOf(verdict);
  return outcome === "better" || outcome === "worse" ? { sign: outcome } : {};
}

/** A verdict as a sentence, without its full stop. */
export function sentence({ metric, judgement, server, baseline }: Verdict): string {
  return oneLine(inWords(metric, judgement, server.title, baseline.title));
}

/** Why servers were not compared, each reason once. */
export function reasonsOf(verdicts: readonly Verdict[]): string {
  const reasons = verdicts.flatMap(({ judgement }) =>
    "absent" in judgement ? [oneLine(judgement.absent)] : []
  );
  return [...new Set(reasons)].join("; ");
}

/** A sentence that says why no server could be compared; undefined if one could, or there are no verdicts. */
export function obstacleTo(verdicts: readonly Verdict[]): string | undefined {
  return verdicts.length > 0 && verdicts.every(({ judgement }) => "absent" in judgement)
    ? `No verdict: ${reasonsOf(verdicts)}.`
    : undefined;
}

/** Counts outcomes of cases in the given order: `worse in 2 of 5 cases, not told apart in 3`. */
export function countOutcomes<T extends string>(
  outcomes: readonly T[],
  order: readonly T[],
  nameOf: (outcome: T) => string = (outcome) => outcome,
): string {
  return order.map((outcome) => ({
    outcome,
    count: outcomes.filter((one) => one === outcome).length,
  })).filter(({ count }) => count > 0).map(({ outcome, count }, index) =>
    `${nameOf(outcome)} in ${count}${index === 0 ? ` of ${counted(outcomes.length, "case")}` : ""}`
  ).join(", ");
}

/** `worse in 2 of 5 cases, not told apart in 3`; of CPU time `higher in 4 of 5 cases, …`. */
export function tally(verdicts: readonly Verdict[]): string {
  // CPU time is not the aim of a server: it is lower or higher, not better or worse.
  const isCpu = verdicts[0]?.aspect === "cpu";
  return countOutcomes(
    verdicts.map(outcomeOf),
    OUTCOMES,
    (outcome) => isCpu ? outcome.replace("better", "lower").replace("worse", "higher") : outcome,
  );
}

/** The verdicts on a server by one metric. */
export interface Tally {
  /** `ws against Deno.serve`. */
  readonly pair: string;
  readonly metric: MetricDefinition;
  /** The outcomes, counted. */
  readonly count: string;
  /** The verdict as a sentence if there is one case; undefined if there are several. */
  readonly only: string | undefined;
}

/** Counts verdicts by aspect and server. */
export function tallies(verdicts: readonly Verdict[]): Tally[] {
  const groups = Map.groupBy(verdicts, ({ aspect, server }) => JSON.stringify([aspect, server.id]));
  return [...groups.values()].map((own) => {
    const [{ server, baseline, metric }] = own as [Verdict];
    return {
      pair: `${oneLine(server.title)} against ${oneLine(baseline.title)}`,
      metric,
      count: tally(own),
      only: own.length === 1 ? `${sentence(own[0]!)}.` : undefined,
    };
  });
}

/** The verdicts of one case as sentences, with the titles of scenario and case. */
export interface SpokenCase {
  readonly scenario: string;
  readonly title: string;
  /** A sentence for each verdict, without its full stop. */
  readonly sentences: readonly string[];
}

/** Verdicts as sentences, by case. */
export function spokenCases(verdicts: readonly Verdict[]): SpokenCase[] {
  const byCase = Map.groupBy(verdicts, ({ scenario, case: one }) => (
    JSON.stringify([scenario.id, one.id])
  ));
  return [...byCase.values()].map((own) => {
    const [{ scenario, case: one }] = own as [Verdict];
    return {
      scenario: oneLine(scenario.title),
      title: oneLine(one.title),
      sentences: own.map(sentence),
    };
  });
}

/** The scenarios in which a server's verdicts have the same outcome. */
export interface OutcomeGroup {
  readonly outcome: Outcome;
  /** The scenarios, and in how many of their cases: `2 of 5 cases`, empty if there is one. */
  readonly scenarios: readonly { readonly scenario: ScenarioDescription; readonly of: string }[];
}

/** The outcomes of the verdicts on a server. */
export interface ServerVerdicts {
  /** Title of the server. */
  readonly server: string;
  /** Title of the baseline; undefined if this server is the baseline. */
  readonly baseline: string | undefined;
  /** By the primary metrics, counted. */
  readonly primary: string;
  /** By CPU time, counted; empty if no scenario reports it. */
  readonly cpu: string;
  /** By the primary metric: the scenarios in which it is better, worse and so on. */
  readonly groups: readonly OutcomeGroup[];
}

/** The outcomes of the verdicts on each server, in the order of the result. */
export function verdictsByServer(result: Result): ServerVerdicts[] {
  const baseline = result.servers.find(({ id }) => id === result.settings.baseline);
  const byServer = Map.groupBy(verdictsOf(result), ({ server }) => server);
  return result.servers.map((server): ServerVerdicts => {
    const own = byServer.get(server) ?? [];
    const primary = own.filter(({ aspect }) => aspect === "primary");
    return {
      server: oneLine(server.title),
      baseline: server === baseline ? undefined : oneLine(baseline?.title ?? ""),
      primary: tally(primary),
      cpu: tally(own.filter(({ aspect }) => aspect === "cpu")),
      groups: groupsOf(primary),
    };
  });
}

function groupsOf(verdicts: readonly Verdict[]): OutcomeGroup[] {
  const cases = Map.groupBy(verdicts, ({ scenario }) => scenario);
  const outcomes = Map.groupBy(verdicts, outcomeOf);
  return OUTCOMES.filter((outcome) => outcomes.has(outcome)).map((outcome) => ({
    outcome,
    scenarios: [...Map.groupBy(outcomes.get(outcome)!, ({ scenario }) => scenario)]
      .map(([scenario, some]) => {
        const all = cases.get(scenario)!.length;
        return { scenario, of: all === 1 ? "" : `${some.length} of ${counted(all, "case")}` };
      }),
  }));
}
