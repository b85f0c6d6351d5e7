/** Runs a plan and reports what happens as events. */

import {
  type CompletedTrial,
  type Explanation,
  type Fact,
  isMeasured,
  type Result,
  type ScenarioDescription,
  SCHEMA_VERSION,
  type Settings,
  type Trial,
} from "../../measure/model/result.ts";
import { RULES } from "../../measure/judge/judge.ts";
import { precisionOf } from "../../measure/judge/verdicts.ts";
import { median } from "../../measure/statistics/statistics.ts";
import { warningsOfRun } from "../../measure/warnings/detect_run.ts";
import { CEILING_SHARE, type Warning } from "../../measure/warnings/warnings.ts";
import type { Fleet } from "../agents/fleet.ts";
import { describeLoad, describeMachine } from "../machine/machine.ts";
import { packageVersions } from "../machine/packages.ts";
import type { Explained } from "../explain/explain.ts";
import { needsRate } from "./calibration.ts";
import { stayedAway } from "../contact/away.ts";
import { certificateFor } from "../process/tls/certificate.ts";
import { describeAll, describeUnstarted } from "./descriptions.ts";
import { sourceFacts } from "../machine/source.ts";
import { verifiedFact } from "../machine/verified.ts";
import { sharedCores } from "../machine/siblings.ts";
import { explainingTrials, explains } from "../plan/explaining.ts";
import type { RunPlan } from "../plan/options.ts";
import { RATE } from "../plan/plan.ts";
import type { PlannedTrial } from "../plan/plan_types.ts";
import type { Pulse } from "../generator/pulse.ts";
import { differencesOf, type Earlier, ratedCase, withHigherLoad } from "./resume.ts";
import { chooseGenerators, withGenerators } from "./generators.ts";
import { latest } from "../folder/trial_lines.ts";
import { startProcesses, type TrialProcesses } from "./processes.ts";
import { runTrial } from "./trial.ts";
import { UsageError } from "../usage.ts";
import { VERSION } from "../version.ts";

/**
 * What happens in a run. It is planned first, once more when the servers have described themselves, and again when the
 * arrival rates that depend on them are known. If a server that wsmark does not start, or an agent, stays away after a
 * failed trial, the run ends before its time.
 */
export type RunEvent =
  | { readonly kind: "planned"; readonly result: Result }
  | {
    readonly kind: "generators chosen";
    readonly generators: number;
    readonly reason: string;
  }
  | { readonly kind: "trial started"; readonly trial: PlannedTrial }
  | { readonly kind: "trial ended"; readonly trial: Trial }
  | {
    readonly kind: "server away";
    readonly server: string;
    readonly reason: string;
    readonly forMs: number;
  }
  | { readonly kind: "agent away"; readonly reason: string; readonly forMs: number }
  | {
    readonly kind: "explaining";
    readonly trial: PlannedTrial;
    /** Which it is of those that are to be explained, from 1. */
    readonly number: number;
    /** How many these are. */
    readonly of: number;
  }
  | {
    readonly kind: "explained";
    readonly explained: Explained;
    /** Name for the file of its profile. */
    readonly file: string;
    /** What is known so far, without the trials that have just been measured. */
    readonly result: Result;
  }
  | { readonly kind: "ended"; readonly result: Result };

export interface RunControl {
  /** Ends the run after the trial that runs; a reason that is a text is told in its warning. */
  readonly finish?: AbortSignal;
  readonly earlier?: Earlier;
  /** The agents that make the load; this machine makes it when left out. */
  readonly fleet?: Fleet | undefined;
  /** Gets the pulse of the running trial, at most five times a second; without it nothing is sampled. */
  readonly pulse?: (pulse: Pulse) => void;
}

/**
 * Runs a plan, or what is missing of it.
 *
 * @param signal stops the run: the running trial is given up, and the last event holds what had finished
 */
