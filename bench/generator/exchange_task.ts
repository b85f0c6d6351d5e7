/**
 * From a generator's task to an exchange, and from what came of it to a report: the same in the generator and in the
 * page of a browser, with nothing that only one of them has.
 *
 * @module
 */

import { forEachHistogram } from "../../measure/record/histogram.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { DriveOutcome } from "./drive.ts";
import type { ExchangeOptions } from "./exchange.ts";
import type { GeneratorTask, TrafficReport } from "./messages.ts";

/** The scenario of a task. */
export function findScenario({ scenario }: GeneratorTask): Scenario {
  return scenarios.find(({ id }) => id === scenario)!;
}

/** What a task asks to exchange. */
export function exchangeOptions(task: GeneratorTask): ExchangeOptions {
  const scenario = findScenario(task);
  return {
    url: task.url,
    traffic: (load) => scenario.traffic(load, task.parameters, task.seed),
    payload: scenario.payload(task.parameters, task.behaviour),
    timeline: scenario.timeline,
    samples: task.samples,
    deflate: task.parameters.deflate,
  };
}

/** Reads a report off what {@linkcode drive} found. */
export function reportOf(
  { phases, recorder, ledger, pings, bulk, connections, lasting }: DriveOutcome,
): TrafficReport {
  return {
    phases,
    counts: recorder.counts(connections),
    arrivals: recorder.arrivals ?? null,
    pings: pings.counts ?? null,
    integrity: ledger.counts(),
    bulk: bulk ?? null,
    histograms: forEachHistogram((name) => [...recorder[name].entries()]),
    connections: recorder.spread(lasting) ?? null,
    latencies: recorder.samples ?? null,
    timeline: recorder.timeline,
  };
}
