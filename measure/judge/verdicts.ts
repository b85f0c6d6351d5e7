/** The verdicts of a run: each server against the baseline in each case, in figures and in words. */

import {
  type Estimate,
  judge,
  type Judgement,
  type Kind,
  meanInterval,
  type Pair,
  pairedRatio,
  SAME,
  smallestShown,
} from "./judge.ts";
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
import { largest } from "../statistics/statistics.ts";
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

/** What a run says of its servers. */
interface Judged {
  readonly verdicts: readonly Verdict[];
  /** The smallest difference in rates that it would mostly have shown, as a share. */
  readonly smallest: number | undefined;
}

/** Reports ask for the verdicts of the same run several times. */
const known = new WeakMap<Result, Judged>();

/**
 * Judges every server but the baseline in every case: its primary metric, and its CPU time per message. The p values
 * are adjusted by Benjamini and Hochberg's method over all verdicts of the same aspect.
 */
export function verdictsOf(result: Result): readonly Verdict[] {
  return judgedOf(result).verdicts;
}

/**
 * The smallest difference in rates that a run would mostly have shown, as a share: with a probability of 80 %, in about
 * two comparisons of three. Undefined if nothing could be compared.
 */
export function smallestShownIn(result: Result): number | undefined {
  return judgedOf(result).smallest;
}

/**
 * How well a run knows rates, as a share to either side: the widest 95 % interval of a ratio to the baseline's, or of a
 * figure if there is one server. It counts primary metrics but tails and memory.
 *
 * @returns undefined if nothing is known yet, or not of each server in each case
 */
export function precisionOf(result: Result): number | undefined {
  const { servers, scenarios, trials } = result;
  const isRate = ({ metrics: [metric] }: ScenarioDescription): boolean =>
    metric !== undefined && kindOf(metric) === "other";
  const intervals = servers.length > 1
    ? verdictsOf(result).filter(({ aspect, scenario }) => aspect === "primary" && isRate(scenario))
      .map(({ judgement }) => "absent" in judgement ? undefined : judgement.interval)
    : scenarios.filter(isRate).flatMap(({ id, metrics, cases }) =>
      cases.map((one) => {
        const own = soundTrials(trials, id, one.id, servers[0]!.id);
        const figures = "absent" in own ? [] : own.map((trial) => trial.metrics[metrics[0]!.id]);
        const known = figures.filter(isMeasured);
        return known.every((figure) => figure > 0) ? meanInterval(known) : undefined;
      })
    );
  if (intervals.length === 0 || intervals.includes(undefined)) return undefined;
  return largest(intervals.map((one) => Math.sqrt(one!.high / one!.low) - 1));
}

function judgedOf(result: Result): Judged {
  const earlier = known.get(result);
  if (earlier !== undefined) return earlier;
  const [primary, cpu] = (["primary", "cpu"] as const).map((aspect) => judgeAspect(result, aspect));
  const judged: Judged = {
    verdicts: [...primary!.verdicts, ...cpu!.verdicts],
    smallest: smallestShown(primary!.estimates),
  };
  known.set(result, judged);
  return judged;
}

function judgeAspect(
  result: Result,
  aspect: Aspect,
): { verdicts: Verdict[]; estimates: (Estimate | Absent)[] } {
  const baseline = result.servers.find(({ id }) => id === result.settings.baseline);
  if (baseline === undefined) return { verdicts: [], estimates: [] };
  const open = result.scenarios.flatMap((scenario) => {
    const metric = aspect === "primary" ? scenario.metrics[0] : cpuMetricOf(scenario);
    if (metric === undefined) return [];
    return scenario.cases.flatMap((one) =>
      result.servers.filter((server) => server !== baseline)
        .map((server) => ({ aspect, scenario, case: one, metric, server, baseline }))
    );
  });
  const estimates = open.map((one) => {
    const trials = (id: string): CompletedTrial[] | Absent =>
      soundTrials(result.trials, one.scenario.id, one.case.id, id);
    return ratioOf(trials(one.server.id), trials(baseline.id), one.metric);
  });
  const judgements = judge(estimates);
  return {
    verdicts: open.map((one, index) => ({ ...one, judgement: judgements[index]! })),
    estimates,
  };
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
  metric: MetricDefinition,
): Estimate | Absent {
  if ("absent" in trials) return trials;
  if ("absent" in baselines) return baselines;
  const pairs = trials.flatMap((trial): Pair[] => {
    const value = trial.metrics[metric.id];
    const baseline = baselines.find(({ round }) => round === trial.round)?.metrics[metric.id];
    return isMeasured(value) && isMeasured(baseline) ? [{ value, baseline }] : [];
  });
  return pairedRatio(pairs, kindOf(metric));
}

