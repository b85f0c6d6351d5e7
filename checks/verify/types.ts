/** What a check of the instrument is. */

import type { CompletedTrial } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { ServerEntry } from "../../servers/types.ts";

/** One thing that was looked at. */
export interface CheckFinding {
  /** What was measured. */
  readonly what: string;
  /** What must come out, in words. */
  readonly expected: string;
  /** What came out, in words. */
  readonly measured: string;
  /** Whether it did. */
  readonly holds: boolean;
}

/** A trial that a check asks for. */
export interface TrialRequest {
  /** The server. */
  readonly server: ServerEntry;
  /** Messages in a closed loop, or arrivals by a schedule where the parameters have a rate. */
  readonly parameters: CaseParameters;
  /** Length of the window in milliseconds. */
  readonly durationMs: number;
  /** Told of the generator's process id when its traffic starts. */
  readonly started?: (generator: number) => void;
}

/** What a check can use. */
export interface Bench {
  /**
   * Runs one trial, as a run does.
   *
   * @throws {Error} when it fails
   */
  trial(request: TrialRequest): Promise<CompletedTrial>;
  /** Determines what is random in a check. */
  readonly seed: number;
}

/** One check: servers whose truth is known, and what must be found of it. */
export interface Check {
  /** Name in options. */
  readonly id: string;
  /** What it proves, as a sentence. */
  readonly title: string;
  /** Runs it; findings come as they are made. */
  run(bench: Bench): AsyncGenerator<CheckFinding>;
}
