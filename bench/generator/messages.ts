/** What the runner and a generator say to each other, one JSON line each. */

import type {
  Absent,
  Capacity,
  CompletedTrial,
  Curve,
  Figure,
  Settings,
  Sharing,
} from "../../measure/model/result.ts";
import type { Observed, WindowLength } from "../../measure/warnings/detect_trial.ts";
import type { CountedAccount, HistogramName } from "../../measure/record/accounts/mod.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { ProcessSample } from "../machine/usage/process.ts";
import type { Share } from "../../scenarios/traffic/timing/schedule.ts";
import type { RestartSignal } from "../../scenarios/traffic/types.ts";
import type { Scenario } from "../../scenarios/types.ts";
import type { ConnectOptions } from "../../clients/types.ts";
import type { DriveOptions, DriveOutcome, Moment } from "./drive.ts";
import type { Part } from "./exchange/options.ts";
import type { StreamOptions } from "./exchange/pushes.ts";
import type { TcpTotals } from "./tcp_totals.ts";
import type { Engine } from "./wire/exchange.ts";

export interface GeneratorTask extends Pick<Settings, "samples" | "warmupMs" | "durationMs"> {
  readonly url: string;
  /** The address that its host stands for, if that has been found already. */
  readonly address?: string;
  /** How connections are opened, in addition to the URL. */
  readonly connect?: ConnectOptions;
  /** Which of the generators of the trial it is for; the only one when left out. */
  readonly part?: Part;
  /** What the server does with a message there. */
  readonly behaviour: Scenario["behaviour"];
  /** What is known of its streams; only where it sends by itself. */
  readonly streams?: StreamOptions;
  /** Process of the server, or null if it is not on this machine. */
  readonly serverPid: number | null;
  readonly protocol: string;
  /** What carries the bytes of the wire client. */
  readonly engine: Engine;
  /** Local addresses that connections come from in turn; empty if the system chooses. */
  readonly sources: readonly string[];
  readonly scenario: string;
  readonly parameters: CaseParameters;
  /** The CPUs that server and generators run on; empty for all. */
  readonly cpus: readonly number[];
  /** Determines what is random in the traffic of all generators. */
  readonly seed: number;
  /** Which of the arrivals are its own. */
  readonly share: Share;
  /** How long the slices of the timeline are, in milliseconds; what the case has when left out. */
  readonly sliceMs?: number;
  /** Whether it sends its pulse while the traffic runs. */
  readonly hasPulse: boolean;
  /** Whether it says when the window starts and ends: somebody watches the server meanwhile. */
  readonly isWatched?: true;
}

/** One of the two ends of the window. */
export type WindowMoment = Extract<Moment, "window starts" | "window ends">;

export type ProcessSamples = { readonly [moment in Moment]: ProcessSample };

export interface GeneratorConnected {
  readonly state: "connected";
}

/** What the clock of a generator shows: that of `clockMs()`, in its process. */
export interface GeneratorClock {
  readonly state: "clock";
  readonly atMs: number;
}

/** The last replies are there: what follows, until the report, is not measured. */
export interface GeneratorDrained {
  readonly state: "drained";
}

/** The window starts or ends now. */
export interface GeneratorMoment {
  readonly state: "moment";
  readonly moment: WindowMoment;
}

/** So many messages were sent to members of groups that other generators have, too: no more will be. */
export interface GeneratorSaid {
  readonly state: "said";
  readonly messages: number;
}

/** The server is to be stopped with a signal and started again. */
export interface GeneratorRestart {
  readonly state: "restart";
  readonly signal: RestartSignal;
}

/** What the traffic of one trial measured, as plain data: as in the trial, except for the form of histograms. */
export interface TrafficReport extends
  Pick<
    CompletedTrial,
    "counts" | "integrity" | "connections" | "samples" | "timeline" | CountedAccount
  > {
  /** How long each phase took that the generator sees. */
  readonly phases: DriveOutcome["phases"];
  /** How long the window was to be, and was. */
  readonly window: WindowLength;
  /** Those that recorded something: durations by size, as pairs of nanoseconds and count. */
  readonly histograms: {
    readonly [name in HistogramName]?: readonly (readonly [ns: number, count: number])[];
  };
  /** What the kernel counted of its connections; left out if the task did not ask for it. */
  readonly tcp?: TcpTotals | Absent;
}

export type Carry = (
  task: GeneratorTask,
  options: Required<Pick<DriveOptions, "at" | "connected">> & Pick<DriveOptions, "heard">,
) => Promise<TrafficReport>;

export interface GeneratorReport extends TrafficReport {
  readonly state: "completed";
  /** When its traffic started, by its clock. */
  readonly startedAtMs: number;
  /** What a search found; absent if there was none. */
  readonly capacity?: Capacity;
  /** What the windows of many arrival rates showed; absent if there were none. */
  readonly curve?: Curve;
  /** How several generators shared the trial; absent if there was one, on this machine. */
  readonly sharing?: Sharing;
  /** Samples of the server, or null if it is not on this machine. */
  readonly server: ProcessSamples | null;
  readonly generator: ProcessSamples;
  /** Share of the CPUs' time in the window that the hypervisor took. */
  readonly stolen: Figure;
  /** What CPU quotas took from the server and from the generator in the window; null if they took nothing. */
  readonly throttled: Observed["throttled"];
  /** Samples of the other generators of the trial. */
  readonly others: readonly ProcessSamples[];
}

/** Why a generator could not do its task. */
export interface GeneratorFailure {
  readonly state: "failed";
  /** What happened, in one line. */
  readonly reason: string;
}