/** From here on a percentile is one of the tail. */
const TAIL = 90;

/** Figures of which kind a metric has. */
export function kindOf({ id, pooled }: MetricDefinition): Kind {
  if (id.startsWith("memory")) return "memory";
  const statistic = pooled?.statistic;
  const isTail = statistic === "max" ||
    typeof statistic === "object" && statistic.percentile >= TAIL;
  return isTail ? "tail" : "other";
}

/** Whether a figure is better or worse than the baseline's, as far as one way is better; however sure that is. */
export function wayOf(
  { better }: MetricDefinition,
  { ratio }: Pick<Judgement, "ratio">,
): "better" | "worse" | "different" {
  if (better === "none") return "different";
  return ratio > 1 === (better === "higher") ? "better" : "worse";
}

/** Whether a clear difference is to the server's advantage; undefined where none is clear, or neither way is better. */
export function isBetter(
  { better }: MetricDefinition,
  { difference }: Judgement,
): boolean | undefined {
  if (difference === "none" || better === "none") return undefined;
  return difference === better;
}

/**
 * A judgement as a sentence: `ws is 12 % slower than native (9–15 %)`, `ws is probably 18 % slower than native (1–32 %);
 * among 32 comparisons this may be chance`, `ws is not told apart from native in rate (−26…+15 %)`.
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
  const { interval, certainty } = judgement;
  const what = nameOf(metric);
  switch (certainty) {
    case "same":
      return `${server} is the same as ${baseline} within ${SAME * 100} % in ${what} (${
        signedRange(interval)
      })`;
    case "not told apart":
      return `${server} is not told apart from ${baseline} in ${what} (${signedRange(interval)})`;
    case "clear":
      return difference(metric, judgement, server, baseline, "");
    case "probable":
      return `${difference(metric, judgement, server, baseline, " probably")}; ${
        doubtOf(judgement)
      }`;
  }
}

function difference(
  metric: MetricDefinition,
  { ratio, interval: { low, high } }: Judgement,
  server: string,
  baseline: string,
  adverb: string,
): string {
  const what = nameOf(metric);
  if (ratio >= 2) {
    const range = `${digits(low)}–${digits(high)} times`;
    return isSpeed(metric)
      ? `${server} is${adverb} ${digits(ratio)} times as fast as ${baseline} (${range})`
      : `${server} has${adverb} ${digits(ratio)} times the ${what} of ${baseline} (${range})`;
  }
  const [least, most] = [low, high].map(percent).sort((a, b) => a - b);
  // What differs is not said to differ by nothing.
  const change = `${percent(ratio) || Math.abs((ratio - 1) * 100).toFixed(1)} %`;
  const range = `${least}–${most} %`;
  if (isSpeed(metric)) {
    const way = ratio > 1 ? "faster" : "slower";
    return `${server} is${adverb} ${change} ${way} than ${baseline} (${range})`;
  }
  const way = ratio > 1 ? "higher" : "lower";
  return `${server} has${adverb} ${change} ${way} ${what} than ${baseline} (${range})`;
}

/** Why a difference is probable only. */
export function doubtOf({ isApart, comparisons }: Judgement): string {
  return isApart
    ? "a whole run may be off by that much: measure both in one run"
    : `among ${comparisons} comparisons this may be chance`;
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
