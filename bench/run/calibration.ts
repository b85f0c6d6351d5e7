/**
 * Arrival rates that are given as a load: found from what the slowest server answers in a closed loop, so that every
 * server can hold them, and the same for all.
 */

import type { ScenarioDescription, Trial } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { describeCase, type ScenarioCase } from "../../scenarios/cases.ts";
import { smallest } from "../../measure/statistics/statistics.ts";

/** Significant digits of a rate: a measured figure that is noisy deserves no more, and is easier to type again. */
const DIGITS = 2;

/** Whether the arrival rate of a case has yet to be found. */
export function needsRate({ parameters: { load, rate } }: ScenarioCase): boolean {
  return load !== undefined && rate === undefined;
}

/** The closed loop that finds the rate of a case which is given as a load; undefined for other cases. */
function closedLoopOf(one: ScenarioCase): ScenarioCase | undefined {
  const { load: _, arrivals: __, ...rest } = one.parameters;
  return needsRate(one) ? describeCase({ ...rest, inFlight: 1 }) : undefined;
}

/** The closed loops that find the rates of these cases, each once. */
export function closedLoopsOf(cases: readonly ScenarioCase[]): ScenarioCase[] {
  const all = cases.map(closedLoopOf);
  return [...new Map(all.filter((one) => one !== undefined).map((one) => [one.id, one])).values()];
}

/** A case with the arrival rate for its load, if it has one and the trials so far give the rate; else as it is. */
export function withRate(
  one: ScenarioCase,
  scenario: string,
  trials: readonly Trial[],
): ScenarioCase {
  const { parameters } = one;
  const closed = closedLoopOf(one);
  if (closed === undefined) return one;
  const rates = trials.flatMap((trial) =>
    trial.round === 0 && trial.state === "completed" && trial.scenario === scenario &&
      trial.case === closed.id && trial.counts.replies > 0
      ? [trial.counts.replies / trial.phases.windowMs * 1000]
      : []
  );
  if (rates.length === 0) return one;
  const rate = smallest(rates) * parameters.load! / 100;
  return describeCase({ ...parameters, rate: Math.max(1, Number(rate.toPrecision(DIGITS))) });
}

/** A case with the rate that was found before for its load, by which trials have run already; others as they are. */
export function withKnownRate(
  one: ScenarioCase,
  known: ScenarioDescription | undefined,
): ScenarioCase {
  if (!needsRate(one)) return one;
  const rate = known?.cases.map(({ parameters: { rate, ...rest } }) =>
    describeCase(rest as CaseParameters).id === one.id ? rate : undefined
  ).find((found) => found !== undefined);
  return rate === undefined ? one : describeCase({ ...one.parameters, rate });
}
