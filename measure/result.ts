/**
 * The result of a run as data: what `trials.jsonl` and `results.json` hold and what every report is made from.
 *
 * Nothing here computes; `schema.ts` checks a value that was read from a file against these types.
 *
 * @module
 */

import type { Warning } from "./warnings.ts";

/** Version of the layout of `results.json`; it grows when a reader of the old layout would misread the new one. */
export const SCHEMA_VERSION = 2;

/** A figure that could not be had, with the reason that every report shows in its place. */
export interface Absent {
  /** Why there is no figure, as a phrase: "the server is not on this machine". */
  readonly absent: string;
}

/** A measured number, or the reason why there is none. */
export type Figure = number | Absent;

/** Tells a measured number from an absent one. */
export function isMeasured(figure: Figure | undefined): figure is number {
  return typeof figure === "number";
}

/** The histograms that a trial may keep, all in integer nanoseconds. */
export const HISTOGRAMS = [
  "serviceTime",
  "responseTime",
  "pacingError",
  "handshakeTime",
  "batchTime",
] as const;

/** Name of a histogram that a trial may keep. */
export type HistogramName = typeof HISTOGRAMS[number];

/** What is read off a histogram: a moment, or a percentile between 0 and 100. */
export type Statistic = "mean" | "standardDeviation" | "max" | { readonly percentile: number };

/** What a metric is: its name, its unit, which way is better, and how the rounds are put together. */
export interface MetricDefinition {
  /** Name in files and options, as `p99`. */
  readonly id: string;
  /** Name in a table's header, as `Latency p99`. */
  readonly title: string;
  /** Unit in a table's header, as `ms`; empty for a plain count. */
  readonly unit: string;
  /** Which way is better; `none` for a figure that only informs. */
  readonly better: "lower" | "higher" | "none";
  /** Decimals that a report shows; absent: three significant digits. */
  readonly decimals?: number;
  /**
   * Set for a metric that is read off a histogram in milliseconds. The figure for several rounds is then read off the
   * merged histogram, since percentiles of rounds cannot be averaged. Every other metric is the median of its rounds.
   */
  readonly pooled?: { readonly histogram: HistogramName; readonly statistic: Statistic };
}

/** The parameters of a case; a scenario uses those that it has. */
export interface CaseParameters {
  /** Connections that carry messages. */
  readonly connections?: number;
  /** Messages outstanding on each connection. */
  readonly inFlight?: number;
  /** Payload of each message, in bytes. */
  readonly size?: number;
  /** Handshakes under way at once. */
  readonly concurrency?: number;
  /** Messages in one burst. */
  readonly messages?: number;
  /** Arrivals per second on all connections together. */
  readonly rate?: number;
  /** How arrivals follow one another. */
  readonly arrivals?: "constant" | "poisson";
  /** Limit of the 99th percentile of the response time, in milliseconds. */
  readonly sloMs?: number;
  /** Arrival rate that is not known yet, in per cent of what the slowest server answers in a closed loop. */
  readonly load?: number;
}

/** One scenario with one set of parameters, as the result names it. */
export interface CaseDescription {
  /** Unique within its scenario, made of the parameters, as `connections=16,inFlight=16,size=64`. */
  readonly id: string;
  /** The parameters in words, as `16 connections × 16 in flight, 64 B`. */
  readonly title: string;
  /** The parameters themselves. */
  readonly parameters: CaseParameters;
}

/** A scenario as the result names it. */
export interface ScenarioDescription {
  /** Name in files and options. */
  readonly id: string;
  /** Name in a heading. */
  readonly title: string;
  /** The question that the scenario answers. */
  readonly question: string;
  /** The cases that were run. */
  readonly cases: readonly CaseDescription[];
  /** The metrics, the primary one first. */
  readonly metrics: readonly MetricDefinition[];
}

