/** The trials of `--explain`: which they are, and how long they take. */

import type { Explanation } from "../../measure/model/result.ts";
import { estimateMs, EXPLAINING_MS } from "./estimate.ts";
import type { RunPlan } from "./options.ts";
import type { PlannedTrial } from "./plan_types.ts";

type Plan = Pick<RunPlan, "settings" | "trials">;

/**
 * Once more each case on each server, in the order of the first round; none if the plan does not ask for it. A search has
 * many windows of different loads, of which none tells why: its scenarios are left out.
 */
export function explainingTrials({ settings, trials }: Plan): PlannedTrial[] {
  if (settings.explain === undefined) return [];
  return trials.filter(({ round, scenario }) => round === 1 && scenario.search === undefined);
}

/** Whether an explanation is that of a trial; the case of a trial must have its arrival rate. */
export function explains(
  { server, scenario, case: one }: Pick<Explanation, "server" | "scenario" | "case">,
  trial: Pick<PlannedTrial, "server" | "scenario" | "case">,
): boolean {
  return server === trial.server.id && scenario === trial.scenario.id && one === trial.case.id;
}

/** How long the window of such a trial lasts at least, in milliseconds. */
export function explainingWindowMs({ durationMs }: Pick<Plan["settings"], "durationMs">): number {
  return Math.max(durationMs, EXPLAINING_MS);
}

/** About how long these trials take, in milliseconds. */
export function explainingEstimateMs(plan: Plan): number {
  const { settings } = plan;
  return estimateMs({
    settings: { ...settings, durationMs: explainingWindowMs(settings) },
    trials: explainingTrials(plan),
  });
}
