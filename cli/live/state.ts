/** What the live view knows of a running run: a pure function of what has happened. */

import type { Result } from "../../measure/model/result.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import type { PlannedTrial } from "../../bench/plan/plan_types.ts";
import type { Pulse } from "../../bench/generator/pulse.ts";
import type { RunEvent } from "../../bench/run/run.ts";

/** A point of the chart of the running trial. */
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
  /** The command that continues the run if it is stopped. */
  readonly resume: string;
  readonly status: "running" | "finished" | "interrupted" | "failed";
  /** Why it failed, if that is known. */
  readonly failure: string | undefined;
  /** The result so far; undefined before the run has begun. */
  readonly result: Result | undefined;
  readonly running: PlannedTrial | undefined;
  /** Which of the trials that tell why is running; undefined in the rounds. */
  readonly explaining: { readonly number: number; readonly of: number } | undefined;
  /** The last minute of the running trial, or of the one that has just ended. */
  readonly points: readonly Point[];
  /** How many points the whole run has had. */
  readonly pointsSoFar: number;
  /** When the run began, on the clock of the caller, in milliseconds. */
  readonly startedMs: number;
  /** When the last trial ended, or the run began. */
  readonly endedMs: number;
  /** Whether nothing more happens: the reports are written, or never will be. */
  readonly isOver: boolean;
  /** Whether there is a report as a page. */
  readonly hasReport: boolean;
  /** Grows with every change except of the points. */
  readonly version: number;
}

/** What happens to a live view: the events of the run, the pulse of the running trial, and how the program ends. */
export type LiveEvent =
  | RunEvent
  | { readonly kind: "pulse"; readonly pulse: Pulse }
  /** The reports have been written, as far as they could be. */
  | { readonly kind: "reported"; readonly hasReport: boolean; readonly failure?: string }
  /** The program ends; without the end of the run before, something has failed. */
  | { readonly kind: "gone" };

/** Points that are kept: a minute of five a second. */
const MOST_POINTS = 300;

export function beginning(
  plan: RunPlan,
  { folder, resume }: Pick<LiveState, "folder" | "resume">,
  nowMs: number,
): LiveState {
  return {
    plan,
    folder,
    resume,
    status: "running",
    failure: undefined,
    result: undefined,
    running: undefined,
    explaining: undefined,
    points: [],
    pointsSoFar: 0,
    startedMs: nowMs,
    endedMs: nowMs,
    isOver: false,
    hasReport: false,
    version: 1,
  };
}

export function after(state: LiveState, event: LiveEvent, nowMs: number): LiveState {
  if (event.kind === "pulse") return withPulse(state, event.pulse);
  return { ...state, ...changesBy(state, event, nowMs), version: state.version + 1 };
}

function changesBy(
  { status, result }: LiveState,
  event: Exclude<LiveEvent, { kind: "pulse" }>,
  nowMs: number,
): Partial<LiveState> {
  switch (event.kind) {
    case "planned":
      return { result: event.result };
    case "generators chosen":
      return {};
    case "explaining":
      return { running: event.trial, explaining: event, points: [] };
    case "explained":
      return {
        running: undefined,
        result: result && withExplanations(result, event.result),
        endedMs: nowMs,
      };
    case "trial started":
      return { running: event.trial, points: [] };
    case "trial ended":
      return {
        running: undefined,
        result: result && { ...result, trials: [...result.trials, event.trial] },
        endedMs: nowMs,
      };
    case "server away":
    case "agent away":
      return { failure: `${event.reason}, for ${event.forMs / 1000} s` };
    case "ended":
      return {
        status: event.result.state === "finished" ? "finished" : "interrupted",
        running: undefined,
        result: event.result,
      };
    case "reported":
      return {
        isOver: true,
        hasReport: event.hasReport,
        ...(event.failure !== undefined && { status: "failed", failure: event.failure }),
      };
    case "gone":
      return {
        isOver: true,
        running: undefined,
        ...(status === "running" && { status: "failed" }),
      };
  }
}

function withExplanations(result: Result, { explanations = [] }: Result): Result {
  return { ...result, explanations };
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
