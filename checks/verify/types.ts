/** What a check of `verify` is. */

import type { GeneratorReport } from "../../bench/generator/messages.ts";
import type { CompletedTrial } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { ServerEntry } from "../../servers/types.ts";

export interface CheckFinding {
  readonly what: string;
  /** What must come out, in words. */
  readonly expected: string;
  /** What came out, in words. */
  readonly measured: string;
  readonly holds: boolean;
  /**
   * Set if it does not hold, but other programs that took CPU time can be the reason: what is measured deviates to the
   * side to which they push it. A reply that is counted wrongly, or a time that is too short, is never their fault.
   */
  readonly isExcusable?: boolean;
}

export interface TrialRequest {
  readonly server: ServerEntry;
  /**
   * A closed loop, arrivals on a schedule if the parameters have a rate, streams if they have one of pushing, a load curve
   * if they have a limit.
   */
  readonly parameters: CaseParameters;
  readonly durationMs: number;
  /** Called with the generator's process id when its traffic starts. */
  readonly started?: (generator: number) => void;
  /** Called with what each agent reported. */
  readonly part?: (report: GeneratorReport) => void;
}

export interface Bench {
  /**
   * Runs one trial, as a run does.
   *
   * @throws {Error} when it fails
   */
  trial(request: TrialRequest): Promise<CompletedTrial>;
  /** Seed of what is random in a check. */
  readonly seed: number;
}

/** The names of the checks, in their order. */
export const CHECK_IDS = [
  "delay",
  "stall",
  "replies",
  "push",
  "stopped-client",
  "same",
  "work",
  "overload",
  "sharing",
] as const;

/** One check: servers whose truth is known, and what must be measured of it. */
export interface Check {
  readonly id: typeof CHECK_IDS[number];
  /** What it proves, as a sentence. */
  readonly title: string;
  /** What can make its load: a generator of this machine when left out. */
  readonly by?: "agents" | "either";
  /** Runs it; findings come as they are made. */
  run(bench: Bench): AsyncGenerator<CheckFinding>;
}
