/**
 * From a generator's task to an exchange, and from its outcome to a report: the same in the generator and in the page
 * of a browser, with nothing that only one of them has.
 */

import { countsOf } from "../../../measure/record/accounts/mod.ts";
import type { CaseParameters } from "../../../scenarios/parameters.ts";
import { scenarios } from "../../../scenarios/mod.ts";
import type { Scenario } from "../../../scenarios/types.ts";
import type { DriveOutcome } from "../drive.ts";
import type { ExchangeOptions } from "./options.ts";
import type { GeneratorTask, TrafficReport } from "../messages.ts";
import { lengthOf, readStages } from "../../../scenarios/traffic/timing/texts.ts";

export function findScenario({ scenario }: GeneratorTask): Scenario {
  return scenarios.find(({ id }) => id === scenario)!;
}

/** From this length on stages are followed second by second, in milliseconds. */
const LONG_MS = 10_000;
const SECOND_MS = 1000;

/** How long the slices of the timeline of a case are, in milliseconds; undefined for the usual ones. */
function sliceMs({ stages }: CaseParameters): number | undefined {
  return stages !== undefined && lengthOf(readStages(stages)) >= LONG_MS ? SECOND_MS : undefined;
}

export function exchangeOptions(task: GeneratorTask): ExchangeOptions {
  const scenario = findScenario(task);
  return {
    url: task.url,
    connect: task.connect,
    part: task.part,
    streams: task.streams,
    traffic: (load) => scenario.traffic(load, task.parameters, task.seed, task.share),
    payload: scenario.payload(task.parameters, task.behaviour),
    timeline: scenario.timeline,
    samples: task.samples,
    sliceMs: task.sliceMs ?? sliceMs(task.parameters),
    deflate: task.parameters.deflate,
    ...(task.parameters.connectRate !== undefined &&
      { opening: { rate: task.parameters.connectRate, share: task.share } }),
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
