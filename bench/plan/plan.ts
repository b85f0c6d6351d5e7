/** The plan of a run: which trials, in which order. */

import { closedLoopsOf } from "../run/calibration.ts";
import { obstacleTo } from "./obstacles.ts";
import { seededRandom, shuffled } from "../../measure/record/random.ts";
import type { ChosenScenario, Contender, PlannedTrial } from "./plan_types.ts";

/** Id of the metric that a ceiling limits. */
export const RATE = "rate";

/** The most generators that may share a trial: each has its own seed. */
export const MOST_GENERATORS = 64;

/** How the trials of a round can follow one another. */
export const ORDERS = [{ id: "blocks" }, { id: "shuffled" }] as const;

/** How often the reference server runs each case, but not more often than the others: its figure is the median. */
const CEILINGS = 3;

/**
 * Plans the trials. A round is one pass over all cases of all servers, in its own order, so that a drift of the machine
 * hits all servers alike. In blocks the servers of a case run back to back, so that they share its state as well.
 *
 * Before the rounds come the trials that find the arrival rates of cases which are given as a load: each server in a
 * closed loop.
 *
 * @param reference shows the ceiling of the generator: before the rounds it runs each case whose rate is not decided by
 * a schedule as often as there are rounds, three times at most; once if the rounds are shuffled, as in older versions
 */
export function planTrials(
  { contenders, reference, scenarios, rounds, seed, order = "blocks" }: {
    contenders: readonly Contender[];
    reference?: Contender | undefined;
    scenarios: readonly ChosenScenario[];
    rounds: number;
    seed: number;
    order?: typeof ORDERS[number]["id"];
  },
): PlannedTrial[] {
  const random = seededRandom(seed);
  const pass = contenders.flatMap((contender) => casesOf(contender, scenarios));
  const once = reference === undefined ? [] : casesOf(reference, scenarios).filter(hasRate);
  const times = order === "blocks" ? Math.min(CEILINGS, rounds) : 1;
  const ceilings = Array.from({ length: times }, () => once).flat();
  const blocks = [
    ...Map.groupBy(pass, ({ case: one, scenario }) => `${scenario.id} ${one.id}`).values(),
  ];
  const orderOf = (): readonly Work[] =>
    order === "shuffled"
      ? shuffled(pass, random)
      : shuffled(blocks, random).flatMap((block) => shuffled(block, random));
  const calibrations = contenders.flatMap((contender) =>
    scenarios.flatMap((chosen) => possible(contender, chosen, closedLoopsOf(chosen.cases)))
  );
  const inRounds = Array.from(
    { length: rounds },
    (_, round) => orderOf().map((one) => ({ ...one, round: round + 1 })),
  );
  const before = [...ceilings, ...calibrations].map((one) => ({ ...one, round: 0 }));
  return [...before, ...inRounds.flat()]
    .map((one, index) => ({ ...one, trial: index + 1, seed: seed + one.round * MOST_GENERATORS }));
}

type Work = Omit<PlannedTrial, "trial" | "round" | "seed">;

function casesOf(contender: Contender, scenarios: readonly ChosenScenario[]): Work[] {
  return scenarios.flatMap((chosen) => possible(contender, chosen, chosen.cases));
}

/** The cases that a contender can run. */
function possible(
  contender: Contender,
  chosen: ChosenScenario,
  cases: ChosenScenario["cases"],
): Work[] {
  return cases.filter(({ parameters }) => obstacleTo(contender, chosen, parameters) === undefined)
    .map((one) => ({ ...contender, scenario: chosen.scenario, case: one }));
}

function hasRate({ scenario, case: { parameters } }: Work): boolean {
  return scenario.metrics.some(({ id }) => id === RATE) && parameters.rate === undefined &&
    parameters.load === undefined;
}
