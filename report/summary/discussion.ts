/**
 * What a run found, how sure that is, what it does not show, and what follows for who has to choose: made from the
 * verdicts, as plain sentences. Every report that discusses a run takes them from here.
 *
 * @module
 */

import type { Result, ScenarioDescription } from "../../measure/model/result.ts";
import { largest, smallest } from "../../measure/judge/statistics.ts";
import { type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import { limitsOf } from "./discussion_limits.ts";
import { type Recommendation, recommendations } from "./discussion_uses.ts";
import { type Finding, findings } from "./findings.ts";
import { placesOf } from "./names.ts";
import { summarize, type SummaryLine } from "./summary.ts";
import { tally } from "./outcome.ts";
import { counted, formatNumber, oneLine } from "./text.ts";
import { sentence } from "../tables/verdict_tables.ts";

export type { Recommendation } from "./discussion_uses.ts";

/** The discussion of a scenario. All texts are on one line and plain: who writes them into a page escapes them. */
export interface ScenarioDiscussion {
  /** The scenario. */
  readonly scenario: ScenarioDescription;
  /** What was found, a sentence each. */
  readonly found: readonly string[];
  /** How sure it is, a sentence each: rounds, precision, findings about the measurement. */
  readonly certainty: readonly string[];
  /** The verdicts behind it, in the order of the cases; the primary metric's first. */
  readonly verdicts: readonly Verdict[];
}

/** The discussion of a run. */
export interface Discussion {
  /** What was run and what became of it, a sentence each. */
  readonly overview: readonly string[];
  /** What is recommended for each use. */
  readonly recommendations: readonly Recommendation[];
  /** The scenarios, in the order of the tables. */
  readonly scenarios: readonly ScenarioDiscussion[];
  /** What the run does not show, a sentence or two each. */
  readonly limits: readonly string[];
}

/** Discusses a run. */
export function discuss(result: Result): Discussion {
  const lines = summarize(result);
  const warnings = findings(result, ({ scenario }) => scenario);
  return {
    overview: overviewOf(result),
    recommendations: recommendations(result),
    scenarios: result.scenarios.map((scenario) => {
      const verdicts = verdictsOf(result).filter((one) => one.scenario === scenario);
      return {
        scenario,
        verdicts,
        found: found(result, verdicts),
        certainty: [
          ...certaintyOf(result, scenario, lines.filter((line) => line.scenario === scenario)),
          ...warnings.filter(({ trials: [first] }) => first?.scenario === scenario.id)
            .map((one) => warningOf(result, one)),
        ],
      };
    }),
    limits: limitsOf(result),
  };
}

function warningOf(result: Result, { finding, trials }: Finding): string {
  return `${finding.replace(/\.$/, "")}${placesOf(result, trials)}.`;
}

function overviewOf(result: Result): string[] {
  const { servers, scenarios, settings, trials, planned } = result;
  const cases = scenarios.reduce((sum, scenario) => sum + scenario.cases.length, 0);
  const completed = trials.filter((trial) => trial.state === "completed");
  const failed = trials.length - completed.length;
  const answered = completed.reduce((sum, { integrity }) => sum + integrity.answered, 0);
  const wrong = completed.reduce(
    (sum, { integrity: { lost, duplicated, reordered, corrupted } }) =>
      sum + lost + duplicated + reordered + corrupted,
    0,
  );
  const baseline = servers.find(({ id }) => id === settings.baseline);
  return [
    `${counted(servers.length, "server")}, ${counted(cases, "case")} in ${
      counted(scenarios.length, "scenario")
    }, ${counted(settings.rounds, "round")}: ${trials.length} of ${planned} trials ended, ${
      failed === 0 ? "none" : failed
    } of them failed.`,
    `${formatNumber(answered, 0)} replies were checked; ${
      wrong === 0 ? "none was wrong" : `${formatNumber(wrong, 0)} were wrong or missing`
    }.`,
    baseline === undefined || servers.length < 2
      ? "There is no server to compare with."
      : `Each server is compared with ${oneLine(baseline.title)}.`,
  ];
}

/** The verdicts themselves where there is one case, else a count for each server and metric. */
function found(result: Result, verdicts: readonly Verdict[]): string[] {
  if (result.servers.length < 2) return ["There is one server: nothing is compared."];
  const obstacles = verdicts.flatMap(({ judgement }) =>
    "absent" in judgement ? [oneLine(judgement.absent)] : []
  );
  if (obstacles.length === verdicts.length) {
    return obstacles.length === 0 ? [] : [`No verdict: ${[...new Set(obstacles)].join("; ")}.`];
  }
  const groups = Map.groupBy(verdicts, ({ aspect, server }) => JSON.stringify([aspect, server.id]));
  return [...groups.values()].map((own) =>
    own.length === 1 ? `${sentence(own[0]!)}.` : tallyLine(own)
  );
}

/** `ws against Deno.serve, rate: worse in 4 of 5 cases, no difference shown in 1.` */
function tallyLine(verdicts: readonly Verdict[]): string {
  const [{ server, baseline, metric }] = verdicts as [Verdict];
  const title = oneLine(metric.title);
  return `${oneLine(server.title)} against ${oneLine(baseline.title)}, ${
    title.slice(0, 1).toLowerCase()
  }${title.slice(1)}: ${tally(verdicts)}.`;
}

function certaintyOf(
  result: Result,
  { id }: ScenarioDescription,
  lines: readonly SummaryLine[],
): string[] {
  const own = result.trials.filter(({ scenario, round, state }) =>
    scenario === id && round > 0 && state === "completed"
  );
  const places = Map.groupBy(own, (trial) => JSON.stringify([trial.case, trial.server]));
  const rounds = [...places.values()].map(({ length }) => length);
  if (rounds.length === 0) return ["No trial completed."];
  const [least, most] = [smallest(rounds), largest(rounds)];
  return [
    `${
      least === most ? counted(most, "round") : `${least} to ${most} rounds`
    } of each case and server.`,
    ...precisionOf(lines),
  ];
}

/** How well the medians of the rounds are known. */
function precisionOf(lines: readonly SummaryLine[]): string[] {
  const [line] = lines;
  const halves = lines.flatMap(({ primary }) =>
    primary.entries.flatMap(({ cell: { value, mark }, interval }) =>
      interval === undefined || typeof value !== "number" || value === 0 || mark === "wrong"
        ? []
        : [(interval.high - interval.low) / 2 / Math.abs(value) * 100]
    )
  );
  if (line === undefined) return [];
  if (halves.length === 0) return ["There are too few rounds for an interval or a verdict."];
  const [least, most] = [smallest(halves), largest(halves)].map((half) =>
    formatNumber(half, half < 0.95 ? 1 : 0)
  );
  const width = least === most ? `±${most} %` : `±${least} to ±${most} %`;
  const title = oneLine(line.primary.metric.title);
  return [
    `${title}: half the 95 % interval of the rounds' median is ${width} of the figure.`,
  ];
}
