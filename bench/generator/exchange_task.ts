/**
 * From a generator's task to an exchange, and from what came of it to a report: the same in the generator and in the
 * page of a browser, with nothing that only one of them has.
 *
 * @module
 */

import type { BulkCounts } from "../../measure/record/bulk.ts";
import { forEachHistogram } from "../../measure/record/histogram.ts";
import type {
  ArrivalCounts,
  ConnectionSpread,
  HistogramName,
  IntegrityCounts,
  PingCounts,
  Samples,
  TimelineSlice,
  WindowCounts,
  WindowLength,
} from "../../measure/model/result.ts";
import { scenarios } from "../../scenarios/mod.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { DriveOutcome } from "./drive.ts";
import type { ExchangeOptions } from "./exchange.ts";
import type { GeneratorTask } from "./main.ts";

/** What came of the traffic of one trial, as plain data. */
export interface TrafficReport {
  /** How long each phase took that the generator sees. */
  readonly phases: DriveOutcome["phases"];
  /** How long the window was to be, and was. */
  readonly window: WindowLength;
  /** Counts inside the window. */
  readonly counts: WindowCounts;
  /** What became of the scheduled messages; null where there was no schedule. */
  readonly arrivals: ArrivalCounts | null;
  /** What became of the pings; null where none was due. */
  readonly pings: PingCounts | null;
  /** Account of all replies. */
  readonly integrity: IntegrityCounts;
  /** What became of the connections beside the measured ones; null where there were none. */
  readonly bulk: BulkCounts | null;
  /** Histograms as pairs of nanoseconds and count. */
  readonly histograms: { readonly [name in HistogramName]: readonly [ns: number, count: number][] };
  /** Spread over the connections; null where no connection had a reply. */
  readonly connections: ConnectionSpread | null;
  /** Latencies of single messages; null where none were asked for, or none answered. */
  readonly latencies: Samples | null;
  /** The window in slices of 100 ms. */
  readonly timeline: readonly TimelineSlice[];
}

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
  { phases, window, recorder, ledger, pings, bulk, connections, lasting }: DriveOutcome,
): TrafficReport {
  return {
    phases,
    window,
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
