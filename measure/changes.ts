/**
 * What changed from one run to another: the same figures of the same servers in the same cases, judged as measured at
 * different times.
 *
 * @module
 */

import { doubtsOf } from "./doubts.ts";
import { type Estimate, judge, type Judgement, unpairedRatio } from "./judge.ts";
import { type CommonCase, commonCases, noCaseInCommon, onlyIn } from "./overlap.ts";
import {
  type Absent,
  type Figure,
  isMeasured,
  type MetricDefinition,
  type Result,
  type ScenarioDescription,
  type Trial,
} from "./result.ts";
import { median } from "./statistics.ts";
import { type Aspect, cpuMetricOf, isBetter } from "./verdicts.ts";

/** What became of a figure: worse and better only where the difference is claimed. */
export type Outcome = "worse" | "better" | "no difference" | "not compared";

/** A figure of a server in a case, in both runs. */
export interface Change extends CommonCase {
  /** What it is about. */
  readonly aspect: Aspect;
  /** The metric. */
  readonly metric: MetricDefinition;
  /** Median of the rounds of the old run, or the reason why there is none. */
  readonly before: Figure;
  /** Median of the rounds of the new run. */
  readonly after: Figure;
  /** The ratio of new to old and what may be claimed of it, or why nothing can be said. */
  readonly judgement: Judgement | Absent;
  /** What became of it. */
  readonly outcome: Outcome;
  /** Whether trials failed or replies were wrong in the new run, and not in the old one. */
  readonly isBroken: boolean;
}

/** Two runs beside one another. */
export interface Changes {
  /** The old run. */
  readonly before: Result;
  /** The new run. */
  readonly after: Result;
  /** What both have, by scenario, case and aspect, in the order of the new run's tables. */
  readonly rows: readonly Change[];
  /** What only the old run has, as phrases: `the server ws`, `Latency: 1 connection, 64 B`. */
  readonly onlyBefore: readonly string[];
  /** What only the new run has. */
  readonly onlyAfter: readonly string[];
  /** What makes the comparison doubtful, a line each: `Deno: 2.9.5 in OLD, 2.9.6 in NEW`. */
  readonly doubts: readonly string[];
}

/**
 * Compares two runs: for each server in each case the primary metric and the CPU time per message. The p values are
 * adjusted by Holm's method over all rows of the same aspect.
 *
 * @returns why they cannot be compared, in one line with the remedy, where they have no case in common
 */
export function changesOf(before: Result, after: Result): Changes | Absent {
  const cases = commonCases(before, after);
  if (cases.length === 0) return { absent: noCaseInCommon(before, after) };
  const aspects = (["primary", "cpu"] as const).map((aspect) =>
    judged(cases.flatMap((one) => openChange(before, after, one, aspect)))
  );
  const rows = aspects.flat();
  return {
    before,
    after,
    rows: cases.flatMap((one) => rows.filter((row) => isOf(row, one)))
      .toSorted((a, b) => placeOf(cases, a) - placeOf(cases, b)),
    onlyBefore: onlyIn(before, after),
    onlyAfter: onlyIn(after, before),
    doubts: doubtsOf(before, after, aspects),
  };
}

/** A row before it is judged. */
interface OpenChange extends Omit<Change, "judgement" | "outcome"> {
  readonly estimate: Estimate | Absent;
}