export async function* run(
  asked: RunPlan,
  signal: AbortSignal,
  { finish, earlier, pulse, fleet }: RunControl = {},
): AsyncGenerator<RunEvent, Result> {
  let plan = asKnown(asked, earlier?.result);
  let { settings } = plan;
  if (settings.agents !== undefined && fleet === undefined) {
    throw new UsageError(
      "A run by agents needs them taken: plan it with the agents that takeAgents() gives, and call its run()",
    );
  }
  const host = fleet?.host;
  const certificate = host?.certificate ?? await certificateFor(plan);
  const before = earlier?.result;
  const known = before?.scenarios ?? [];
  let trials: readonly Trial[] = earlier?.trials ?? [];
  const again = earlier?.again ?? new Set();
  const there = new Set(trials.map(({ trial }) => trial)).difference(again);
  let due = plan.trials.filter(({ trial }) => !there.has(trial));
  const isComplete = due.length === 0 && before !== undefined;
  let begun: Result = { ...begin(plan, before, fleet), trials };
  // A run that is killed now can be read already.
  if (before === undefined) yield { kind: "planned", result: begun };
  if (isComplete) begun = { ...before, state: "running", trials };
  else if (!isStopped()) {
    begun = { ...begun, ...await describeAll(plan, certificate, signal, host?.start) };
    if (before !== undefined && trials.length > 0) begun = resumed(begun, before, again.size);
  } else if (before !== undefined) begun = { ...before, state: "running", trials };
  if (!isComplete && plan.findsGenerators && settings.generatorChoice === undefined) {
    const more = { ...settings, certificate };
    const found = await chooseGenerators(plan, more, isStopped, signal);
    if (found !== undefined) {
      plan = found.plan;
      ({ settings } = plan);
      due = plan.trials.filter(({ trial }) => !there.has(trial));
      const { reference } = begun;
      begun = {
        ...begun,
        settings,
        ...(reference && { reference: { ...reference, ...plan.reference?.server.setUp } }),
      };
      yield { kind: "generators chosen", generators: settings.generators, reason: found.reason };
    }
  }
  if (begun.scenarios.some(hasLoad)) {
    // As long as closed loops are missing, theirs may be the lowest rate.
    const areFound = due.every(({ round }) => round > 0);
    begun = withRates(begun, plan, known, areFound ? trials : []);
  }
  yield { kind: "planned", result: begun };

  function isStopped(): boolean {
    return signal.aborted || finish?.aborted === true;
  }

  const stopped = finish === undefined ? signal : AbortSignal.any([signal, finish]);
  let isPrecise = false;
  let because: string | undefined;
  let ahead: TrialProcesses | undefined;
  try {
    for (const [index, one] of due.entries()) {
      isPrecise = isPreciseBefore(one.round, { ...begun, trials });
      if (isPrecise || isStopped()) break;
      const planned = { ...one, case: ratedCase(one, known, trials) };
      if (planned.case !== one.case && begun.scenarios.some(hasLoad)) {
        begun = withRates({ ...begun, trials }, plan, known, trials);
        yield { kind: "planned", result: begun };
      }
      yield { kind: "trial started", trial: planned };
      const processes = ahead;
      ahead = undefined;
      const drained = (): void => {
        const next = due[index + 1];
        if (next === undefined || isStopped()) return;
        // Whether there is another round depends on this trial.
        if (next.round > one.round && settings.until !== undefined) return;
        ahead = startProcesses(next, { ...settings, certificate, fleet }, signal);
      };
      const more = { ...settings, certificate, fleet, pulse, drained };
      let trial: Trial;
      try {
        trial = await runTrial(planned, more, signal, processes);
      } catch (error) {
        if (signal.aborted) break;
        throw error;
      }
      trial = withCeiling(trial, trials);
      trials = latest([...trials, trial]);
      yield { kind: "trial ended", trial };
      if (trial.state === "completed") continue;
      const lost = await fleet?.recover(stopped);
      if (lost !== undefined) {
        because = `an agent was away for ${lost.forMs / 1000} s`;
        yield { kind: "agent away", ...lost };
        break;
      }
      const away = await stayedAway(planned.server, stopped);
      if (away === undefined) continue;
      because = `${planned.server.id} was away for ${away.forMs / 1000} s`;
      yield { kind: "server away", server: planned.server.id, ...away };
      break;
    }
  } finally {
    await ahead?.stop();
  }

  const explanations: Explanation[] = [...begun.explanations ?? []];
  const isWhole = because === undefined &&
    (isPrecise || due.every(({ trial }) => trials.some((one) => one.trial === trial)));
  const toExplain = explainingTrials(plan).map((one) => (
    { ...one, case: ratedCase(one, known, trials) }
  ));
  const isMissing = (one: PlannedTrial): boolean =>
    !explanations.some((explanation) => explains(explanation, one));
  if (isWhole && toExplain.some(isMissing)) {
    const { explainTrial } = await import("../explain/explain.ts");
    for (const [index, trial] of toExplain.entries()) {
      if (!isMissing(trial)) continue;
      if (isStopped()) break;
      yield { kind: "explaining", trial, number: index + 1, of: toExplain.length };
      try {
        const more = { ...settings, certificate, fleet, pulse };
        const explained = await explainTrial(trial, more, signal);
        const { explanation, profile } = explained;
        const file = profileFile(index + 1);
        explanations.push(profile === undefined ? explanation : { ...explanation, profile: file });
        begun = { ...begun, explanations: [...explanations] };
        yield { kind: "explained", explained, file, result: begun };
      } catch (error) {
        if (signal.aborted) break;
        throw error;
      }
    }
  }

  if (finish?.aborted && typeof finish.reason === "string") because ??= finish.reason;
  const load = describeLoad("at the end");
  const isLoad = ({ group, name }: Fact): boolean =>
    load.some((fact) => fact.group === group && fact.name === name);
  const done: Result = {
    ...begun,
    trials,
    ...(isPrecise && { planned: trials.length }),
    state: trials.length < plan.trials.length && !isPrecise || toExplain.some(isMissing)
      ? "interrupted"
      : "finished",
    endedAt: new Date().toISOString(),
    machine: [...begun.machine.filter((fact) => !isLoad(fact)), ...load],
  };
  const warnings = warningsOfRun(done, coresShared(settings)).map((one) =>
    one.kind === "run is partial" && because !== undefined ? { ...one, because } : one
  );
  const result = { ...done, warnings };
  yield { kind: "ended", result };
  return result;
}

