/** A plan and trials for the tests of the live view. */

import {
  type FailedTrial,
  type Result,
  SCHEMA_VERSION,
  type Trial,
} from "../../measure/model/result.ts";
import { RULES } from "../../measure/judge/judge.ts";
import { completedTrial, failedTrial, SETTINGS } from "../../measure/model/testdata.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import { planTrials } from "../../bench/plan/plan.ts";
import type { Contender, PlannedTrial } from "../../bench/plan/plan_types.ts";
import type { Pulse } from "../../bench/generator/pulse.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { connect } from "../../scenarios/connect.ts";
import { throughput } from "../../scenarios/throughput.ts";
import { after, beginning, type LiveEvent, type LiveState } from "./state.ts";

/** A name that would break a page that took it for markup. */
export const EVIL = "<img src=x onerror=alert(1)>";

const contender = (id: string, title: string): Contender => ({
  server: { id, title, protocol: "websocket", launch: { by: "command", command: [] } },
  client: "wire",
});

const scenarios = [
  { scenario: throughput, cases: [describeCase({ connections: 2, inFlight: 1, size: 64 })] },
  { scenario: connect, cases: [describeCase({ concurrency: 1 })] },
];

/** A plan of these servers with two cases. */
export function planOf(contenders: readonly Contender[], rounds: number): RunPlan {
  return {
    settings: { ...SETTINGS, rounds },
    contenders,
    leftOut: [],
    study: undefined,
    reference: undefined,
    scenarios,
    trials: planTrials({ contenders, scenarios, rounds, seed: 1 }),
  };
}

/** Two servers, of which one is named to break a page, two cases, three rounds. */
export const PLAN: RunPlan = planOf(
  [contender("native", "Deno.serve"), contender("evil", EVIL)],
  3,
);

/** A plan of as many servers as are asked for. */
export function planOfMany(servers: number, rounds: number): RunPlan {
  const ids = Array.from({ length: servers }, (_, index) => index === 0 ? "native" : `s${index}`);
  return planOf(ids.map((id) => contender(id, `Server ${id}`)), rounds);
}

/** The result of a plan with these trials. */
export function resultOf(
  { settings, contenders, scenarios, trials: planned }: RunPlan,
  trials: readonly Trial[] = [],
  state: Result["state"] = "running",
  warnings: Result["warnings"] = [],
): Result {
  return {
    schemaVersion: SCHEMA_VERSION,
    wsmark: "0.1.0",
    judgedBy: RULES,
    state,
    startedAt: "2026-01-02T03:04:05.678Z",
    planned: planned.length,
    settings,
    machine: [],
    servers: contenders.map(({ server: { id, title, protocol } }) => ({ id, title, protocol })),
    clients: [{ id: "wire", title: "Wire", library: "own frames" }],
    scenarios: scenarios.map(({ scenario: { id, title, question, metrics }, cases }) => ({
      id,
      title,
      question,
      cases,
      metrics: metrics.map(({ value: _, ...definition }) => definition),
    })),
    trials,
    warnings,
  };
}

/** The state after these events, one a second. */
export function follow(...events: readonly LiveEvent[]): LiveState {
  return events.reduce(
    (state, event, index) => after(state, event, 1000 * (index + 1)),
    beginning(PLAN, { folder: "results/x", resume: "bench resume results/x" }, 0),
  );
}

/** The planned trial of a server in a scenario in a round. */
export function plannedOf(
  server: string,
  scenario: string,
  round: number,
  plan: RunPlan = PLAN,
): PlannedTrial {
  return plan.trials.find((one) =>
    one.server.id === server && one.scenario.id === scenario && one.round === round
  )!;
}

/** The run is planned. */
export const planned: LiveEvent = { kind: "planned", result: resultOf(PLAN) };

/** It has started. */
export function started(trial: PlannedTrial): LiveEvent {
  return { kind: "trial started", trial };
}

/** A trial that has completed with this value of all its metrics. */
export function trialOf(planned: PlannedTrial, value: number, lost: number = 0): Trial {
  const metrics = Object.fromEntries(planned.scenario.metrics.map(({ id }) => [id, value]));
  const trial = completedTrial(metrics);
  const wrong = { kind: "wrong replies", lost, duplicated: 0, reordered: 0, corrupted: 0 } as const;
  return {
    ...trial,
    ...identityOf(planned),
    integrity: { ...trial.integrity, lost },
    warnings: [...trial.warnings, ...(lost === 0 ? [] : [wrong])],
  };
}

/** It has completed with this value of all its metrics. */
export function completed(planned: PlannedTrial, value: number, lost: number = 0): LiveEvent {
  return { kind: "trial ended", trial: trialOf(planned, value, lost) };
}

/** It has failed. */
export function failed(planned: PlannedTrial, reason: string): LiveEvent {
  return { kind: "trial ended", trial: { ...failedTrial(reason), ...identityOf(planned) } };
}

function identityOf(
  { trial, round, server, scenario, case: one }: PlannedTrial,
): Pick<FailedTrial, "trial" | "round" | "server" | "scenario" | "case"> {
  return { trial, round, server: server.id, scenario: scenario.id, case: one.id };
}

/** The run has ended. */
export function ended(
  state: Result["state"],
  warnings: Result["warnings"] = [],
  trials: readonly Trial[] = [],
): LiveEvent {
  return { kind: "ended", result: resultOf(PLAN, trials, state, warnings) };
}

/** A pulse of 200 ms. */
export function pulse(count: number, phase: Pulse["phase"] = "window"): LiveEvent {
  return {
    kind: "pulse",
    pulse: { state: "running", phase, lengthMs: 200, count, meanMs: 0.5, maxMs: 2 },
  };
}
