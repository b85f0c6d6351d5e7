/** The summary of a run: everything that its reports say, composed once. A format only lays it out. */

import { type Answer, answerOf } from "./answer/answer.ts";
import { largest, smallest } from "../../measure/statistics/statistics.ts";
import type { Result, ScenarioDescription } from "../../measure/model/result.ts";
import { nameOf, smallestShownIn, type Verdict, verdictsOf } from "../../measure/judge/verdicts.ts";
import { conformanceNote } from "./conformance.ts";
import { type SaidDifferences, saidDifferences } from "./explained/explained.ts";
import { type Failure, failures, type Finding, findings, wrongReplies } from "./findings.ts";
import { limitsOf } from "./limits.ts";
import {
  ceilingNote,
  clientNote,
  entriesOf,
  type Entry,
  FIGURE_NOTE,
  formatPercent,
  generatorsNote,
  roundsRun,
  summarize,
  type SummaryLine,
  widthOf,
} from "./lines.ts";
import { type Recommendation, recommendations } from "./answer/recommendations.ts";
import { policySentence, type SlowReaders, slowReaders } from "./slow_readers.ts";
import { WRONG_WAYS } from "../../measure/record/wrong_replies.ts";
import { type SaidStudy, studyOf } from "./study.ts";
import { counted, formatNumber, oneLine } from "./text.ts";
import { type Unasked, unaskedOf } from "./unasked.ts";
import {
  obstacleTo,
  type ServerVerdicts,
  type SpokenCase,
  spokenCases,
  tallies,
  verdictsByServer,
} from "./verdicts.ts";

/** What reports say about a scenario. */
export interface ScenarioSummary {
  readonly scenario: ScenarioDescription;
  /** The verdicts, in the order of the cases; the primary metric's first. */
  readonly verdicts: readonly Verdict[];
  /** A sentence for each server and metric: the verdict if there is one case, otherwise the outcomes counted. */
  readonly found: readonly string[];
  /** The same with a sentence for each server. */
  readonly meaning: readonly string[];
  /** The verdicts one by one, if the sentences only count them. */
  readonly cases: readonly SpokenCase[];
  /** What goes with the verdicts, by case and server; empty if nothing was explained. */
  readonly differences: readonly SaidDifferences[];
  /** How sure it is, a sentence each: rounds, precision, warnings. */
  readonly certainty: readonly string[];
  readonly slowReaders: readonly SlowReaders[];
  /** What each server does with slow readers, a sentence each. */
  readonly policies: readonly string[];
  /** The warnings about its trials. */
  readonly warnings: readonly Finding[];
  readonly failures: readonly Failure[];
}

/** What reports say about a run. All texts are plain and on one line: a format with markup escapes them. */
export interface Summary {
  /** The servers that replied wrongly, a sentence each: shown before anything else. */
  readonly wrong: readonly string[];
  /** What servers said that nobody asked for. */
  readonly unasked: readonly Unasked[];
  /** What was run and how it ended, a sentence each. */
  readonly overview: readonly string[];
  /** Whether there is more than one server. */
  readonly isComparison: boolean;
  /** Each case with the figures of its servers. */
  readonly lines: readonly SummaryLine[];
  readonly entries: readonly Entry[];
  /** Whether any line has a ceiling. */
  readonly hasCeiling: boolean;
  /** What the figures are, which client made them, and what the ceiling is. */
  readonly notes: readonly string[];
  /** Empty if there is nothing to compare. */
  readonly verdicts: readonly ServerVerdicts[];
  /** Why there is no verdict at all; undefined if there is one. */
  readonly obstacle: string | undefined;
  readonly scenarios: readonly ScenarioSummary[];
  /** The warnings, each once. */
  readonly warnings: readonly Finding[];
  /** The failed trials, each reason once. */
  readonly failures: readonly Failure[];
  /** The servers that could not be started here. */
  readonly leftOut: readonly { readonly title: string; readonly reason: string }[];
  /** Undefined if the run repeats no study. */
  readonly study: SaidStudy | undefined;
  /** What a reader must know first; computed on demand, because it takes each server as the baseline in turn. */
  readonly answer: Answer;
  /** What is recommended for each use, with the evidence; computed on demand. */
  readonly recommendations: readonly Recommendation[];
  /** What the run does not show; each item is one or two sentences. */
  readonly limits: readonly string[];
}