/** A plan with the number of generators that was found before the run was stopped. */
function asKnown(plan: RunPlan, before: Result | undefined): RunPlan {
  const { generators, generatorChoice } = before?.settings ?? {};
  return plan.findsGenerators && generators !== undefined && generatorChoice !== undefined
    ? withGenerators(plan, generators, generatorChoice)
    : plan;
}

/** Name for the file of a profile. */
function profileFile(number: number): string {
  return `profile-${number}.speedscope.json`;
}

/** Whether all rounds before one are there, and are enough for the precision that was asked for. */
function isPreciseBefore(round: number, result: Result): boolean {
  const { settings: { until }, trials } = result;
  if (until === undefined || trials.some((trial) => trial.round >= round)) return false;
  const precision = precisionOf(result);
  return precision !== undefined && precision <= until;
}

/** What is known of a run before a server has been started. */
function begin(plan: RunPlan, before: Result | undefined, fleet: Fleet | undefined): Result {
  const leftOut = before?.leftOut ?? plan.leftOut;
  const study = before?.study ?? plan.study;
  const machine = [...describeMachine(), ...sourceFacts(), verifiedFact(), ...packages()];
  return {
    schemaVersion: SCHEMA_VERSION,
    wsmark: VERSION,
    judgedBy: RULES,
    state: "running",
    startedAt: before?.startedAt ?? new Date().toISOString(),
    planned: plan.trials.length,
    settings: plan.settings,
    machine: before === undefined ? machine : withHigherLoad(machine, before.machine),
    ...(fleet !== undefined && { agents: fleet.agents }),
    ...(fleet?.host !== undefined && { serverAgent: fleet.host.agent }),
    servers: plan.contenders.map(({ server }) => describeUnstarted(server)),
    ...(plan.reference && { reference: describeUnstarted(plan.reference.server) }),
    ...(leftOut.length > 0 && { leftOut }),
    ...(study && { study }),
    clients: [],
    scenarios: plan.scenarios.map(({ scenario: { id, title, question, metrics }, cases }) => ({
      id,
      title,
      question,
      cases,
      metrics: metrics.map(({ value: _, ...definition }) => definition),
    })),
    trials: [],
    ...(before?.resumed && { resumed: before.resumed }),
    ...(before?.explanations && { explanations: before.explanations }),
    warnings: [],
  };
}

