/**
 * From a generator's task to an exchange, and from its outcome to a report: the same in the generator and in the page
 * of a browser, with nothing that only one of them has.
 */

import { countsOf } from "../../measure/record/accounts/mod.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { DriveOutcome } from "./drive.ts";
import type { ExchangeOptions } from "./exchange.ts";
import type { GeneratorTask, TrafficReport } from "./messages.ts";

export function findScenario({ scenario }: GeneratorTask): Scenario {
  return scenarios.find(({ id }) => id === scenario)!;
}

export function exchangeOptions(task: GeneratorTask): ExchangeOptions {
  const scenario = findScenario(task);
  return {
    url: task.url,
    connect: task.connect,
    part: task.part,
    traffic: (load) => scenario.traffic(load, task.parameters, task.seed, task.share),
    payload: scenario.payload(task.parameters, task.behaviour),
    timeline: scenario.timeline,
    samples: task.samples,
    deflate: task.parameters.deflate,
  };
}

export function reportOf(
  { phases, window, recorder, ledger, connections, lasting }: DriveOutcome,
): TrafficReport {
  const spread = recorder.spread(lasting);
  const { samples } = recorder;
  return {
    phases,
    window,
    counts: recorder.counts(connections),
    integrity: ledger.counts(),
    ...countsOf(recorder.accounts),
    histograms: Object.fromEntries(
      Object.entries(recorder.histograms).filter(([, { count }]) => count > 0)
        .map(([name, histogram]) => [name, [...histogram.entries()]]),
    ),
    ...(spread && { connections: spread }),
    ...(samples && { samples }),
    timeline: recorder.timeline,
  };
}
