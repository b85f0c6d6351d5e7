/** Conditions that end a run early, such as `latency.p99 > 1s`. */

import type { ScenarioDescription, Trial } from "../../measure/model/result.ts";
import type { Assertion } from "./assertion.ts";
import { inWords, keeps } from "./check.ts";
import { meets } from "./subject.ts";

/**
 * Why a trial ends the run, in one line; undefined if it does not. A trial that failed, and one before the first round,
 * end nothing.
 *
 * @param conditions in the form of assertions; the first that is met decides
 */
export function abortReason(
  conditions: readonly Assertion[],
  trial: Trial,
  scenarios: readonly ScenarioDescription[],
): string | undefined {
  if (trial.round === 0 || trial.state === "failed") return undefined;
  const scenario = scenarios.find(({ id }) => id === trial.scenario);
  const one = scenario?.cases.find(({ id }) => id === trial.case);
  const condition = conditions.find((condition) =>
    condition.scenario === trial.scenario && (condition.server ?? trial.server) === trial.server &&
    one !== undefined && meets(one.parameters, condition.where) &&
    keeps(condition, trial.metrics[condition.metric.id])
  );
  if (condition === undefined) return undefined;
  const where = [trial.server, one!.title].filter((part) => part !== "").join(", ");
  return `${condition.text}: ${where}: ${
    inWords(trial.metrics[condition.metric.id] as number, condition)
  }`;
}
