/**
 * What changed from one run to another. Rounds cannot show that a whole run was off, so a change is judged against that
 * of a server that both runs have; without one it is probable at most.
 */

import { doubtsOf } from "./comparability.ts";
import {
  changeOf,
  type Estimate,
  figureOfRounds,
  judge,
  type Judgement,
  unpairedRatio,
} from "./judge.ts";
import {
  type CommonCase,
  commonCases,
  noCaseInCommon,
  onlyIn,
  type OptionNames,
} from "./overlap.ts";
import {
  type Absent,
  type Figure,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type ServerDescription,
  type Trial,
} from "../model/result.ts";
import { wrongReplies } from "../record/wrong_replies.ts";
import { type Aspect, cpuMetricOf, kindOf, ratioOf, soundTrials } from "./verdicts.ts";

/** What became of a figure; worse and better only where the difference is clear. */
export type ChangeOutcome =
  | "worse"
  | "better"
  | "probably worse"
  | "probably better"
  | "the same"
  | "not told apart"
  | "not compared";

/** A figure of a server in a case of both runs. */
export interface Change extends CommonCase {
  /** What it is about. */
  readonly aspect: Aspect;
  /** The metric. */
  readonly metric: MetricDefinition;
  /** Geometric mean of the rounds of the old run, or the reason why there is none. */
  readonly before: Figure;
  /** Geometric mean of the rounds of the new run. */
  readonly after: Figure;
  /**
   * The ratio of new to old, divided by that of {@linkcode Changes.common} where there is one, and what may be said of
   * it; or why nothing can be said.
   */
  readonly judgement: Judgement | Absent;
  /** What became of it. */
  readonly outcome: ChangeOutcome;
  /** Whether trials failed or replies were wrong in the new run, and not in the old one. */
  readonly isBroken: boolean;
}

/** Two runs compared. */
export interface Changes {
  /** The old run. */
  readonly before: Result;
  /** The new run. */
  readonly after: Result;
  /** The server against whose changes the others are judged; undefined where the runs have none that is the same. */
  readonly common: ServerDescription | undefined;
  /** What both have: the primary metrics, then the CPU times, each in the order of the new run's tables. */
  readonly rows: readonly Change[];
  /** What only the old run has, as phrases: `the server ws`, `Latency: 1 connection, 64 B`. */
  readonly onlyBefore: readonly string[];
  /** What only the new run has. */
  readonly onlyAfter: readonly string[];
  /** What makes the comparison doubtful, a line each: `Deno: 2.9.5 in OLD, 2.9.6 in NEW`. */
  readonly doubts: readonly string[];
}

/**
 * Compares two runs: the primary metric of each server in each case, and its CPU time per message. The p values are
 * adjusted by Benjamini and Hochberg's method over all rows of the same aspect.
 *
 * @param options the options that set parameters, by the names of the parameters: for the remedy
 * @returns if they have no case in common: why they cannot be compared, in one line with the remedy
 */
export function changesOf(
  before: Result,
  after: Result,
  options: OptionNames = {},
): Changes | Absent {
  const cases = commonCases(before, after);
  if (cases.length === 0) return { absent: noCaseInCommon(before, after, options) };
  const common = commonServer(before, after);
  const open = (["primary", "cpu"] as const).map((aspect) =>
    cases.flatMap((one) => openChange(before, after, common, one, aspect))
  );
  return {
    before,
    after,
    common,
    rows: open.flatMap(judged),
    onlyBefore: onlyIn(before, after),
    onlyAfter: onlyIn(after, before),
    doubts: doubtsOf(before, after, options),
  };
}

/** What does not differ in a server that is the same in two runs. */
const SAME_IN = ["id", "runtime", "library", "class", "workers"] as const;

/** A server that is the same in both runs, if there are others to judge by it: the baseline if it is. */
function commonServer(before: Result, after: Result): ServerDescription | undefined {
  const same = after.servers.filter((server) =>
    before.servers.some((one) => SAME_IN.every((name) => one[name] === server[name]))
  );
  const both = after.servers.filter(({ id }) => before.servers.some((one) => one.id === id));
  if (both.length < 2) return undefined;
  return same.find(({ id }) => id === after.settings.baseline) ?? same[0];
}

/** A row before it is judged. */
interface OpenChange extends Omit<Change, "judgement" | "outcome"> {
  readonly estimate: Estimate | Absent;
}

function openChange(
  before: Result,
  after: Result,
  common: ServerDescription | undefined,
  { scenario, ...one }: CommonCase,
  aspect: Aspect,
): OpenChange[] {
  const earlier = before.scenarios.find(({ id }) => id === scenario.id)!;
  const metric = metricOf(scenario, aspect) ?? metricOf(earlier, aspect);
  if (metric === undefined) return [];
  const place = { scenario, ...one };
  const [a, b] = [
    sampleOf(before, place, earlier, metric),
    sampleOf(after, place, scenario, metric),
  ];
  return [{
    ...place,
    aspect,
    metric,
    before: figureOf(a),
    after: figureOf(b),
    isBroken: b.fault !== undefined && a.fault === undefined,
    estimate: estimate(
      a,
      b,
      metric,
      () =>
        common === undefined || common.id === place.server.id
          ? unpairedRatio(b.values, a.values, kindOf(metric))
          : changeOf(against(before, place, common, metric), against(after, place, common, metric)),
    ),
  }];
}

