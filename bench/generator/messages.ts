/**
 * What the runner and a generator say to each other, one JSON line each.
 *
 * @module
 */

import type {
  ArrivalCounts,
  BulkCounts,
  Capacity,
  CaseParameters,
  ConnectionSpread,
  Figure,
  HistogramName,
  IntegrityCounts,
  PingCounts,
  Samples as Latencies,
  TimelineSlice,
  WindowCounts,
} from "../../measure/model/result.ts";
import type { ProcessSample } from "../machine/process.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { DriveOutcome, Moment } from "./drive.ts";
import type { Engine } from "./wire/exchange.ts";

/** What a generator is to do. */
export interface GeneratorTask {
  /** Where the connections go. */
  readonly url: string;
  /** What the server does with a message there. */
  readonly behaviour: Scenario["behaviour"];
  /** Process of the server, or null where it is not on this machine. */
  readonly serverPid: number | null;
  /** Id of the protocol that the server speaks. */
  readonly protocol: string;
  /** What carries the bytes of the wire client. */
  readonly engine: Engine;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Parameters of the case. */
  readonly parameters: CaseParameters;
  /** The CPUs that server and generators run on; empty for all. */
  readonly cpus: readonly number[];
  /** Determines what is random in its traffic. */
  readonly seed: number;
  /** Of how many single messages the latencies are kept. */
  readonly samples: number;
  /** Length of the warm-up in milliseconds. */
  readonly warmupMs: number;
  /** Length of the window in milliseconds. */
  readonly durationMs: number;
  /** Whether it tells of its pulse while the traffic runs. */
  readonly hasPulse: boolean;
}

/** Samples of a process at the moments of a trial. */
export type Samples = { readonly [moment in Moment]: ProcessSample };

/** The connections of a generator are open. */
export interface GeneratorConnected {
  /** Tells it from a report and a failure. */
  readonly state: "connected";
}

/** A window of a search is over, and the next one begins. */
export interface GeneratorProbed {
  /** Tells it from a report and a failure. */
  readonly state: "probed";
}

/** What came of the traffic of one trial, as plain data. */
export interface TrafficReport {
  /** How long each phase took that the generator sees. */
  readonly phases: DriveOutcome["phases"];
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
  readonly latencies: Latencies | null;
  /** The window in slices of 100 ms. */
  readonly timeline: readonly TimelineSlice[];
}

/** What a generator measured. */
export interface GeneratorReport extends TrafficReport {
  /** Tells a report from a failure. */
  readonly state: "completed";
  /** What a search found; null where there was none. */
  readonly capacity: Capacity | null;
  /** Samples of the server, or null where it is not on this machine. */
  readonly server: Samples | null;
  /** Samples of the generator itself. */
  readonly generator: Samples;
  /** Share of the CPUs' time in the window that the hypervisor took. */
  readonly stolen: Figure;
  /** Samples of the other generators of the trial. */
  readonly others: readonly Samples[];
}

/** Why a generator could not do its task. */
export interface GeneratorFailure {
  /** Tells a failure from a report. */
  readonly state: "failed";
  /** What happened, in one line. */
  readonly reason: string;
}
