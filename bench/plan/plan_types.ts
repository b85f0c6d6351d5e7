/** What a plan is made of. */

import type { ScenarioCase } from "../../scenarios/cases.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { ServerEntry } from "../../servers/types.ts";

/** A server with the client that drives it. */
export interface Contender {
  /** The server. */
  readonly server: ServerEntry;
  /** Id of the client. */
  readonly client: string;
}

/** A scenario with the cases that are to be run. */
export interface ChosenScenario {
  /** The scenario. */
  readonly scenario: Scenario;
  /** Its cases. */
  readonly cases: readonly ScenarioCase[];
}

/** One trial to be run. */
export interface PlannedTrial extends Contender {
  /** Place in the order, from 1. */
  readonly trial: number;
  /** Round, from 1; 0 for a trial that shows the ceiling of the generator. */
  readonly round: number;
  /** The scenario. */
  readonly scenario: Scenario;
  /** The case. */
  readonly case: ScenarioCase;
  /** Determines what is random in its traffic: the same for all servers in a round. */
  readonly seed: number;
}
