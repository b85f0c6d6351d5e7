/**
 * What may be claimed, in words for a page: the verdicts counted by server and by scenario, and nothing beyond them.
 *
 * @module
 */

import type { Result, ScenarioDescription, ServerDescription } from "../../measure/model/result.ts";
import { type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import { type Outcome, outcomeOf, OUTCOMES, tally } from "../summary/outcome.ts";
import { counted, oneLine } from "../summary/text.ts";
import { sentence } from "../tables/verdict_tables.ts";

/** Why there is no verdict at all; undefined where there is one. */
export function obstacle(result: Result): string | undefined {
  const verdicts = verdictsOf(result);
  if (verdicts.length === 0) {
    return "There is nothing to compare: the run has one server, or no cases.";
  }
  const reasons = verdicts.flatMap(({ judgement }) =>
    "absent" in judgement ? [oneLine(judgement.absent)] : []
  );
  return reasons.length < verdicts.length
    ? undefined
    : `No verdict: ${[...new Set(reasons)].join("; ")}.`;
}

/** The scenarios in which a server's verdicts come to the same. */
export interface Group {
  /** What they come to. */
  readonly outcome: Outcome;
  /** The scenarios, with how many of their cases. */
  readonly scenarios: readonly { readonly scenario: ScenarioDescription; readonly of: string }[];
}

/** What is found of a server. */
export interface ServerFinding {
  /** The server. */
  readonly server: ServerDescription;
  /** Whether the others are compared with it. */
  readonly isBaseline: boolean;
  /** All of it in a sentence. */
  readonly summary: string;
  /** By the primary metric: where it is better, where worse. */
  readonly groups: readonly Group[];
}

/** What is found of each server, in the order of the result. */
export function serverFindings(result: Result): ServerFinding[] {
  const baseline = result.servers.find(({ id }) => id === result.settings.baseline);
  const byServer = Map.groupBy(verdictsOf(result), ({ server }) => server);
  return result.servers.map((server): ServerFinding => {
    if (server === baseline) {
      const summary = "The baseline: the others are compared with it.";
      return { server, isBaseline: true, summary, groups: [] };
    }
    const own = byServer.get(server) ?? [];
    const primary = own.filter(({ aspect }) => aspect === "primary");
    const cpu = own.filter(({ aspect }) => aspect === "cpu");
    const against = oneLine(baseline?.title ?? "");
    const summary = [
      `Compared with ${against}: ${tally(primary)}.`,
      ...(cpu.length === 0 ? [] : [`CPU time: ${tally(cpu)}.`]),
    ].join(" ");
    return { server, isBaseline: false, summary, groups: groupsOf(primary) };
  });
}

function groupsOf(verdicts: readonly Verdict[]): Group[] {
  const cases = Map.groupBy(verdicts, ({ scenario }) => scenario);
  const outcomes = Map.groupBy(verdicts, outcomeOf);
  return OUTCOMES.flatMap((outcome) => {
    const own = outcomes.get(outcome);
    if (own === undefined) return [];
    const scenarios = [...Map.groupBy(own, ({ scenario }) => scenario)];
    return [{
      outcome,
      scenarios: scenarios.map(([scenario, some]) => {
        const all = cases.get(scenario)!.length;
        return { scenario, of: all === 1 ? "" : `${some.length} of ${counted(all, "case")}` };
      }),
    }];
  });
}

/** What a scenario's figures mean. */
export interface Meaning {
  /** A sentence for each server and aspect. */
  readonly sentences: readonly string[];
  /** The verdicts one by one, where the sentences only count them. */
  readonly cases: readonly { readonly title: string; readonly sentences: readonly string[] }[];
}

/** More cases than this are counted. */
const MOST_CASES = 1;

/** What may be claimed in a scenario. */
export function meaningOf(result: Result, scenario: ScenarioDescription): Meaning {
  const own = verdictsOf(result).filter((verdict) => verdict.scenario === scenario);
  const reasons = new Set(
    own.map(({ judgement }) => "absent" in judgement ? oneLine(judgement.absent) : ""),
  );
  if (own.length === 0) return { sentences: ["There is nothing to compare."], cases: [] };
  if (!reasons.has("")) {
    return { sentences: [`No verdict: ${[...reasons].join("; ")}.`], cases: [] };
  }
  const spoken = (verdict: Verdict): string => `${sentence(verdict)}.`;
  if (scenario.cases.length <= MOST_CASES) return { sentences: own.map(spoken), cases: [] };
  const byServer = Map.groupBy(own, ({ server }) => server);
  const byCase = Map.groupBy(own, (verdict) => verdict.case);
  return {
    sentences: [...byServer.values()].map(inOneSentence),
    cases: [...byCase].map(([one, verdicts]) => ({
      title: oneLine(one.title),
      sentences: verdicts.map(spoken),
    })),
  };
}

/** `ws against Deno.serve: Rate worse in 1 of 2 cases, …; Server CPU time per message higher in 2 of 2 cases.` */
function inOneSentence(verdicts: readonly Verdict[]): string {
  const { server, baseline } = verdicts[0]!;
  const byMetric = Map.groupBy(verdicts, ({ metric }) => metric);
  const parts = [...byMetric].map(([{ title }, own]) => `${oneLine(title)} ${tally(own)}`);
  return `${oneLine(server.title)} against ${oneLine(baseline.title)}: ${parts.join("; ")}.`;
}
