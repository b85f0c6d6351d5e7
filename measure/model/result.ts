/**
 * The result of a run as data: what `trials.jsonl` and `results.json` hold and what every report is made from.
 *
 * Nothing here computes; `schema.ts` checks a value that was read from a file against these types.
 *
 * @module
 */

import type { Study } from "./study.ts";
import type { Trial } from "./trial.ts";
import type { Warning } from "../warnings/warnings.ts";

export type { BulkCounts, BulkLimit } from "../record/bulk.ts";
export type * from "./study.ts";
export type * from "./trial.ts";

/** Version of the layout of `results.json`; it grows when a reader of the old layout would misread the new one. */
export const SCHEMA_VERSION = 2;

/** Servers of a run at the most: no table and no picture shows more. */
export const MOST_SERVERS = 100;

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
  "firstReceiver",
  "lastReceiver",
  "skew",
  "smallTime",
  "largeTime",
  "pingTime",
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
  /** What the messages are made of. */
  readonly payload?: PayloadKind;
  /** What the connections do, by groups: the name of a mix, or one in its own words. */
  readonly mix?: string;
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
  /** Set where the connections are encrypted. */
  readonly tls?: "on";
  /** Connections beside the others that send as much as the server takes and read the replies as they come. */
  readonly prompt?: number;
  /** Likewise, but they read nothing before the window is over. */
  readonly slow?: number;
  /**
   * How messages are compressed (permessage-deflate, RFC 7692), and whether one may refer to those before it on its
   * connection: better compressed, for more memory; absent where they are not.
   */
  readonly deflate?: "takeover" | "no-takeover";
}

/**
 * What messages are made of: repeated text or bytes, which compress to next to nothing, random bytes, which do not
 * compress, or JSON documents as applications send them.
 */
export type PayloadKind = "text" | "binary" | "random" | "documents";

/** One scenario with one set of parameters, as the result names it. */
export interface CaseDescription {
  /** Unique within its scenario, made of the parameters, as `connections=16,inFlight=16,size=64`. */
  readonly id: string;
  /** The parameters in words, as `16 connections × 16 in flight, 64 B`. */
  readonly title: string;
  /** What a name in the title stands for, in one sentence; absent where there is none. */
  readonly about?: string;
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

/** A server that was chosen but could not be started here, or cases that it cannot run. */
export interface LeftOut {
  /** Name in files and options. */
  readonly id: string;
  /** Name in a heading; of which cases, where it is not all. */
  readonly title: string;
  /** What is missing and the remedy. */
  readonly reason: string;
  /** The cases; absent where it is the server as a whole. */
  readonly cases?: readonly { readonly scenario: string; readonly case: string }[];
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

/** One time that a run went on after it had been stopped. */
export interface Resumption {
  /** When, ISO 8601. */
  readonly at: string;
  /** How many trials it had that did not run again. */
  readonly after: number;
  /** How many trials had failed and were to run again; absent where none was. */
  readonly again?: number;
  /** What was not as before, a phrase each. */
  readonly differs: readonly string[];
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
  /** Servers and cases that were left out; absent where there are none. */
  readonly leftOut?: readonly LeftOut[];
  /** The published comparison that the run repeats; absent where it repeats none. */
  readonly study?: Study;
  /** The clients that were used. */
  readonly clients: readonly ClientDescription[];
  /** The scenarios, in the order of the tables. */
  readonly scenarios: readonly ScenarioDescription[];
  /** The trials that ended, in the order in which they ran. */
  readonly trials: readonly Trial[];
  /** The times that it went on after it had been stopped; absent where it was not. */
  readonly resumed?: readonly Resumption[];
  /** Findings about the run as a whole. */
  readonly warnings: readonly Warning[];
}
