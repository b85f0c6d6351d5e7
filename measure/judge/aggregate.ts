/** Combines the rounds of a case: the figure that a table shows for a server, and which server is best. */

import {
  figureOfRounds,
  type Interval,
  judge,
  type Judgement,
  meanInterval,
  pairedRatio,
} from "./judge.ts";
import {
  type Absent,
  type CompletedTrial,
  type Figure,
  isMeasured,
  type MetricDefinition,
  type Trial,
} from "../model/result.ts";
import { largest, smallest } from "../statistics/statistics.ts";
import { isBetter, kindOf } from "./verdicts.ts";

/** What was measured in a round. */
export interface RoundFigure {
  /** The round. */
  readonly round: number;
  /** The figure. */
  readonly value: number;
}

/** A metric over the rounds of one case on one server. */
export interface Aggregate {
  /** The geometric mean of the rounds' own figures, in the metric's unit; their median where one is not above 0. */
  readonly value: Figure;
  /** The least of the rounds' own figures. */
  readonly min: Figure;
  /** The greatest of the rounds' own figures. */
  readonly max: Figure;
  /** The 95 % interval of the geometric mean; undefined where there is none, or the rounds are too few for one. */
  readonly interval: Interval | undefined;
  /** The rounds' own figures, as far as they were measured. */
  readonly figures: readonly RoundFigure[];
  /** Rounds that completed. */
  readonly rounds: number;
  /** Rounds that failed. */
  readonly failed: number;
}

/**
 * Puts the rounds of a metric together.
 *
 * @param trials the trials of one case on one server
 */
export function aggregate(trials: readonly Trial[], metric: MetricDefinition): Aggregate {
  const completed = trials.filter((trial): trial is CompletedTrial => trial.state === "completed");
  const figures = completed.flatMap(({ round, metrics }): RoundFigure[] => {
    const value = metrics[metric.id];
    return isMeasured(value) ? [{ round, value }] : [];
  });
  const values = figures.map(({ value }) => value);
  const isPositive = values.every((value) => value > 0);
  const common = {
    interval: isPositive ? meanInterval(values) : undefined,
    figures,
    rounds: completed.length,
    failed: trials.length - completed.length,
  };
  if (values.length === 0) {
    const absent = { absent: reasonOf(trials, metric) };
    return { value: absent, min: absent, max: absent, ...common };
  }
  return { value: figureOfRounds(values), min: smallest(values), max: largest(values), ...common };
}

function reasonOf(trials: readonly Trial[], { id }: MetricDefinition): string {
  for (const trial of trials) {
    const figure = trial.state === "completed" ? trial.metrics[id] : undefined;
    if (figure !== undefined && !isMeasured(figure)) return figure.absent;
  }
  const failed = trials.find((trial) => trial.state === "failed");
  return failed?.state === "failed" ? failed.reason : "no trial has run";
}

/** The servers of one case side by side. */
export interface Contest {
  /** What they are compared by; if neither way is better, no server is best. */
  readonly metric: MetricDefinition;
  /** What each of them reached. */
  readonly aggregates: readonly Aggregate[];
}

/**
 * Which servers are best in each of the cases that are shown together. The one with the best figure leads; a server is
 * level with it unless it is clearly worse, by the rules of {@linkcode judge} over all comparisons with a leader. Where there are too few rounds for these, it is level where the ranges of the rounds overlap.
 *
 * @param contests the cases; an absent figure is never best, nor is the only one
 * @returns for each case whether each server is best, in the same order
 */
export function bestOf(contests: readonly Contest[]): boolean[][] {
  const challenges = contests.flatMap(challengesOf);
  const judgements = judge(challenges.map(ratioOf));
  const best = new Set<Aggregate>();
  challenges.forEach((one, index) => {
    best.add(one.leader);
    if (isLevel(one, judgements[index]!)) best.add(one.rival);
  });
  return contests.map(({ aggregates }) => aggregates.map((one) => best.has(one)));
}

/** A server compared with the one that leads. */
interface Challenge {
  readonly metric: MetricDefinition;
  readonly leader: Aggregate;
  readonly rival: Aggregate;
}

function challengesOf({ metric, aggregates }: Contest): Challenge[] {
  if (metric.better === "none") return [];
  const sign = metric.better === "higher" ? 1 : -1;
  const [leader, ...rivals] = aggregates.filter(({ value }) => isMeasured(value))
    .toSorted((a, b) => sign * ((b.value as number) - (a.value as number)));
  return rivals.map((rival) => ({ metric, leader: leader!, rival }));
}

function ratioOf({ metric, leader, rival }: Challenge): ReturnType<typeof pairedRatio> {
  const pairs = rival.figures.flatMap(({ round, value }) => {
    const baseline = leader.figures.find((figure) => figure.round === round)?.value;
    return baseline === undefined ? [] : [{ value, baseline }];
  });
  return pairedRatio(pairs, kindOf(metric));
}

function isLevel(
  { metric, leader, rival }: Challenge,
  judgement: Judgement | Absent,
): boolean {
  if ("absent" in judgement) return overlap(rival, leader);
  return isBetter(metric, judgement) !== false;
}

function overlap(a: Aggregate, b: Aggregate): boolean {
  return isMeasured(a.min) && isMeasured(a.max) && isMeasured(b.min) && isMeasured(b.max) &&
    a.min <= b.max && b.min <= a.max;
}