/** All formats of a run use the same summary. */
const known = new WeakMap<Result, Summary>();

/** The summary of a run. */
export function summaryOf(result: Result): Summary {
  const summary = known.get(result) ?? compose(result);
  known.set(result, summary);
  return summary;
}

function compose(result: Result): Summary {
  const lines = summarize(result);
  const hasCeiling = lines.some(({ ceiling }) => ceiling.value !== null);
  const verdicts = verdictsOf(result);
  const wrong = wrongReplies(result);
  const warnings = findings(result);
  let recommended: readonly Recommendation[] | undefined;
  let answer: Answer | undefined;
  const byScenario = findings(result, ({ scenario }) => scenario);
  return {
    wrong,
    unasked: unaskedOf(result),
    overview: overviewOf(result),
    isComparison: result.servers.length > 1,
    lines,
    entries: lines.flatMap(entriesOf),
    hasCeiling,
    notes: [
      FIGURE_NOTE,
      clientNote(result),
      generatorsNote(result),
      ceilingNote(result, hasCeiling),
      notShown(result),
      conformanceNote(result),
    ].filter((note) => note !== ""),
    verdicts: verdicts.length === 0 ? [] : verdictsByServer(result),
    obstacle: verdicts.length === 0
      ? "There is nothing to compare: the run has one server, or no cases."
      : obstacleTo(verdicts),
    scenarios: result.scenarios.map((scenario) => {
      const warnings = byScenario.filter(({ trials: [first] }) => first?.scenario === scenario.id);
      return scenarioSummary(result, scenario, lines, warnings);
    }),
    warnings,
    failures: failures(result),
    leftOut: (result.leftOut ?? []).map(({ title, reason }) => (
      { title: oneLine(title), reason: oneLine(reason) }
    )),
    study: studyOf(result),
    get answer() {
      return answer ??= answerOf(result, wrong, warnings, this.recommendations);
    },
    get recommendations() {
      return recommended ??= recommendations(result);
    },
    limits: limitsOf(result),
  };
}

function scenarioSummary(
  result: Result,
  scenario: ScenarioDescription,
  lines: readonly SummaryLine[],
  warnings: readonly Finding[],
): ScenarioSummary {
  const verdicts = verdictsOf(result).filter((one) => one.scenario === scenario);
  const late = slowReaders(result, scenario);
  return {
    scenario,
    verdicts,
    ...foundIn(scenario, verdicts, result.servers.length),
    differences: saidDifferences(result).filter(({ verdict }) => verdict.scenario === scenario),
    certainty: [
      ...certaintyOf(result, scenario, lines.filter((line) => line.scenario === scenario)),
      ...warnings.map(({ finding, places }) => `${finding.replace(/\.$/, "")}${places}.`),
    ],
    slowReaders: late,
    policies: late.map(policySentence),
    warnings,
    failures: failures({
      ...result,
      trials: result.trials.filter((trial) => trial.scenario === scenario.id),
    }),
  };
}

/** The outcome of a scenario's verdicts, in the words of both kinds of report. */
function foundIn(
  { cases }: ScenarioDescription,
  verdicts: readonly Verdict[],
  servers: number,
): Pick<ScenarioSummary, "found" | "meaning" | "cases"> {
  // The answer says so already.
  if (servers < 2) return { found: [], meaning: [], cases: [] };
  const obstacle = obstacleTo(verdicts);
  if (verdicts.length === 0 || obstacle !== undefined) {
    return {
      found: obstacle === undefined ? [] : [obstacle],
      meaning: [obstacle ?? "There is nothing to compare."],
      cases: [],
    };
  }
  const counts = tallies(verdicts);
  const found = counts.map(({ pair, metric, count, only }) =>
    only ?? `${pair}, ${nameOf({ ...metric, title: oneLine(metric.title) })}: ${count}.`
  );
  const spoken = spokenCases(verdicts);
  if (cases.length < 2) {
    const meaning = spoken.flatMap(({ sentences }) => sentences.map((one) => `${one}.`));
    return { found, meaning, cases: [] };
  }
  const meaning = [...Map.groupBy(counts, ({ pair }) => pair)].map(([pair, own]) =>
    `${pair}: ${own.map(({ metric, count }) => `${oneLine(metric.title)} ${count}`).join("; ")}.`
  );
  return { found, meaning, cases: spoken };
}

