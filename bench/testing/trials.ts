/** Asserts of trials that tests run. */

import assert from "node:assert/strict";
import type { CompletedTrial, Trial } from "../../measure/model/result.ts";

/** A trial that has not been completed fails the test, and says why it was not before anything else. */
export function assertCompleted(trial: Trial): asserts trial is CompletedTrial {
  const why = trial.state === "failed" ? trial.reason : "";
  assert.ok(trial.state === "completed", `${trial.state}: ${why}\n${JSON.stringify(trial)}`);
}
