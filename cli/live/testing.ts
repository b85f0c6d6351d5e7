/** A plan and trials for the tests of the live view. */

import type { FailedTrial, Result } from "../../measure/model/result.ts";
import { completedTrial, failedTrial, SETTINGS } from "../../measure/model/testdata.ts";
import type { RunPlan } from "../../bench/plan/options.ts";
import { planTrials } from "../../bench/plan/plan.ts";
import type { Contender, PlannedTrial } from "../../bench/plan/plan_types.ts";
import type { Pulse } from "../../bench/generator/pulse.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { connect } from "../../scenarios/connect.ts";
import { throughput } from "../../scenarios/throughput.ts";
import type { LiveEvent } from "./state.ts";

/** A name that would break a page that took it for markup. */
export const EVIL = "<img src=x onerror=alert(1)>";

const contender = (id: string, title: string): Contender => ({
  server: { id, title, protocol: "websocket", launch: { by: "command", command: [] } },
  client: "wire",
});

const contenders = [contender("native", "Deno.serve"), contender("evil", EVIL)];
const scenarios = [
  { scenario: throughput, cases: [describeCase({ connections: 2, inFlight: 1, size: 64 })] },
  { scenario: connect, cases: [describeCase({ concurrency: 1 })] },
];
const settings = { ...SETTINGS, rounds: 3 };

/** Two servers, of which one is named to break a page, two cases, three rounds. */
export const PLAN: RunPlan = {
  settings,
  contenders,
  leftOut: [],
  study: undefined,
  reference: undefined,
  scenarios,
  trials: planTrials({ contenders, scenarios, rounds: 3, seed: 1 }),
};

/** The planned trial of a server in a scenario in a round. */
export function plannedOf(server: string, scenario: string, round: number): PlannedTrial {
  return PLAN.trials.find((one) =>
    one.server.id === server && one.scenario.id === scenario && one.round === round
  )!;
}

/** It has started. */
export function started(trial: PlannedTrial): LiveEvent {
  return { kind: "trial started", trial };
}

/** It has completed with this value of all its metrics. */
export function completed(planned: PlannedTrial, value: number, lost: number = 0): LiveEvent {
  const metrics = Object.fromEntries(planned.scenario.metrics.map(({ id }) => [id, value]));
  const trial = completedTrial(metrics);
  return {
    kind: "trial ended",
    trial: { ...trial, ...identityOf(planned), integrity: { ...trial.integrity, lost } },
  };
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
export function ended(state: Result["state"], warnings: Result["warnings"] = []): LiveEvent {
  return { kind: "ended", result: { state, warnings } as unknown as Result };
}

/** A pulse of 200 ms. */
export function pulse(count: number, phase: Pulse["phase"] = "window"): LiveEvent {
  return {
    kind: "pulse",
    pulse: { state: "running", phase, lengthMs: 200, count, meanMs: 0.5, maxMs: 2 },
  };
}