/** A server as the result names it; runtime, library and notes are its own words, read from its ready line. */
export interface ServerDescription {
  /** Name in files and options. */
  readonly id: string;
  /** Name in a heading. */
  readonly title: string;
  /** What it speaks. */
  readonly protocol: string;
  /** Runtime with its version, as `deno 2.9.6`; absent until it has been started once. */
  readonly runtime?: string;
  /** Library with its version, as `ws 8.21.3`. */
  readonly library?: string;
  /** What it was set to beside the defaults, a sentence each. */
  readonly notes?: readonly string[];
}

/** The client that drove a server. */
export interface ClientDescription {
  /** Name in files and options. */
  readonly id: string;
  /** Name in a heading. */
  readonly title: string;
  /** Library with its version. */
  readonly library: string;
  /** What it was set to beside the defaults, and what to know when reading its figures, a sentence each. */
  readonly notes?: readonly string[];
}

/** How long each phase of a trial took, in milliseconds. */
export interface Phases {
  /** From the spawn of the server to its ready line. */
  readonly startMs: number;
  /** Opening the connections that the traffic begins with. */
  readonly connectMs: number;
  /** Traffic before the window. */
  readonly warmupMs: number;
  /** The measured window. */
  readonly windowMs: number;
  /** Waiting for replies to what was sent in the window. */
  readonly drainMs: number;
  /** From the end of the traffic to the end of the server process. */
  readonly stopMs: number;
}

/** What the client counted between the two ends of the window. */
export interface WindowCounts {
  /** Messages sent. */
  readonly sent: number;
  /** Replies read. */
  readonly replies: number;
  /** Payload of the replies read, in bytes. */
  readonly replyBytes: number;
  /** Handshakes finished. */
  readonly handshakes: number;
  /** Connections open when the window ended. */
  readonly connections: number;
}

/** What became of the messages that a schedule meant to be sent in the window: each is sent, dropped or left unsent. */
export interface ArrivalCounts {
  /** Meant to be sent in the window. */
  readonly offered: number;
  /** Sent, be it after the window. */
  readonly sent: number;
  /** Sent more than 1 ms after the intended time. */
  readonly late: number;
  /** Given up at their time, as too many messages were unanswered. */
  readonly dropped: number;
  /** Answered, be it after the window. */
  readonly answered: number;
}

/** One probe of a search for the capacity: an arrival rate that was held for a while. */
export interface Probe {
  /** Arrivals per second. */
  readonly rate: number;
  /** Sent in the window, divided by what was offered in it. */
  readonly sentShare: number;
  /** Median response time in milliseconds; null where nothing was answered. */
  readonly p50Ms: number | null;
  /** 99th percentile of the response time. */
  readonly p99Ms: number | null;
  /** Longest response time. */
  readonly maxMs: number | null;
  /** Messages that were never answered. */
  readonly lost: number;
  /** Whether the rate was reached, the limit kept and nothing lost. */
  readonly passed: boolean;
}

/** Latencies of single messages: every so many of those that were answered in the window, so that they are even in time. */
export interface Samples {
  /** One message of so many was kept. */
  readonly every: number;
  /** When the reply of each came, in milliseconds since the window began, ascending. */
  readonly atMs: readonly number[];
  /** Latency of each in milliseconds, in the same order: response time where there is a schedule, else service time. */
  readonly latencyMs: readonly number[];
}

/** What a search for the capacity found. */
export interface Capacity {
  /** Highest rate that was sustained, in messages per second; 0 where none was. */
  readonly low: number;
  /** Lowest rate above it that was not sustained; null where all that were tried were. */
  readonly high: number | null;
  /** The probes in their order: the latency as a function of the rate. */
  readonly probes: readonly Probe[];
}