/** A run that goes on, with what is not as it was. */
function resumed(now: Result, before: Result, again: number): Result {
  const one = {
    at: new Date().toISOString(),
    after: now.trials.length - again,
    ...(again > 0 && { again }),
    differs: differencesOf(before, now),
  };
  // A server that could not be started now has described itself before.
  const servers = now.servers.map((server) => {
    const earlier = before.servers.find(({ id }) => id === server.id);
    if (server.runtime === undefined) return earlier ?? server;
    const { conformance } = earlier ?? {};
    // What was found of a server of the user before the run is kept nowhere else.
    return conformance === undefined ? server : { conformance, ...server };
  });
  return { ...now, servers, resumed: [...before.resumed ?? [], one] };
}

function coresShared({ pinning }: Settings): number[][] {
  return "absent" in pinning ? [] : sharedCores(pinning.server, pinning.generator);
}

function hasLoad({ cases }: ScenarioDescription): boolean {
  return cases.some(needsRate);
}

/** A result whose scenarios have the arrival rates that are known, or that these trials found. */
function withRates(
  result: Result,
  plan: RunPlan,
  known: readonly ScenarioDescription[],
  trials: readonly Trial[],
): Result {
  const scenarios = result.scenarios.map((described) => {
    const chosen = plan.scenarios.find(({ scenario }) => scenario.id === described.id);
    const cases = chosen?.cases.map((one) => ratedCase({ ...chosen, case: one }, known, trials));
    return cases === undefined ? described : { ...described, cases };
  });
  return { ...result, scenarios };
}

/**
 * Adds a warning to a trial whose rate is near the most that the same client drove in the same case. A trial that
 * shows this ceiling is meant to saturate the client: that is no warning.
 */
export function withCeiling(trial: Trial, earlier: readonly Trial[]): Trial {
  if (trial.state === "failed") return trial;
  if (trial.round === 0) {
    const warnings = trial.warnings.filter(({ kind }) => kind !== "generator saturated");
    return { ...trial, warnings };
  }
  const alike = earlier.filter((one): one is CompletedTrial =>
    one.round === 0 && one.client === trial.client && one.scenario === trial.scenario &&
    one.case === trial.case && one.state === "completed"
  );
  const ceilings = alike.map(({ metrics }) => metrics[RATE]).filter((rate) => isMeasured(rate));
  const [rate, most] = [trial.metrics[RATE], median(ceilings)];
  const shared = withOwnCeilings(trial, alike);
  if (!isMeasured(rate) || Number.isNaN(most)) return shared;
  // A ceiling without a reply, on a machine that stood still, has no share: JSON has no infinity.
  if (most <= 0 || rate <= CEILING_SHARE * most) return shared;
  const warning: Warning = { kind: "near the ceiling", share: rate / most };
  return { ...shared, warnings: [...shared.warnings, warning] };
}

/** Adds to each agent's share of a trial how near it came to what it drove against its own reference server. */
function withOwnCeilings(trial: CompletedTrial, before: readonly CompletedTrial[]): CompletedTrial {
  const { sharing } = trial;
  if (sharing === undefined) return trial;
  const perSecond = (one: CompletedTrial, agent: string): number[] =>
    one.sharing?.generators.filter((share) => share.agent === agent)
      .map(({ replies }) => replies / one.phases.windowMs * 1000) ?? [];
  const generators = sharing.generators.map((share) => {
    const { agent } = share;
    if (agent === undefined) return share;
    const most = median(before.flatMap((one) => perSecond(one, agent)));
    const [rate] = perSecond(trial, agent) as [number];
    return most > 0 ? { ...share, ceilingShare: rate / most } : share;
  });
  const warnings = generators.flatMap(({ agent, ceilingShare: share }): Warning[] =>
    agent !== undefined && share !== undefined && share > CEILING_SHARE
      ? [{ kind: "agent near its ceiling", agent, share }]
      : []
  );
  return {
    ...trial,
    sharing: { ...sharing, generators },
    warnings: [...trial.warnings, ...warnings],
  };
}

/** Versions of the packages, which deno.lock has if the project was cloned. */
function packages(): Fact[] {
  if (!import.meta.url.startsWith("file:")) {
    const reason = "wsmark runs from the network, where Deno chooses them without deno.lock";
    return [{ group: "Packages", name: "Versions", value: { absent: reason } }];
  }
  try {
    const lock = Deno.readTextFileSync(new URL("../../deno.lock", import.meta.url));
    return packageVersions(JSON.parse(lock));
  } catch {
    return [{ group: "Packages", name: "Versions", value: { absent: "deno.lock cannot be read" } }];
  }
}
