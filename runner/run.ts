/**
 * Runs a plan and tells what happens as events.
 *
 * @module
 */

import { clients } from "../clients/mod.ts";
import {
  type Fact,
  isMeasured,
  type Result,
  type ScenarioDescription,
  SCHEMA_VERSION,
  type ServerDescription,
  type Settings,
  type Trial,
} from "../measure/result.ts";
import { warningsOfRun } from "../measure/detect.ts";
import { CEILING_SHARE, type Warning } from "../measure/warnings.ts";
import { describeLoad, describeMachine, packageVersions } from "../probe/machine.ts";
import { needsRate, withRate } from "./calibration.ts";
import { sharedCores } from "../probe/siblings.ts";
import type { RunPlan } from "./options.ts";
import type { ServerEntry } from "../servers/types.ts";
import { type PlannedTrial, RATE } from "./plan.ts";
import type { Pulse } from "./pulse.ts";
import { startServer } from "./server_process.ts";
import { runTrial } from "./trial.ts";
import { VERSION } from "./version.ts";

/**
 * What happens in a run. It is planned first, and once more when the arrival rates that depend on the servers are
 * known.
 */
export type RunEvent =
  | { readonly kind: "planned"; readonly result: Result }
  | { readonly kind: "trial started"; readonly trial: PlannedTrial }
  | { readonly kind: "trial ended"; readonly trial: Trial }
  | { readonly kind: "ended"; readonly result: Result };

/**
 * Runs a plan.
 *
 * @param signal stops the run: the running trial is given up, and the last event holds what had finished
 * @param pulse told of the pulse of the running trial, at most five times a second; without it nothing is sampled
 */
export async function* run(
  plan: RunPlan,
  signal: AbortSignal,
  pulse?: (pulse: Pulse) => void,
): AsyncGenerator<RunEvent, Result> {
  const { settings, contenders, reference } = plan;
  const used = clients.filter(({ id }) => contenders.some(({ client }) => client === id));
  const trials: Trial[] = [];
  let begun: Result = {
    schemaVersion: SCHEMA_VERSION,
    wsmark: VERSION,
    state: "running",
    startedAt: new Date().toISOString(),
    planned: plan.trials.length,
    settings,
    machine: [...describeMachine(), ...packages()],
    servers: await Promise.all(contenders.map(({ server }) => introduce(server))),
    ...(reference && { reference: await introduce(reference.server) }),
    ...(plan.leftOut.length > 0 && { leftOut: plan.leftOut }),
    ...(plan.study && { study: plan.study }),
    clients: await Promise.all(used.map(async ({ id, title, load }) => {
      const { library, notes } = await load();
      return { id, title, library, ...(notes && { notes }) };
    })),
    scenarios: plan.scenarios.map(({ scenario: { id, title, question, metrics }, cases }) => ({
      id,
      title,
      question,
      cases,
      metrics: metrics.map(({ value: _, ...definition }) => definition),
    })),
    trials,
    warnings: [],
  };
  yield { kind: "planned", result: begun };

  for (const one of plan.trials) {
    if (signal.aborted) break;
    const planned = { ...one, case: withRate(one.case, one.scenario.id, trials) };
    if (planned.case !== one.case && begun.scenarios.some(hasLoad)) {
      begun = { ...begun, scenarios: begun.scenarios.map((chosen) => withRates(chosen, trials)) };
      yield { kind: "planned", result: begun };
    }
    yield { kind: "trial started", trial: planned };
    let trial: Trial;
    try {
      trial = await runTrial(planned, { ...settings, pulse }, signal);
    } catch (error) {
      if (signal.aborted) break;
      throw error;
    }
    trial = withCeiling(trial, trials);
    trials.push(trial);
    yield { kind: "trial ended", trial };
  }

  const done: Result = {
    ...begun,
    state: trials.length < plan.trials.length ? "interrupted" : "finished",
    endedAt: new Date().toISOString(),
    machine: [...begun.machine, ...describeLoad("at the end")],
  };
  const result = { ...done, warnings: warningsOfRun(done, coresShared(settings)) };
  yield { kind: "ended", result };
  return result;
}

function coresShared({ pinning }: Settings): number[][] {
  return "absent" in pinning ? [] : sharedCores(pinning.server, pinning.generator);
}

function hasLoad({ cases }: ScenarioDescription): boolean {
  return cases.some(needsRate);
}

function withRates(scenario: ScenarioDescription, trials: readonly Trial[]): ScenarioDescription {
  return { ...scenario, cases: scenario.cases.map((one) => withRate(one, scenario.id, trials)) };
}

/**
 * Adds a warning to a trial whose rate is near the most that the same client drove in the same case. A trial that
 * shows this ceiling is meant to saturate the client: that is no warning.
 */
export function withCeiling(trial: Trial, earlier: readonly Trial[]): Trial {
  if (trial.state === "failed") return trial;
  if (trial.round === 0) {
    return {
      ...trial,
      warnings: trial.warnings.filter(({ kind }) => kind !== "generator saturated"),
    };
  }
  const ceiling = earlier.find((one) =>
    one.round === 0 && one.client === trial.client && one.scenario === trial.scenario &&
    one.case === trial.case
  );
  if (ceiling?.state !== "completed") return trial;
  const [rate, most] = [trial.metrics[RATE], ceiling.metrics[RATE]];
  if (!isMeasured(rate) || !isMeasured(most) || rate <= CEILING_SHARE * most) return trial;
  const warning: Warning = { kind: "near the ceiling", share: rate / most };
  return { ...trial, warnings: [...trial.warnings, warning] };
}

/** What a server may take to start for the first time, when its packages may have to be fetched, in milliseconds. */
const FIRST_START_MS = 120_000;

/** Starts a server once to learn what it says of itself; whatever it has to fetch is then there for the trials. */
async function introduce(server: ServerEntry): Promise<ServerDescription> {
  const { id, title, protocol } = server;
  try {
    const running = await startServer(server, { patienceMs: FIRST_START_MS });
    await running.stop();
    const { runtime, library, notes } = running.ready;
    return {
      ...{ id, title, protocol },
      ...(runtime !== undefined && { runtime }),
      ...(library !== undefined && { library }),
      ...(notes && { notes }),
    };
  } catch {
    // Its trials will fail, each with the reason.
    return { id, title, protocol };
  }
}

/** Versions of the packages, which deno.lock has where the project was cloned. */
function packages(): Fact[] {
  try {
    return packageVersions(
      JSON.parse(Deno.readTextFileSync(new URL("../deno.lock", import.meta.url))),
    );
  } catch {
    return [{ group: "Packages", name: "Versions", value: { absent: "deno.lock cannot be read" } }];
  }
}
