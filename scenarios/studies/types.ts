/**
 * What a study is: a published comparison with the run that repeats it.
 *
 * @module
 */

import type { Study } from "../../measure/model/study.ts";
import type { RunOptions } from "../../bench/plan/options.ts";

/** What a study says of its run; whatever it leaves out comes from the profile. */
export type StudyRun = Pick<
  RunOptions,
  | "servers"
  | "scenarios"
  | "clients"
  | "profile"
  | "rounds"
  | "durationMs"
  | "warmupMs"
  | "overrides"
  | "baseline"
>;

/** A published comparison with the run that repeats it. */
export interface StudyEntry extends Study {
  /** What is run. */
  readonly run: StudyRun;
}