/** Whole-trial account of the replies: warm-up, window and drain. */
export interface IntegrityCounts {
  /** Messages sent. */
  readonly sent: number;
  /** Messages answered, each counted once. */
  readonly answered: number;
  /** Messages never answered. */
  readonly lost: number;
  /** Replies to a message that had its reply already. */
  readonly duplicated: number;
  /** Replies that came after the reply to a later message of the same connection. */
  readonly reordered: number;
  /** Replies whose content is not what the message asks for. */
  readonly corrupted: number;
}

/** 100 ms of the window. */
export interface TimelineSlice {
  /** Start, in milliseconds since the window began. */
  readonly atMs: number;
  /** Length in milliseconds: 100, but for the last one, which may be shorter; below 10 it is left out. */
  readonly lengthMs: number;
  /** Replies read (handshakes finished, where the scenario sends no messages). */
  readonly count: number;
  /** Mean latency of those, in milliseconds; null where there were none. */
  readonly meanMs: number | null;
  /** Median. */
  readonly p50Ms: number | null;
  /** 99th percentile. */
  readonly p99Ms: number | null;
  /** Largest. */
  readonly maxMs: number | null;
}

/** Messages per second of each connection, over the window. */
export interface ConnectionSpread {
  /** Slowest connection. */
  readonly min: number;
  /** Mean over the connections. */
  readonly mean: number;
  /** Fastest connection. */
  readonly max: number;
}

/** CPU time that a process tree used inside the window. */
export interface CpuUse {
  /** In nanoseconds. */
  readonly timeNs: Figure;
  /** Divided by the length of the window: 1 is one core all the time. */
  readonly share: Figure;
}

/** Resident memory of the server's process tree, in bytes. */
export interface MemoryUse {
  /** Ready, before the first connection. */
  readonly before: Figure;
  /** When the window began. */
  readonly windowStart: Figure;
  /** When the window ended. */
  readonly windowEnd: Figure;
  /** The most since the process began. */
  readonly peak: Figure;
  /** After the connections were closed. */
  readonly after: Figure;
}

/** What other programs and the hypervisor took from the trial, as shares of the window from 0 to 1. */
export interface Noise {
  /** How long the server's busiest thread waited for a CPU that no other thread of the server had, at the least. */
  readonly serverWait: Figure;
  /** Likewise of the generator; of the worst one, where there are several. */
  readonly generatorWait: Figure;
  /** Time of their CPUs that the hypervisor gave to other machines. */
  readonly stolen: Figure;
}

/** Which trial this is. */
export interface TrialIdentity {
  /** Place in the order of the run, from 1. */
  readonly trial: number;
  /** Round, from 1. */
  readonly round: number;
  /** Id of the server. */
  readonly server: string;
  /** Id of the client. */
  readonly client: string;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Wall-clock time of its start, ISO 8601. */
  readonly startedAt: string;
}

/** A trial that ran to its end. Its replies may still have been wrong: see `integrity`. */
export interface CompletedTrial extends TrialIdentity {
  /** Tells it from a failed one. */
  readonly state: "completed";
  /** How long each phase took. */
  readonly phases: Phases;
  /** Counts inside the window. */
  readonly counts: WindowCounts;
  /** What became of the scheduled messages; absent where there was no schedule. */
  readonly arrivals?: ArrivalCounts;
  /**
   * What a search found; absent where the trial is none. The window, and all that was measured in it, is then that of
   * the last probe that passed at the highest sustained rate; the account of the replies is that of all probes.
   */
  readonly capacity?: Capacity;
  /** Account of all replies. */
  readonly integrity: IntegrityCounts;
  /** Histograms in nanoseconds, HdrHistogram V2 compressed, base64; those that recorded something. */
  readonly histograms: { readonly [name in HistogramName]?: string };
  /** Spread over the connections; absent where no connection carried messages. */
  readonly connections?: ConnectionSpread;
  /** Latencies of single messages; absent where none were asked for, or none answered. */
  readonly samples?: Samples;
  /** The window in slices of 100 ms. */
  readonly timeline: readonly TimelineSlice[];
  /** CPU time of the server's process tree and of the generator. */
  readonly cpu: { readonly server: CpuUse; readonly generator: CpuUse };
  /** Memory of the server's process tree. */
  readonly memory: MemoryUse;
  /** What others took in the window. */
  readonly noise: Noise;
  /** Value of each metric of the scenario, by id. */
  readonly metrics: { readonly [id: string]: Figure };
  /** Findings about this trial's measurement. */
  readonly warnings: readonly Warning[];
}

