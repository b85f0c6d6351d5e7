/**
 * The plan of a run: which trials, in which order.
 *
 * @module
 */

import { seededRandom, shuffled } from "../measure/random.ts";
import type { CaseDescription } from "../measure/result.ts";
import type { Scenario } from "../scenarios/types.ts";
import type { ServerEntry } from "../servers/types.ts";

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
  readonly cases: readonly CaseDescription[];
}

/** One trial to be run. */
export interface PlannedTrial extends Contender {
  /** Place in the order, from 1. */
  readonly trial: number;
  /** Round, from 1. */
  readonly round: number;
  /** The scenario. */
  readonly scenario: Scenario;
  /** The case. */
  readonly case: CaseDescription;
}

/**
 * Plans the trials. A round is one pass over all cases of all servers, in an order of its own, so that a drift of
 * the machine hits all servers alike.
 *
 * @param seed determines the order
 */
export function planTrials(
  { contenders, scenarios, rounds, seed }: {
    contenders: readonly Contender[];
    scenarios: readonly ChosenScenario[];
    rounds: number;
    seed: number;
  },
): PlannedTrial[] {
  const random = seededRandom(seed);
  const pass = contenders.flatMap((contender) =>
    scenarios.flatMap(({ scenario, cases }) =>
      cases.map((chosen) => ({ ...contender, scenario, case: chosen }))
    )
  );
  return Array.from(
    { length: rounds },
    (_, round) => shuffled(pass, random).map((one) => ({ ...one, round: round + 1 })),
  ).flat()
    .map((one, index) => ({ ...one, trial: index + 1 }));
}