function against(
  { trials }: Result,
  { scenario, case: one, server }: CommonCase,
  common: ServerDescription,
  metric: MetricDefinition,
): Estimate | Absent {
  const [own, others] = [server, common].map(({ id }) =>
    soundTrials(trials, scenario.id, one.id, id)
  );
  return ratioOf(own!, others!, metric);
}

function metricOf(scenario: ScenarioDescription, aspect: Aspect): MetricDefinition | undefined {
  return aspect === "primary" ? scenario.metrics[0] : cpuMetricOf(scenario);
}

/** The figures of the rounds of one side, and why they are not to be compared. */
interface Sample {
  readonly values: readonly number[];
  /** Trials that failed, replies that were wrong. */
  readonly fault?: string;
  /** Why there are no figures. */
  readonly gap?: string;
}

function sampleOf(
  { trials }: Result,
  place: CommonCase,
  scenario: ScenarioDescription,
  metric: MetricDefinition,
): Sample {
  if (!scenario.metrics.some((one) => isSame(one, metric))) {
    return { values: [], gap: `there is no ${metric.title} in ${metric.unit}` };
  }
  const own = trials.filter((trial) =>
    trial.round > 0 && trial.scenario === scenario.id && trial.case === place.case.id &&
    trial.server === place.server.id
  );
  const figures = own.flatMap((trial) =>
    trial.state === "completed" ? [trial.metrics[metric.id]] : []
  );
  const values = figures.filter(isMeasured);
  const fault = faultOf(own);
  if (values.length > 0) return fault === undefined ? { values } : { values, fault };
  const [first] = figures;
  const gap = fault ?? (typeof first === "object" ? first.absent : "no trial has run");
  return fault === undefined ? { values, gap } : { values, fault, gap };
}

function isSame(a: MetricDefinition, b: MetricDefinition): boolean {
  return a.id === b.id && a.unit === b.unit && a.better === b.better;
}

function faultOf(trials: readonly Trial[]): string | undefined {
  const completed = trials.filter((trial) => trial.state === "completed");
  const failed = trials.length - completed.length;
  if (failed > 0) {
    return `${failed} of ${trials.length} trial${trials.length === 1 ? "" : "s"} failed`;
  }
  const isWrong = completed.some(({ integrity }) => wrongReplies(integrity) > 0);
  return isWrong ? "replies were wrong" : undefined;
}

function figureOf({ values, gap }: Sample): Figure {
  if (values.length === 0) return { absent: gap ?? "there are no figures" };
  return figureOfRounds(values);
}

function estimate(
  before: Sample,
  after: Sample,
  { better }: MetricDefinition,
  judged: () => Estimate | Absent,
): Estimate | Absent {
  const obstacles = [["OLD", before] as const, ["NEW", after] as const].flatMap(
    ([name, { fault, gap }]) => fault ?? gap ? [`${fault ?? gap} in ${name}`] : [],
  );
  if (obstacles.length > 0) return { absent: obstacles.join(", ") };
  if (better === "none") return { absent: "neither more nor less of it is better" };
  return judged();
}

/** @param rows all of one aspect */
function judged(rows: readonly OpenChange[]): Change[] {
  const judgements = judge(rows.map(({ estimate }) => estimate));
  return rows.map(({ estimate: _, ...row }, index) => {
    const judgement = judgements[index]!;
    return { ...row, judgement, outcome: outcomeOf(row.metric, judgement) };
  });
}

function outcomeOf(metric: MetricDefinition, judgement: Judgement | Absent): ChangeOutcome {
  if ("absent" in judgement) return "not compared";
  const { certainty, ratio } = judgement;
  if (certainty === "same") return "the same";
  if (certainty === "not told apart") return certainty;
  const isWorse = ratio > 1 !== (metric.better === "higher");
  const outcome = isWorse ? "worse" : "better";
  return certainty === "clear" ? outcome : `probably ${outcome}`;
}

/** A ratio is the quotient of two binary fractions: 1.05 − 1 is not 0.05. */
const ROUNDING = 1e-9;

/**
 * The rows that are worse by a share or more. A server that has become broken has no ratio, and is among them whatever
 * the share is: once for each case, as its primary metric.
 *
 * @param share of the old figure, as 0.05 for 5 %; 0 for all that are worse
 */
export function regressionsOf({ rows }: Changes, share: number): Change[] {
  return rows.filter(({ judgement, outcome, isBroken, aspect }) =>
    isBroken ? aspect === "primary" : !("absent" in judgement) && outcome === "worse" &&
      Math.abs(judgement.ratio - 1) >= share - ROUNDING
  );
}
