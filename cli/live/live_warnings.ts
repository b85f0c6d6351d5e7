/** What the live view warns of, as it comes. */

import type { Trial } from "../../measure/model/result.ts";
import { describe, type Place, type Warning } from "../../measure/warnings/warnings.ts";
import { oneLine } from "../../report/summary/text.ts";
import type { LiveState } from "./state.ts";

/** A failed trial, or a finding about the measurement. */
export interface LiveWarning {
  /** What was found, in its last words where it was found more than once. */
  readonly finding: string;
  /** Where it was found last: server, scenario and case; empty for the run as a whole. */
  readonly where: string;
  /** Trials that it was found in. */
  readonly times: number;
  /** Whether it is the reason of a failed trial. */
  readonly isFailure: boolean;
}

/** Warnings that are listed. */
const MOST = 40;

/**
 * Warnings of the run as a whole, then of the trials, the newest first. A finding is listed once, with the place where
 * it was found last; a failure once for each server and reason.
 */
export function warningsOf(state: LiveState): { listed: LiveWarning[]; more: number } {
  const found = new Map<string, LiveWarning>();
  for (const trial of state.trials) {
    const where = placeOf(state, trial);
    for (const { key, finding, isFailure } of findingsOf(trial)) {
      const times = (found.get(key)?.times ?? 0) + 1;
      // Found again it is the newest.
      found.delete(key);
      found.set(key, { finding: oneLine(finding), where, times, isFailure });
    }
  }
  const ofRun = state.warnings.map((warning): LiveWarning => ({
    finding: oneLine(describe(warning).finding),
    where: whereOfRun(state, warning),
    times: 1,
    isFailure: false,
  }));
  const all = [...ofRun, ...[...found.values()].reverse()];
  return { listed: all.slice(0, MOST), more: Math.max(0, all.length - MOST) };
}

interface TrialFinding {
  readonly key: string;
  readonly finding: string;
  readonly isFailure: boolean;
}

function findingsOf(trial: Trial): TrialFinding[] {
  if (trial.state === "failed") {
    const finding = `The trial failed: ${trial.reason}`;
    return [{ key: `failed ${trial.server} ${trial.reason}`, finding, isFailure: true }];
  }
  return trial.warnings.map((warning) => ({
    key: warning.kind === "disturbed" ? `${warning.kind} ${warning.who}` : warning.kind,
    finding: describe(warning).finding,
    isFailure: false,
  }));
}

function whereOfRun(state: LiveState, warning: Warning): string {
  return "server" in warning ? placeOf(state, warning) : "";
}

/** Titles for ids; one that is known nowhere stands for itself. */
function placeOf(
  { plan: { contenders, reference, trials }, scenarios }: LiveState,
  { server, scenario, case: id }: Place,
): string {
  const entries = [...contenders, ...(reference === undefined ? [] : [reference])];
  const chosen = scenarios.find((one) => one.scenario.id === scenario);
  return [
    entries.find((one) => one.server.id === server)?.server.title ?? server,
    chosen?.scenario.title ?? scenario,
    // The closed loops before the rounds have cases of their own.
    [...chosen?.cases ?? [], ...trials.map((planned) => planned.case)]
      .find((one) => one.id === id)?.title ?? id,
  ].map(oneLine).join(" · ");
}
