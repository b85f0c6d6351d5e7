/** What verdicts come to, in words: each by itself, counted, by server and by scenario. */

import { inWords, isBetter, type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import type {
  MetricDefinition,
  Result,
  ScenarioDescription,
  ServerDescription,
} from "../../measure/model/result.ts";
import type { Cell } from "../tables/table.ts";
import { counted, oneLine } from "./text.ts";

/** The outcomes in the order in which they are named. */
export const OUTCOMES = [
  "worse",
  "better",
  "different",
  "no difference shown",
  "not compared",
] as const;

/** What a verdict comes to, for the server that is judged. */
export type Outcome = typeof OUTCOMES[number];

/** What a verdict comes to. */
export function outcomeOf({ metric, judgement }: Verdict): Outcome {
  if ("absent" in judgement) return "not compared";
  if (judgement.difference === "none") return "no difference shown";
  const isAhead = isBetter(metric, judgement);
  return isAhead === undefined ? "different" : isAhead ? "better" : "worse";
}

/** What a verdict claims, for a cell: nothing where no difference is shown, or neither way is better. */
export function signOf(verdict: Verdict | undefined): Pick<Cell, "sign"> {
  const outcome = verdict && outcomeOf(verdict);
  return outcome === "better" || outcome === "worse" ? { sign: outcome } : {};
}

/** A verdict as a sentence, without its full stop. */
export function sentence({ metric, judgement, server, baseline }: Verdict): string {
  return oneLine(inWords(metric, judgement, server.title, baseline.title));
}

/** Why verdicts say nothing, each reason once. */
export function reasonsOf(verdicts: readonly Verdict[]): string {
  const reasons = verdicts.flatMap(({ judgement }) =>
    "absent" in judgement ? [oneLine(judgement.absent)] : []
  );
  return [...new Set(reasons)].join("; ");
}

/** That none of the verdicts says anything, and why; undefined where one does, or there are none. */
export function obstacleTo(verdicts: readonly Verdict[]): string | undefined {
  return verdicts.length > 0 && verdicts.every(({ judgement }) => "absent" in judgement)
    ? `No verdict: ${reasonsOf(verdicts)}.`
    : undefined;
}

/** Counts outcomes of cases in the given order: `worse in 2 of 5 cases, no difference shown in 3`. */
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

/** `worse in 2 of 5 cases, no difference shown in 3`; of CPU time `higher in 4 of 5 cases, …`. */
export function tally(verdicts: readonly Verdict[]): string {
  // CPU time is not the aim of a server: it is lower or higher, not better or worse.
  const names = verdicts[0]?.aspect === "cpu" ? { better: "lower", worse: "higher" } : {};
  return countOutcomes(
    verdicts.map(outcomeOf),
    OUTCOMES,
    (outcome) => ({ ...names } as Partial<Record<Outcome, string>>)[outcome] ?? outcome,
  );
}

/** The verdicts on a server by one metric. */
export interface Tally {
  /** The server that is judged. */
  readonly server: ServerDescription;
  /** `ws against Deno.serve`. */
  readonly pair: string;
  /** The metric. */
  readonly metric: MetricDefinition;
  /** What they come to, counted. */
  readonly count: string;
  /** The verdict as a sentence where there is one case; undefined where there are several. */
  readonly only: string | undefined;
}

/** Counts verdicts by what they are about and server. */
export function tallies(verdicts: readonly Verdict[]): Tally[] {
  const groups = Map.groupBy(verdicts, ({ aspect, server }) => JSON.stringify([aspect, server.id]));
  return [...groups.values()].map((own) => {
    const [{ server, baseline, metric }] = own as [Verdict];
    return {
      server,
      pair: `${oneLine(server.title)} against ${oneLine(baseline.title)}`,
      metric,
      count: tally(own),
      only: own.length === 1 ? `${sentence(own[0]!)}.` : undefined,
    };
  });
}

/** The verdicts of one case as sentences. */
export interface SpokenCase {
  /** Title of the scenario. */
  readonly scenario: string;
  /** Title of the case. */
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

/** The scenarios in which a server's verdicts come to the same. */
export interface OutcomeGroup {
  /** What they come to. */
  readonly outcome: Outcome;
  /** The scenarios, with how many of their cases: `2 of 5 cases`, empty where there is one. */
  readonly scenarios: readonly { readonly scenario: ScenarioDescription; readonly of: string }[];
}

/** What the verdicts on a server come to. */
export interface ServerVerdicts {
  /** Title of the server. */
  readonly server: string;
  /** Title of the server that it is compared with; undefined for that one itself. */
  readonly baseline: string | undefined;
  /** By the primary metrics, counted. */
  readonly primary: string;
  /** By CPU time, counted; empty where no scenario reports it. */
  readonly cpu: string;
  /** By the primary metric: where it is better, where worse. */
  readonly groups: readonly OutcomeGroup[];
}

/** What the verdicts on each server come to, in the order of the result. */
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