function overviewOf(result: Result): string[] {
  const { servers, scenarios, settings, trials, planned } = result;
  const cases = scenarios.reduce((sum, scenario) => sum + scenario.cases.length, 0);
  const completed = trials.filter((trial) => trial.state === "completed");
  const failed = trials.length - completed.length;
  const answered = completed.reduce((sum, { integrity }) => sum + integrity.answered, 0);
  const wrong = completed.flatMap(({ integrity }) => WRONG_WAYS.map((way) => integrity[way]))
    .reduce((sum, count) => sum + count, 0);
  const baseline = servers.find(({ id }) => id === settings.baseline);
  return [
    `${counted(servers.length, "server")}, ${counted(cases, "case")} in ${
      counted(scenarios.length, "scenario")
    }, ${counted(roundsRun(result), "round")}: ${trials.length} of ${planned} trials ended, ${
      failed === 0 ? "none" : failed
    } of them failed.`,
    `${formatNumber(answered, 0)} replies were checked; ${
      wrong === 0 ? "none was wrong" : `${formatNumber(wrong, 0)} were wrong or missing`
    }.`,
    ...(servers.length < 2 ? [] : [
      baseline === undefined
        ? "There is no server to compare with."
        : `Each server is compared with ${oneLine(baseline.title)}.`,
    ]),
    conformanceNote(result),
    ...agentsInWords(result),
  ].filter((sentence) => sentence !== "");
}

/** Who made the load, if that were agents. */
function agentsInWords({ agents = [], serverAgent, trials }: Result): string[] {
  if (agents.length === 0) return [];
  const machines = new Set(agents.map(({ host }) => host)).size;
  const spreads = trials.flatMap((trial) =>
    trial.state === "completed" && trial.sharing !== undefined ? [trial.sharing.startSpreadMs] : []
  );
  const apart = spreads.length === 0
    ? ""
    : `, and began within ${formatNumber(largest(spreads), 1)} ms of one another at worst`;
  return [
    `${counted(agents.length, "agent")} on ${
      counted(machines, "machine")
    } made the load together (${agents.map(({ id }) => oneLine(id)).join(", ")})${apart}.`,
    ...(serverAgent === undefined ? [] : [
      `The servers of the list ran on the machine of the agent ${
        oneLine(serverAgent.id)
      }, where their CPU and memory ` +
      "were measured.",
    ]),
  ];
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

/** What the run could not have shown; empty if it compares nothing. */
function notShown(result: Result): string {
  const share = smallestShownIn(result);
  return share === undefined
    ? ""
    : `Differences below ${
      share < 1 ? `${formatPercent(share * 100)} %` : `a factor of ${formatNumber(1 + share, 1)}`
    } in rates and median times are mostly not shown by this run.`;
}

/** How well the figures are known. */
function precisionOf(lines: readonly SummaryLine[]): string[] {
  const [line] = lines;
  const halves = lines.flatMap(({ primary }) =>
    primary.entries.flatMap(({ cell: { value, mark }, interval }) =>
      interval === undefined || typeof value !== "number" || value === 0 || mark === "wrong"
        ? []
        : [widthOf(value, interval)]
    )
  );
  if (line === undefined) return [];
  if (halves.length === 0) return ["There are too few rounds for an interval or a verdict."];
  const [least, most] = [smallest(halves), largest(halves)].map(formatPercent);
  const width = least === most ? `${most} %` : `${least} to ${most} %`;
  const title = oneLine(line.primary.metric.title);
  return [`${title}: the width of the 95 % interval is ${width} of the figure.`];
}
