/** What the runner and a generator say to each other, one JSON line each. */

import type { Capacity, CompletedTrial, Figure } from "../../measure/model/result.ts";
import type { Observed, WindowLength } from "../../measure/warnings/detect.ts";
import type { CountedAccount, HistogramName } from "../../measure/record/accounts/mod.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { ProcessSample } from "../machine/usage/process.ts";
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
export type ProcessSamples = { readonly [moment in Moment]: ProcessSample };

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

/** Durations by size, as pairs of nanoseconds and count. */
export type HistogramEntries = readonly (readonly [ns: number, count: number])[];

/** What came of the traffic of one trial, as plain data: what the trial holds of it, but for the form of histograms. */
export interface TrafficReport extends
  Pick<
    CompletedTrial,
    "counts" | "integrity" | "connections" | "samples" | "timeline" | CountedAccount
  > {
  /** How long each phase took that the generator sees. */
  readonly phases: DriveOutcome["phases"];
  /** How long the window was to be, and was. */
  readonly window: WindowLength;
  /** Those that recorded something. */
  readonly histograms: { readonly [name in HistogramName]?: HistogramEntries };
}

/** What a generator measured. */
export interface GeneratorReport extends TrafficReport {
  /** Tells a report from a failure. */
  readonly state: "completed";
  /** What a search found; absent where there was none. */
  readonly capacity?: Capacity;
  /** Samples of the server, or null where it is not on this machine. */
  readonly server: ProcessSamples | null;
  /** Samples of the generator itself. */
  readonly generator: ProcessSamples;
  /** Share of the CPUs' time in the window that the hypervisor took. */
  readonly stolen: Figure;
  /** What CPU quotas took from the server and from the generator in the window; null where they took nothing. */
  readonly throttled: Observed["throttled"];
  /** Samples of the other generators of the trial. */
  readonly others: readonly ProcessSamples[];
}

/** Why a generator could not do its task. */
export interface GeneratorFailure {
  /** Tells a failure from a report. */
  readonly state: "failed";
  /** What happened, in one line. */
  readonly reason: string;
}