/** A trial that did not run to its end. */
export interface FailedTrial extends TrialIdentity {
  /** Tells it from a completed one. */
  readonly state: "failed";
  /** What happened, in one line. */
  readonly reason: string;
}

/** One trial. */
export type Trial = CompletedTrial | FailedTrial;

/** A fact about the machine or the software, as one row of the hardware table. */
export interface Fact {
  /** Group, as `Processor`. */
  readonly group: string;
  /** Name, as `Model`. */
  readonly name: string;
  /** Value, or the reason why it could not be read. */
  readonly value: string | Figure;
  /** Unit of a number. */
  readonly unit?: string;
}

/** Names of the facts that findings are made from, whoever finds the facts. */
export const FACTS = {
  cpus: { group: "Processor", name: "Logical CPUs available" },
  load: { group: "Load", name: "1 min at the start" },
  clockStep: { group: "Clock", name: "Smallest step of the program's clock" },
} as const satisfies Record<string, Pick<Fact, "group" | "name">>;

/** What the run was asked to do. */
export interface Settings {
  /** The command line, as typed after the program's name. */
  readonly command: string;
  /** Name of the profile that the defaults came from. */
  readonly profile: string;
  /** Rounds. */
  readonly rounds: number;
  /** Length of the measured window, in milliseconds. */
  readonly durationMs: number;
  /** Length of the warm-up, in milliseconds. */
  readonly warmupMs: number;
  /** Seed of the order of the trials. */
  readonly seed: number;
  /** CPUs that the server and the generator were pinned to, or why they were not. */
  readonly pinning:
    | { readonly server: readonly number[]; readonly generator: readonly number[] }
    | Absent;
  /** What carries the bytes of the wire client, and why it is not epoll where it is not. */
  readonly engine: { readonly id: "epoll" | "tcp"; readonly reason?: string };
  /** Generator processes that share the connections of a trial. */
  readonly generators: number;
  /** Of how many single messages of a trial the latencies were kept at the most. */
  readonly samples: number;
  /** Id of the server that the others are compared with. */
  readonly baseline: string;
}

/** A whole run. */
export interface Result {
  /** See {@linkcode SCHEMA_VERSION}. */
  readonly schemaVersion: number;
  /** Version of wsmark that made it. */
  readonly wsmark: string;
  /** `running` until the last trial is written; `interrupted` when the run was stopped before. */
  readonly state: "running" | "finished" | "interrupted";
  /** Start, ISO 8601. */
  readonly startedAt: string;
  /** End, ISO 8601; absent while it runs. */
  readonly endedAt?: string;
  /** Trials that the plan has. */
  readonly planned: number;
  /** What it was asked to do. */
  readonly settings: Settings;
  /** The machine and the software. */
  readonly machine: readonly Fact[];
  /** The servers, in the order of the tables. */
  readonly servers: readonly ServerDescription[];
  /**
   * The server that shows the ceiling of the generator: the most that it drives on this machine in a case. Its trials
   * are among the others. Absent where it cannot run.
   */
  readonly reference?: ServerDescription;
  /** The clients that were used. */
  readonly clients: readonly ClientDescription[];
  /** The scenarios, in the order of the tables. */
  readonly scenarios: readonly ScenarioDescription[];
  /** The trials that ended, in the order in which they ran. */
  readonly trials: readonly Trial[];
  /** Findings about the run as a whole. */
  readonly warnings: readonly Warning[];
}
