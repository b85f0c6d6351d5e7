/** Where the time of a run went. */

import type { Absent, CompletedTrial, Result } from "../../measure/model/result.ts";

/** The length of a run and of its parts, which follow one another, in milliseconds. Reports come after it. */
export interface RunTime {
  readonly totalMs: number;
  /** Before the first trial: servers and clients describe themselves. */
  readonly describingMs: number;
  /** Whatever of its trials is not below: server and generator start, connections close, processes end. */
  readonly processesMs: number;
  readonly connectMs: number;
  readonly warmupMs: number;
  readonly windowMs: number;
  readonly drainMs: number;
}

/** The phases of a trial that no other trial overlaps. */
const APART = ["connectMs", "warmupMs", "windowMs", "drainMs"] as const;

/**
 * Sums up the phases of all trials. A search counts with its last window only, and a failed trial not at all: the rest
 * of their time is with the processes.
 */
export function runTime(
  { startedAt, endedAt, resumed = [], trials }: Pick<
    Result,
    "startedAt" | "endedAt" | "resumed" | "trials"
  >,
): RunTime | Absent {
  if (endedAt === undefined) return { absent: "the run had not ended" };
  if (resumed.length > 0) return { absent: "the run was interrupted and went on later" };
  const totalMs = Date.parse(endedAt) - Date.parse(startedAt);
  const starts = trials.map((trial) => Date.parse(trial.startedAt));
  const firstMs = starts.reduce((a, b) => Math.min(a, b), Date.parse(endedAt));
  const describingMs = firstMs - Date.parse(startedAt);
  const completed = trials.filter((trial): trial is CompletedTrial => trial.state === "completed");
  const [connectMs, warmupMs, windowMs, drainMs] = APART.map((phase) =>
    completed.reduce((sum, { phases }) => sum + phases[phase], 0)
  ) as [number, number, number, number];
  const processesMs = totalMs - describingMs - connectMs - warmupMs - windowMs - drainMs;
  // A clock that is set while a run goes on makes nonsense of the sum.
  if (totalMs <= 0 || describingMs < 0 || processesMs < 0) {
    return { absent: "its times do not fit together, as if the clock had been set" };
  }
  return { totalMs, describingMs, processesMs, connectMs, warmupMs, windowMs, drainMs };
}
