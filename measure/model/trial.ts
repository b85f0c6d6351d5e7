/**
 * What one trial found, as data.
 *
 * @module
 */

import type { AccountCounts, HistogramName } from "../record/accounts.ts";
import type { Figure } from "./figure.ts";
import type { Warning } from "../warnings/warnings.ts";

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

/** How long a window was to be open, how long it was, and what kept it open, in milliseconds. */
export interface WindowLength {
  /** As asked for. */
  readonly askedMs: number;
  /** What it may take longer, as it ends with a batch. */
  readonly allowedMs: number;
  /** As it came out; of several generators from the first one's begin to the last one's end. */
  readonly tookMs: number;
  /** Time in it in which the client did nothing though it was its turn; of the worst one, where there are several. */
  readonly standstillMs: number;
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
  /** Messages sent; one that is sent to many counts for each of them. */
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
export interface CompletedTrial extends TrialIdentity, AccountCounts {
  /** Tells it from a failed one. */
  readonly state: "completed";
  /** How long each phase took. */
  readonly phases: Phases;
  /** Counts inside the window. */
  readonly counts: WindowCounts;
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
