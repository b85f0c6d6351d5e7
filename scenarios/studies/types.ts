/** What a study is: a published comparison with the run that repeats it. */

import type { Study } from "../../measure/model/result.ts";
import type { CaseParameters } from "../parameters.ts";
import type { ScenarioChoice } from "../types.ts";

/** What a study sets for its run; the rest comes from the profile. */
export interface StudyRun {
  /** Ids of servers of the list, or `all`. */
  readonly servers?: readonly string[];
  /** Ids of scenarios, some with other cases. */
  readonly scenarios?: readonly (string | ScenarioChoice)[];
  /** Ids of the clients. */
  readonly clients?: readonly string[];
  /** Id of the profile. */
  readonly profile?: string;
  /** Rounds. */
  readonly rounds?: number;
  /** Length of the measured window in milliseconds. */
  readonly durationMs?: number;
  /** Length of the warm-up in milliseconds. */
  readonly warmupMs?: number;
  /** Parameters of the cases that have them. */
  readonly overrides?: CaseParameters;
  /** Id of the server that the others are compared with. */
  readonly baseline?: string;
}

/** A published comparison with the run that repeats it. */
export interface StudyEntry extends Study {
  /** What is run. */
  readonly run: StudyRun;
}
