/** The verdicts of a run: each server against the baseline in each case, in figures and in words. */

import { type Estimate, judge, type Judgement, type Pair, pairedRatio } from "./judge.ts";
import {
  type Absent,
  type CaseDescription,
  type CompletedTrial,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type ServerDescription,
  type Trial,
} from "../model/result.ts";
import { wrongReplies } from "../record/wrong_replies.ts";

/** What a verdict is about: the scenario's primary metric, or the server's CPU time. */
export type Aspect = "primary" | "cpu";

/** A server against the baseline in one case. */
export interface Verdict {
  /** What it is about. */
  readonly aspect: Aspect;
  /** The scenario. */
  readonly scenario: ScenarioDescription;
  /** The case. */
  readonly case: CaseDescription;
  /** The metric. */
  readonly metric: MetricDefinition;
  /** The server that is judged. */
  readonly server: ServerDescription;
  /** The server that it is compared with. */
  readonly baseline: ServerDescription;
  /** The ratio and what may be claimed about it, or why nothing can be said. */
  readonly judgement: Judgement | Absent;
}

/** Ids of the metrics of CPU time per message or handshake. */
const CPU = /^cpu\.(message|handshake)$/;

/** The metric of CPU time per message of a scenario; undefined if it has none. */
export function cpuMetricOf({ metrics }: ScenarioDescription): MetricDefinition | undefined {
  return metrics.find(({ id }) => CPU.test(id));
}

/** Reports ask for the verdicts of the same run several times. */
const known = new WeakMap<Result, readonly Verdict[]>();

/**
 * Judges every server but the baseline in every case: its primary metric, and its CPU time per message. The p values
 * are adjusted by Holm's method over all verdicts of the same aspect.
 */
export function verdictsOf(result: Result): readonly Verdict[] {
  const verdicts = known.get(result) ??
    [...judgeAspect(result, "primary"), ...judgeAspect(result, "cpu")];
  known.set(result, verdicts);
  return verdicts;
}

function judgeAspect(result: Result, aspect: Aspect): Verdict[] {
  const baseline = result.servers.find(({ id }) => id === result.settings.baseline);
  if (baseline === undefined) return [];
  const open = result.scenarios.flatMap((scenario) => {
    const metric = aspect === "primary" ? scenario.metrics[0] : cpuMetricOf(scenario);
    if (metric === undefined) return [];
    return scenario.cases.flatMap((one) =>
      result.servers.filter((server) => server !== baseline)
        .map((server) => ({ aspect, scenario, case: one, metric, server, baseline }))
    );
  });
  const judgements = judge(open.map((one) => {
    const trials = (id: string): CompletedTrial[] | Absent =>
      soundTrials(result.trials, one.scenario.id, one.case.id, id);
    return ratioOf(trials(one.server.id), trials(baseline.id), one.metric);
  }));
  return open.map((one, index) => ({ ...one, judgement: judgements[index]! }));
}

/** The completed trials of a server in a case, or why they must not be compared. */
export function soundTrials(
  trials: readonly Trial[],
  scenario: string,
  caseId: string,
  server: string,
): CompletedTrial[] | Absent {
  const completed = trials.filter((trial): trial is CompletedTrial =>
    trial.state === "completed" && trial.round > 0 && trial.scenario === scenario &&
    trial.case === caseId && trial.server === server
  );
  const isWrong = completed.some(({ integrity }) => wrongReplies(integrity) > 0);
  return isWrong ? { absent: `replies of ${server} were wrong` } : completed;
}

/** The ratio of a metric in the rounds that both have, or why there is none; both are from {@linkcode soundTrials}. */
export function ratioOf(
  trials: CompletedTrial[] | Absent,
  baselines: CompletedTrial[] | Absent,
  { id }: MetricDefinition,
): Estimate | Absent {
  if ("absent" in trials) return trials;
  if ("absent" in baselines) return baselines;
  const pairs = trials.flatMap((trial): Pair[] => {
    const value = trial.metrics[id];
    const baseline = baselines.find(({ round }) => round === trial.round)?.metrics[id];
    return isMeasured(value) && isMeasured(baseline) ? [{ value, baseline }] : [];
  });
  return pairedRatio(pairs);
}

/** Whether a claimed difference is in the server's favour; undefined if none is claimed, or neither way is better. */
export function isBetter(
  { better }: MetricDefinition,
  { difference }: Judgement,
): boolean | undefined {
  if (difference === "none" || better === "none") return undefined;
  return difference === better;
}

/**
 * A verdict as a sentence, as `ws is 12 % slower than native (95 % interval 9–15 %)`.
 *
 * @param server name of what is judged
 * @param baseline name of what it is compared with
 */
export function inWords(
  metric: MetricDefinition,
  judgement: Judgement | Absent,
  server: string,
  baseline: string,
): string {
  if ("absent" in judgement) {
    return `${server} is not compared with ${baseline}: ${judgement.absent}`;
  }
  const { ratio, interval, difference } = judgement;
  const what = nameOf(metric);
  if (difference === "none") {
    // An interval that includes "no change" says enough; otherwise p says why no difference is claimed.
    const isOneSided = interval.low > 1 || interval.high < 1;
    const p = isOneSided ? `, p = ${judgement.adjustedP.toFixed(2)}` : "";
    return `${server}: no difference from ${baseline} shown in ${what} (${
      signedRange(interval)
    }${p})`;
  }
  if (ratio >= 2) {
    const factor = digits(ratio);
    const range = `95 % interval ${digits(interval.low)}–${digits(interval.high)} times`;
    return isSpeed(metric)
      ? `${server} is ${factor} times as fast as ${baseline} (${range})`
      : `${server} has ${factor} times the ${what} of ${baseline} (${range})`;
  }
  const [low, high] = [interval.low, interval.high]
    .map((end) => percent(end)).sort((a, b) => a - b);
  const change = `${percent(ratio)} %`;
  const range = `95 % interval ${low}–${high} %`;
  if (!isSpeed(metric)) {
    return `${server} has ${change} ${difference} ${what} than ${baseline} (${range})`;
  }
  const way = difference === "higher" ? "faster" : "slower";
  return `${server} is ${change} ${way} than ${baseline} (${range})`;
}

/** Whether a metric counts something per second, so that more of it is faster. */
function isSpeed({ unit, better }: MetricDefinition): boolean {
  return better === "higher" && unit.endsWith("/s");
}

/** A metric inside of a sentence: `latency p50`, `server CPU time per message`. */
export function nameOf({ title }: MetricDefinition): string {
  return `${title[0]?.toLowerCase() ?? ""}${title.slice(1)}`;
}

/** How far a ratio is from 1, in whole per cent, without its sign. */
function percent(ratio: number): number {
  return Math.round(Math.abs(ratio - 1) * 100);
}

/** An interval of ratios as `−2…+3 %`. */
export function signedRange({ low, high }: { low: number; high: number }): string {
  const signed = (ratio: number): string => {
    const change = Math.round((ratio - 1) * 100);
    return change < 0 ? `−${-change}` : change > 0 ? `+${change}` : "0";
  };
  return `${signed(low)}…${signed(high)} %`;
}

function digits(ratio: number): string {
  return ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(1);
}
