/** What the live view knows of a running run: a pure function of what has happened. */

import type { CaseDescription, Trial } from "../../measure/model/result.ts";
import type { Warning } from "../../measure/warnings/warnings.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import type { ChosenScenario, PlannedTrial } from "../../bench/plan/plan_types.ts";
import type { Pulse } from "../../bench/generator/pulse.ts";
import type { RunEvent } from "../../bench/run/run.ts";

/** A point of the charts of the running trial. */
export interface Point {
  /** When it was, in milliseconds since the traffic of the trial began. */
  readonly atMs: number;
  /** Replies (or handshakes) per second. */
  readonly rate: number;
  /** Mean latency in milliseconds; null if nothing was answered. */
  readonly meanMs: number | null;
  /** Largest latency in milliseconds; null if nothing was answered. */
  readonly maxMs: number | null;
  /** Whether it belongs to the warm-up, which does not count. */
  readonly isWarmup: boolean;
}

export interface LiveState {
  readonly plan: RunPlan;
  readonly folder: string;
  /** `ended` if it is not known how. */
  readonly status: "running" | "finished" | "interrupted" | "ended";
  /** The scenarios with their cases, as far as these are known. */
  readonly scenarios: readonly ChosenScenario[];
  readonly trials: readonly Trial[];
  readonly running: PlannedTrial | undefined;
  /** The last minute of the running trial, or of the one that has just ended. */
  readonly points: readonly Point[];
  /** How many points the whole run has had. */
  readonly pointsSoFar: number;
  /** Findings about the run as a whole, which come at its end. */
  readonly warnings: readonly Warning[];
  /** When the run began, on the clock of the caller, in milliseconds. */
  readonly startedMs: number;
  /** When the last trial ended, or the run began. */
  readonly endedMs: number;
  /** Grows with every change except of the points. */
  readonly version: number;
}

/** What happens to a live view: the events of the run, the pulse of the running trial, and the end of the program. */
export type LiveEvent =
  | RunEvent
  | { readonly kind: "pulse"; readonly pulse: Pulse }
  | { readonly kind: "gone" };

/** Points that are kept: a minute of five a second. */
const MOST_POINTS = 300;

export function beginning(plan: RunPlan, folder: string, nowMs: number): LiveState {
  return {
    plan,
    folder,
    status: "running",
    scenarios: plan.scenarios,
    trials: [],
    running: undefined,
    points: [],
    pointsSoFar: 0,
    warnings: [],
    startedMs: nowMs,
    endedMs: nowMs,
    version: 1,
  };
}

export function after(state: LiveState, event: LiveEvent, nowMs: number): LiveState {
  if (event.kind === "pulse") return withPulse(state, event.pulse);
  return { ...state, ...changesBy(state, event, nowMs), version: state.version + 1 };
}

function changesBy(
  { status, scenarios, trials }: LiveState,
  event: Exclude<LiveEvent, { kind: "pulse" }>,
  nowMs: number,
): Partial<LiveState> {
  switch (event.kind) {
    case "planned": {
      // Cases whose arrival rates depend on the servers get new names when these are known.
      const known = new Map(event.result.scenarios.map(({ id, cases }) => [id, cases]));
      const casesOf = ({ scenario, cases }: ChosenScenario): readonly CaseDescription[] =>
        known.get(scenario.id) ?? cases;
      return { scenarios: scenarios.map((one) => ({ ...one, cases: casesOf(one) })) };
    }
    case "trial started":
      return { running: event.trial, points: [] };
    case "trial ended":
      return { running: undefined, trials: [...trials, event.trial], endedMs: nowMs };
    case "ended": {
      const { state, warnings } = event.result;
      return { status: state === "running" ? "ended" : state, running: undefined, warnings };
    }
    case "gone":
      return { status: status === "running" ? "ended" : status, running: undefined };
  }
}

function withPulse(state: LiveState, pulse: Pulse): LiveState {
  const { lengthMs, count, meanMs, maxMs, phase } = pulse;
  const point: Point = {
    atMs: (state.points.at(-1)?.atMs ?? 0) + lengthMs,
    rate: count / lengthMs * 1000,
    meanMs,
    maxMs,
    isWarmup: phase === "warm-up",
  };
  return {
    ...state,
    points: [...state.points, point].slice(-MOST_POINTS),
    pointsSoFar: state.pointsSoFar + 1,
  };
}
