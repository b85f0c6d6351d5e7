// deno-fmt-ignore-file
/**
 * The types of a result, made from its schema by `deno task schema`, not by hand.
 *
 * @module
 */

/** A figure that is missing, with the reason that every report shows in its place. */
export interface Absent {
  /** Why there is no figure, as a phrase: "the server is not on this machine". */
  readonly absent: string;
}

/** An agent: a machine that makes load for a run. */
export interface Agent {
  /** Name in options, tables and messages. */
  readonly id: string;
  /** What it was labelled with; absent if nothing. */
  readonly labels?: {
    /** Any other. */
    readonly [name: string]: string;
  };
  /** What tells its machine from others: the same for agents of one machine. */
  readonly host: string;
  /** Whether that is the machine that the run was started on. */
  readonly isHere: boolean;
  /** What its clock showed more than that of the machine that the run was started on, in milliseconds. */
  readonly clockOffsetMs: number;
  /** By how much that may be wrong at most, in milliseconds. */
  readonly clockErrorMs: number;
  /** The shortest round trip of a message to it, in milliseconds. */
  readonly roundTripMs: number;
  /** Its machine and its software. */
  readonly machine: readonly Fact[];
}

/** What a search for the capacity found. */
export interface Capacity {
  /** Highest rate that was sustained, in messages per second; 0 if none was. */
  readonly low: number;
  /** Lowest rate above it that was not sustained; null if every rate that was tried was. */
  readonly high: number | null;
  /** The probes in the order in which they ran: the latency as a function of the rate. */
  readonly probes: readonly Probe[];
}

/** One scenario with one set of parameters, as the result names it. */
export interface CaseDescription {
  /** Unique within its scenario, made of the parameters, as `connections=16,inFlight=16,size=64`. */
  readonly id: string;
  /** The parameters in words, as `16 connections × 16 in flight, 64 B`. */
  readonly title: string;
  /** What a name in the title stands for, in one sentence; absent if there is no such name. */
  readonly about?: string;
  /** The parameters themselves. */
  readonly parameters: RecordedParameters;
}

/** What was claimed: how two servers relate, or that every reply was right. */
export type Claim = RelationClaim | IntactClaim;

/** The client that drove a server. */
export interface ClientDescription {
  /** Name in files and options. */
  readonly id: string;
  /** Name in a heading. */
  readonly title: string;
  /** Library with its version. */
  readonly library: string;
  /** How its settings differ from the defaults, and what to know when reading its figures, a sentence each. */
  readonly notes?: readonly string[];
}

/** A trial that ran to its end. Its replies may still have been wrong: see `integrity`. */
export interface CompletedTrial {
  /** Place in the order of the run, from 1. */
  readonly trial: number;
  /** Round, from 1; 0 for a trial that shows the ceiling of the generator or finds an arrival rate. */
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
  /** What became of it. */
  readonly state: "completed";
  /** How long each phase took. */
  readonly phases: Phases;
  /** Counts inside the window. */
  readonly counts: WindowCounts;
  /** What became of the messages that a schedule meant to be sent in the window: each is sent, dropped or left unsent; absent if there was no schedule. */
  readonly arrivals?: {
    /** Meant to be sent in the window. */
    readonly offered: number;
    /** Sent, even if after the window. */
    readonly sent: number;
    /** Sent more than 1 ms after the intended time. */
    readonly late: number;
    /** Given up at their time, because too many messages were unanswered. */
    readonly dropped: number;
    /** Answered, even if after the window. */
    readonly answered: number;
  };
  /** What became of the pings: warm-up, window and drain; absent if none was due. */
  readonly pings?: {
    /** Meant to be sent. */
    readonly due: number;
    /** Answered by a pong. */
    readonly answered: number;
  };
  /** What became of the connections beside the measured ones, which send as much as the server takes; absent if there were none. */
  readonly bulk?: {
    /** How many connections there are. */
    readonly connections: number;
    /** The most messages that each sends. */
    readonly messages: number;
    /** Payload of each message, in bytes. */
    readonly size: number;
    /** Messages that the server took from all of them, with those in the buffers of the two systems. */
    readonly taken: number;
    /** When it took the last of these, in milliseconds since the window began; null if it took none. */
    readonly takenMs: number | null;
    /** Connections that the server closed. */
    readonly closed: number;
    /** Messages without a reply on these, which are not counted as lost. */
    readonly abandoned: number;
    /** When the last reply came, in milliseconds since the window ended; null if none came after it. */
    readonly lateMs: number | null;
  };
  /** What messages took as compressed, inside the window; absent if nothing is compressed. */
  readonly compression?: {
    /** Payload of the frames sent, as compressed, in bytes. */
    readonly sentBytes: number;
    /** Payload of the frames read, as the server compressed it, in bytes. */
    readonly replyBytes: number;
  };
  /** Messages of the server that answer none of the client's, in the whole trial; absent if there were none. They are in no figure. */
  readonly unasked?: {
    /** Messages of the server that nobody asked for, such as greetings and notifications. */
    readonly messages: number;
  };
  /** What happened to connections that were broken off in the window, until all were back. */
  readonly reconnects?: {
    /** How often all connections were broken off. */
    readonly cuts: number;
    /** Connections that were broken off. */
    readonly lost: number;
    /** Connections that were opened again and answered a message. */
    readonly back: number;
    /** Attempts to open one of them again. */
    readonly attempts: number;
    /** Attempts that failed: refused, or closed before a message was answered. */
    readonly errors: number;
  };
  /** What came in the window on streams of messages that the server sends by itself; absent if there are none. */
  readonly pushes?: {
    /** Connections on which nothing came. */
    readonly silent: number;
    /** Messages without a time of the server. */
    readonly untimed: number;
    /** Messages with a time that is not of this machine's clock: their server is elsewhere, or the time is more than a minute away. */
    readonly foreign: number;
  };
  /** What a search found; absent if the trial is not a search. The window, and all that was measured in it, is then that of the last probe that passed at the highest sustained rate; the account of the replies is that of all probes. */
  readonly capacity?: Capacity;
  /** What a trial of many arrival rates found; absent for others. The window, and all that was measured in it, is then that of the rising rate next to half of the highest throughput; the account of the replies is that of all windows. */
  readonly curve?: Curve;
  /** Account of all replies. */
  readonly integrity: IntegrityCounts;
  /** Histograms in nanoseconds, HdrHistogram V2 compressed, base64; those that recorded something. */
  readonly histograms: { readonly [name in HistogramName]?: string };
  /** Spread over the connections; absent if no connection carried messages. */
  readonly connections?: ConnectionSpread;
  /** Latencies of single messages; absent if none were asked for, or none answered. */
  readonly samples?: LatencySamples;
  /** The window in slices: of 100 ms, or of 1 s where stages take 10 s or longer. */
  readonly timeline: readonly TimelineSlice[];
  /** How its generators shared it; absent if there was one, on the machine that the run was started on. */
  readonly sharing?: Sharing;
  /** CPU time of the server's process tree and of the generator. */
  readonly cpu: {
    readonly server: CpuUse;
    readonly generator: CpuUse;
  };
  /** Memory of the server's process tree. */
  readonly memory: MemoryUse;
  /** What others took in the window. */
  readonly noise: Noise;
  /** Value of each metric of the scenario, by id. */
  readonly metrics: {
    /** Any other. */
    readonly [name: string]: Figure;
  };
  /** Findings about this trial's measurement. */
  readonly warnings: readonly Warning[];
}

/** What the conformance suite found of a server. */
export interface ConformanceSummary {
  /** Twelve hexadecimal digits that tell one state of the cases from another. */
  readonly suite: string;
  /** Cases that were run. */
  readonly cases: number;
  /** Cases in which what should come came. */
  readonly ok: number;
  /** Cases in which something else came that is allowed. */
  readonly nonStrict: number;
  /** Cases in which what came is not allowed. */
  readonly failed: number;
  /** Cases of what the server says that it does not have. */
  readonly unimplemented: number;
  /** Cases in which the RFC leaves open what comes. */
  readonly informational: number;
  /** Why measurements of the server cannot be trusted; empty if nothing is known. */
  readonly integrity: readonly {
    /** A phrase that begins with a verb: `changes what it is sent`. */
    readonly what: string;
    /** Ids of the failed cases that show it. */
    readonly cases: readonly string[];
  }[];
}

/** Messages per second of each connection, over the window. */
export interface ConnectionSpread {
  /** Slowest connection. */
  readonly min: number;
  /** Mean over the connections. */
  readonly mean: number;
  /** Fastest connection. */
  readonly max: number;
  /** Connections without a reply in the window, though one was due at its end; absent in files of earlier versions. */
  readonly unserved?: number;
}

/** CPU time that a process tree used inside the window. */
export interface CpuUse {
  /** In nanoseconds. */
  readonly timeNs: Figure;
  /** Divided by the length of the window: 1 is one core all the time. */
  readonly share: Figure;
}

/** Response times of rising arrival rates, of overload, and of falling rates. */
export interface Curve {
  /** Messages per second in a closed loop with one in flight on each connection: where the rates began. */
  readonly closedRate: number;
  /** The limit that a reply in time keeps. */
  readonly limitMs: number;
  /** In the order in which they were measured. */
  readonly points: readonly CurvePoint[];
  /** How it came back from overload; null if the client could not send so much that it was overloaded. */
  readonly recovery: Recovery | null;
}

/** One arrival rate of a curve, kept up for a window. */
export interface CurvePoint {
  /** Whether it came while the rates grew, beyond all that the server sustains, or while they shrank. */
  readonly way: "up" | "overload" | "down";
  /** Arrivals per second. */
  readonly rate: number;
  /** Sent in the window, divided by what was offered in it. */
  readonly sentShare: number;
  /** Replies per second in the window. */
  readonly answered: number;
  /** Messages that were due in the window and answered within the limit, per second of it: the goodput. */
  readonly inTime: number;
  /** Median response time; null if nothing was answered. */
  readonly p50Ms: number | null;
  /** 99th percentile of the response time. */
  readonly p99Ms: number | null;
  /** Median of the 99th percentiles of slices of the window, so that an interruption within it does not count; null if they are not known. */
  readonly sliceP99Ms?: number | null;
  /** 99.9th percentile of the response time. */
  readonly p999Ms: number | null;
  /** Messages that were never answered. */
  readonly lost: number;
  /** CPU time of the server's process tree, divided by the length of the window; null if it is not known. */
  readonly cpuShare: number | null;
  /** Memory of the server's process tree at the end of the window, in bytes; null if it is not known. */
  readonly memory: number | null;
}

/** One more trial of a case on a server, not scored, in which the server was watched: what tells why. */
export interface Explanation {
  /** Id of the server. */
  readonly server: string;
  /** Id of the client that drove it. */
  readonly client: string;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Start, ISO 8601. */
  readonly startedAt: string;
  /** Why nothing is known, in one line; absent if it completed. */
  readonly failed?: string;
  /** Replies in the window. */
  readonly replies: number;
  /** How long the window was open, in milliseconds. */
  readonly windowMs: number;
  /** What was counted of the server in the window, by ids of counters; in their units. */
  readonly counters: {
    /** Any other. */
    readonly [name: string]: Figure;
  };
  /** Name of the file beside the result that has the CPU profile, in speedscope's format; absent if there is none. */
  readonly profile?: string;
  /** Why there is no profile; absent if there is one. */
  readonly noProfile?: string;
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

/** A trial that did not run to its end. */
export interface FailedTrial {
  /** Place in the order of the run, from 1. */
  readonly trial: number;
  /** Round, from 1; 0 for a trial that shows the ceiling of the generator or finds an arrival rate. */
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
  /** What became of it. */
  readonly state: "failed";
  /** What happened, in one line. */
  readonly reason: string;
}

/** A measured number, or the reason why there is none. */
export type Figure = number | Absent;

/** One of several generators that shared a trial: what it did itself. */
export interface GeneratorShare {
  /** Id of the agent that it ran on; absent if it ran on the machine that the run was started on. */
  readonly agent?: string;
  /** Its connections that were open when its window ended. */
  readonly connections: number;
  /** Messages that it sent in its window. */
  readonly sent: number;
  /** Replies that it read in its window. */
  readonly replies: number;
  /** Messages that its part of the schedule meant to be sent in its window; absent without a schedule. */
  readonly offered?: number;
  /** 99th percentile of how much later than meant it sent them, in milliseconds; absent without a schedule. */
  readonly pacingP99Ms?: number;
  /** The same without the time in which it had no CPU; absent if that is not known. */
  readonly ownPacingP99Ms?: number;
  /** Replies per second, as a share of what the agent read in the same case from a reference server of its own machine; absent if that is not known. */
  readonly ceilingShare?: number;
  /** CPU time in its window, divided by the length of that: 1 is one core. */
  readonly cpu: Figure;
  /** Share of its window for which it waited for a CPU that other programs had. */
  readonly wait: Figure;
  /** How much later than the first of all windows its own began, in milliseconds. */
  readonly beganMs: number;
  /** What the agent's clock showed more than that of the machine that the run was started on, in milliseconds; absent if it ran there. */
  readonly clockOffsetMs?: number;
  /** By how much its clock may be known wrong at most, and so its begin, in milliseconds: half of the shortest round trip. */
  readonly clockErrorMs: number;
  /** What the agent's clock gained during the traffic, as a share of the time; absent if it ran on the machine that the run was started on. */
  readonly clockDrift?: number;
}

/** Name of a histogram that a trial may keep. */
export type HistogramName = "serviceTime" | "responseTime" | "handshakeTime" | "pacingError" | "ownPacingError" | "batchTime" | "firstReceiver" | "lastReceiver" | "skew" | "smallTime" | "largeTime" | "pingTime" | "outageTime" | "gap" | "age";

/** A claim that no reply was lost or changed. */
export interface IntactClaim {
  /** Which kind of claim it is. */
  readonly kind: "intact";
  /** The claim as a sentence. */
  readonly text: string;
  /** Id of the scenario that shows it. */
  readonly scenario: string;
  /** What to know about it, a sentence. */
  readonly remark?: string;
}

/** Account of all replies of the trial: warm-up, window and drain. */
export interface IntegrityCounts {
  /** Messages sent; one that is sent to several connections counts for each. */
  readonly sent: number;
  /** Messages answered, each counted once. */
  readonly answered: number;
  /** Messages never answered. */
  readonly lost: number;
  /** Replies to a message that had its reply already. */
  readonly duplicated: number;
  /** Replies that came after the reply to a later message of the same connection. */
  readonly reordered: number;
  /** Replies with the wrong content. */
  readonly corrupted: number;
}

/** Latencies of single messages: an even sample of those that were answered in the window. */
export interface LatencySamples {
  /** One message out of so many was kept. */
  readonly every: number;
  /** When the reply of each came, in milliseconds since the window began, ascending. */
  readonly atMs: readonly number[];
  /** Latency of each in milliseconds, in the same order: response time if there is a schedule, else service time. */
  readonly latencyMs: readonly number[];
}

/** A server that was chosen but could not be started here, or cases that it cannot run. */
export interface LeftOut {
  /** Name in files and options. */
  readonly id: string;
  /** Name in a heading; with the cases if not all of them are left out. */
  readonly title: string;
  /** What is missing and the remedy. */
  readonly reason: string;
  /** The cases; absent if the whole server is left out. */
  readonly cases?: readonly {
    readonly scenario: string;
    readonly case: string;
  }[];
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
  /** Set for a metric that is read off a histogram in milliseconds: which, and what of it. The histograms of several rounds can be merged, for what all messages together say. */
  readonly pooled?: {
    readonly histogram: HistogramName;
    readonly statistic: Statistic;
  };
}

/** What other programs and the hypervisor took from the trial, as shares of the window from 0 to 1. */
export interface Noise {
  /** The least time that the server's busiest thread waited for a CPU that no other thread of the server had. */
  readonly serverWait: Figure;
  /** The same of the generator; of the worst one if there are several. */
  readonly generatorWait: Figure;
  /** Time of their CPUs that the hypervisor gave to other machines. */
  readonly stolen: Figure;
}

/** How long each phase of a trial took, in milliseconds. */
export interface Phases {
  /** From the spawn of the server to its ready line. */
  readonly startMs: number;
  /** Opening the first connections of the traffic. */
  readonly connectMs: number;
  /** Traffic before the window. */
  readonly warmupMs: number;
  /** The measured window; of several generators the time that all their windows shared, longer in proportion to what they counted outside of it. */
  readonly windowMs: number;
  /** Waiting for replies to what was sent in the window. */
  readonly drainMs: number;
  /** From the end of the traffic to the end of the server process. */
  readonly stopMs: number;
}

/** Which trials a finding is about: all of one case on one server. */
export interface Place {
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the server. */
  readonly server: string;
}

/** One probe of a search for the capacity: an arrival rate that was kept up for a while. */
export interface Probe {
  /** Arrivals per second. */
  readonly rate: number;
  /** Sent in the window, divided by what was offered in it. */
  readonly sentShare: number;
  /** Median response time; null if nothing was answered. */
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

/** The parameters of a case, by their names in configurations. */
export interface RecordedParameters {
  /** Connections that carry messages. */
  readonly connections?: number;
  /** Payload of each message, in bytes. */
  readonly size?: number;
  /** Handshakes under way at once. */
  readonly concurrency?: number;
  /** Messages in one burst, of each client of a session, or of each connection beside. */
  readonly messages?: number;
  /** Arrivals per second on all connections together. */
  readonly rate?: number;
  /** Arrival rate in per cent of what the slowest server answers in a closed loop. */
  readonly load?: number;
  /** Limit of the 99th percentile of the response time, in milliseconds. */
  readonly sloMs?: number;
  /** Connections beside the others that read nothing before the window is over. */
  readonly slow?: number;
  /** Any other. */
  readonly [name: string]: number | string;
}

/** How a server comes back from overload. */
export interface Recovery {
  /** Arrivals per second before and after the overload. */
  readonly rate: number;
  /** Arrivals per second in the overload. */
  readonly overloadRate: number;
  /** How long that lasted. */
  readonly overloadMs: number;
  /** 99th percentile of the response time before the overload. */
  readonly beforeP99Ms: number | null;
  /** When a slice of the timeline was within twice of that again, since the end of the overload; null if none was. */
  readonly recoveredMs: number | null;
  /** How long that was looked for. */
  readonly watchedMs: number;
}

/** A claim that a figure of one server is lower or higher than another's, or the same. */
export interface RelationClaim {
  /** Which kind of claim it is. */
  readonly kind: "relation";
  /** The claim as a sentence. */
  readonly text: string;
  /** Id of the scenario that shows it. */
  readonly scenario: string;
  /** What to know about it, a sentence. */
  readonly remark?: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the metric. */
  readonly metric: string;
  /** Id of the server that the claim is about. */
  readonly server: string;
  /** Id of the server that it is compared with. */
  readonly than: string;
  /** How the server's figure is said to relate to the other's. */
  readonly relation: "lower" | "higher" | "same";
  /** The published figures, in the metric's unit; absent if the claim has none. */
  readonly published?: {
    readonly server: number;
    readonly than: number;
  };
}

/** A whole run. */
export interface Result {
  /** Version of this layout. */
  readonly schemaVersion: number;
  /** Version of wsmark that made it. */
  readonly wsmark: string;
  /** The rules by which its servers were compared when this file was written; absent in files of older versions. */
  readonly judgedBy?: string;
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
  /** The agents that made the load; absent if this machine made it. */
  readonly agents?: readonly Agent[];
  /** The agent that the servers of the list were started on; absent if that is this machine. */
  readonly serverAgent?: Agent;
  /** The servers, in the order of the tables. */
  readonly servers: readonly ServerDescription[];
  /** The server that shows the ceiling of the generator: the highest rate that it reaches on this machine in a case. Its trials are among the others. Absent if it cannot run. */
  readonly reference?: ServerDescription;
  /** Servers and cases that were left out; absent if there are none. */
  readonly leftOut?: readonly LeftOut[];
  /** The published comparison that the run repeats; absent if it repeats none. */
  readonly study?: Study;
  /** The clients that were used. */
  readonly clients: readonly ClientDescription[];
  /** The scenarios, in the order of the tables. */
  readonly scenarios: readonly ScenarioDescription[];
  /** The trials that ended, in the order in which they ran. */
  readonly trials: readonly Trial[];
  /** The times that it went on after it had been stopped; absent if it was not. */
  readonly resumed?: readonly Resumption[];
  /** What was counted in one more trial of each case on each server; absent if that was not asked for. */
  readonly explanations?: readonly Explanation[];
  /** Findings about the run as a whole. */
  readonly warnings: readonly Warning[];
}

/** One time that a run was resumed after it had been stopped. */
export interface Resumption {
  /** When, ISO 8601. */
  readonly at: string;
  /** How many trials it kept, which did not run again. */
  readonly after: number;
  /** How many failed trials were to run again; absent if none. */
  readonly again?: number;
  /** What had changed, a phrase each. */
  readonly differs: readonly string[];
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

/** A server as the result names it; runtime, library and notes are as its ready line gave them. */
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
  /** How its settings differ from the defaults, a sentence each. */
  readonly notes?: readonly string[];
  /** How it was set up, if not as its documentation recommends for production: tuned or minimal. */
  readonly class?: string;
  /** Workers that it was told to have; absent if it had as many as it takes by itself. */
  readonly workers?: number;
  /** What the conformance suite found of this version of it; absent if it has not been tried. */
  readonly conformance?: ConformanceSummary;
}

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
  /** Order of the trials of a round: the servers of a case back to back, or all shuffled, as in runs without it. */
  readonly order?: "blocks" | "shuffled";
  /** CPUs that the server and the generator were pinned to, or why they were not. */
  readonly pinning: {
    readonly server: readonly number[];
    readonly generator: readonly number[];
    /** Why these, as a phrase; absent if each has half of those that may be used. */
    readonly reason?: string;
  } | Absent;
  /** What carries the bytes of the wire client, and why it is tcp if that was not chosen. */
  readonly engine: {
    readonly id: "epoll" | "uring" | "tcp";
    readonly reason?: string;
  };
  /** Local addresses that connections came from in turn; absent if the system chose. */
  readonly sources?: readonly string[];
  /** Generator processes that share the connections of a trial. */
  readonly generators: number;
  /** How the number of generators was found (--generators auto); absent if it was given. */
  readonly generatorChoice?: {
    /** Why so many, as a phrase. */
    readonly reason: string;
    /** Id of the scenario that it was found with; absent if none was run. */
    readonly scenario?: string;
    /** Id of the case. */
    readonly case?: string;
    /** What was measured, by one short window each, in its order. */
    readonly tries: readonly {
      /** Generators. */
      readonly generators: number;
      /** What they reached against the reference server, per second. */
      readonly ceiling: number;
      /** What the fastest server reached, per second. */
      readonly fastest: number;
      /** Its id. */
      readonly server: string;
    }[];
    /** How long it took, in milliseconds. */
    readonly tookMs: number;
  };
  /** The agents that made the load, on other machines or this one; absent if this machine made it. */
  readonly agents?: {
    /** URL of the NATS server that they were reached by, without secrets. */
    readonly nats: string;
    /** Ids of the agents, in the order in which they share trials. */
    readonly ids: readonly string[];
    /** The labels that they were picked by; absent if none. */
    readonly pick?: readonly string[];
    /** Id of the agent that the servers of the list were started on; absent if that is this machine. */
    readonly server?: string;
  };
  /** The most single messages of a trial whose latencies were kept. */
  readonly samples: number;
  /** Rounds were run until the ratios of rates were known to this share; absent if their number was given. */
  readonly until?: number;
  /** Set if the ceiling of the generator was not to be measured (--no-ceiling). */
  readonly ceiling?: false;
  /** Set if each case was run once more on each server, to tell why it is as fast as it is (--explain). */
  readonly explain?: true;
  /** Id of the server that the others are compared with. */
  readonly baseline: string;
  /** Set-up that the servers were to have, if it was chosen: production, tuned or minimal. */
  readonly class?: string;
  /** Workers that each server was to have, if that was chosen. */
  readonly workers?: number;
}

/** How several generators shared a trial. */
export interface Sharing {
  /** From the begin of the first window to that of the last one, in milliseconds. */
  readonly startSpreadMs: number;
  /** The time that all windows had in common, in milliseconds: rates are those of this time. */
  readonly overlapMs: number;
  /** The generators. */
  readonly generators: readonly GeneratorShare[];
}

/** What is read off a histogram: a moment, or a percentile between 0 and 100. */
export type Statistic = "mean" | "standardDeviation" | "max" | {
  /** Which one. */
  readonly percentile: number;
};

/** A published comparison that a run repeats, to compare its claims with what it measures itself. */
export interface Study {
  /** Name in options and files. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** What was compared, and how it was measured, a sentence each. */
  readonly about: readonly string[];
  /** What was claimed. */
  readonly claims: readonly Claim[];
}

/** What a CPU quota took from a process in the window. */
export interface Throttling {
  /** How many CPUs its control group may use; null if that is not known. */
  readonly cpus: number | null;
  /** Periods of the quota in which it ran out. */
  readonly times: number;
  /** Time for which the group was held back then, in milliseconds; each CPU counts by itself. */
  readonly throttledMs: number;
}

/** A short part of the window. */
export interface TimelineSlice {
  /** Start, in milliseconds since the window began. */
  readonly atMs: number;
  /** Length in milliseconds: 100, or 1000 where stages take 10 s or longer; the last one may be shorter, and is left out below 10. */
  readonly lengthMs: number;
  /** Replies read (or handshakes finished, if the scenario sends no messages). */
  readonly count: number;
  /** Connections that are open at its end; absent in results of versions that did not count them. */
  readonly connections?: number;
  /** Messages (or connections) that a schedule meant to begin in it; absent without a schedule. */
  readonly offered?: number;
  /** Mean latency of those, in milliseconds; null if there were none. */
  readonly meanMs: number | null;
  /** Median. */
  readonly p50Ms: number | null;
  /** 99th percentile. */
  readonly p99Ms: number | null;
  /** Largest. */
  readonly maxMs: number | null;
}

/** One trial. */
export type Trial = FailedTrial | CompletedTrial;

/** Which trial this is. */
export interface TrialIdentity {
  /** Place in the order of the run, from 1. */
  readonly trial: number;
  /** Round, from 1; 0 for a trial that shows the ceiling of the generator or finds an arrival rate. */
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

/** A finding about the measurement that a reader must know to understand the figures. */
export type Warning = {
  readonly kind: "generator saturated";
  readonly cpuShare: number;
} | {
  readonly kind: "near the ceiling";
  readonly share: number;
} | {
  readonly kind: "agent near its ceiling";
  readonly agent: string;
  readonly share: number;
} | {
  readonly kind: "wrong replies";
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
  readonly corrupted: number;
} | {
  readonly kind: "window held up";
  /** How long it was to be open. */
  readonly askedMs: number;
  /** How long it was open. */
  readonly tookMs: number;
  /** Time in it in which the client stood still. */
  readonly standstillMs: number;
} | {
  readonly kind: "window empty";
  /** Messages that were sent in it; no reply came, and no connection opened. */
  readonly sent: number;
} | {
  readonly kind: "connections unserved";
  readonly unserved: number;
  readonly connections: number;
} | {
  readonly kind: "pongs missing";
  readonly missing: number;
  readonly due: number;
} | {
  readonly kind: "rate not reached";
  readonly share: number;
} | {
  readonly kind: "late sends";
  /** Sent more than 1 ms late. */
  readonly share: number;
  /** By how much the latest was. */
  readonly longestMs: number;
  /** Sent more than 1 ms late even without the time in which the client had no CPU; absent if that is not known. */
  readonly ownShare?: number;
  /** Whether the client cannot keep up by itself: so many are late even so, or half of them by more than 0.1 ms. */
  readonly isFull?: boolean;
} | {
  readonly kind: "disturbed";
  readonly who: "server" | "client";
  readonly share: number;
  /** The CPU quota that held it back; absent if none did. */
  readonly quota?: {
    /** How many CPUs its control group may use; null if that is not known. */
    readonly cpus: number | null;
    /** Periods of the quota in which it ran out. */
    readonly times: number;
    /** Time for which the group was held back then, in milliseconds; each CPU counts by itself. */
    readonly throttledMs: number;
    /** Whether other programs took more than the quota did. */
    readonly isLesserPart: boolean;
  };
} | {
  readonly kind: "stolen time";
  readonly share: number;
} | {
  readonly kind: "generators apart";
  /** From the begin of the first window to that of the last one. */
  readonly spreadMs: number;
  /** Of the window, in which all were measured. */
  readonly share: number;
} | {
  readonly kind: "agent at its limit";
  /** Its id. */
  readonly agent: string;
  /** Of one CPU, which the generator used; absent if that was little. */
  readonly cpuShare?: number;
  /** Of what it was to send; absent if it sent all. */
  readonly sentShare?: number;
  /** 99th percentile of how much later than meant it sent though it had a CPU; absent if that was little. */
  readonly pacingP99Ms?: number;
} | {
  readonly kind: "clock drifts";
  /** Its id. */
  readonly agent: string;
  /** What its clock gained, as a share of the time. */
  readonly drift: number;
} | {
  readonly kind: "priority differs";
  /** Niceness that counts for the server against other programs. */
  readonly serverNice: number;
  /** The same of the client. */
  readonly clientNice: number;
  /** What both were to have: that of wsmark itself. */
  readonly asked: number;
} | {
  readonly kind: "rounds differ";
  readonly spread: number;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the server. */
  readonly server: string;
} | {
  readonly kind: "warm-up not over";
  readonly change: number;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the server. */
  readonly server: string;
} | {
  readonly kind: "memory growing";
  readonly growth: number;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the server. */
  readonly server: string;
} | {
  readonly kind: "too few samples";
  readonly percentile: number;
  readonly samples: number;
  readonly needed: number;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the server. */
  readonly server: string;
} | {
  readonly kind: "one round holds the tail";
  readonly percentile: number;
  readonly round: number;
  readonly share: number;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the server. */
  readonly server: string;
} | {
  readonly kind: "timer too coarse";
  readonly stepNs: number;
  readonly latencyNs: number;
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the case. */
  readonly case: string;
  /** Id of the server. */
  readonly server: string;
} | {
  readonly kind: "machine is busy";
  readonly load: number;
  readonly cpus: number;
} | {
  readonly kind: "cores shared";
  readonly cores: readonly (readonly number[])[];
} | {
  readonly kind: "not pinned";
  readonly reason: string;
} | {
  readonly kind: "too few rounds";
  readonly rounds: number;
  readonly needed: number;
} | {
  readonly kind: "breaks integrity";
  /** Name of the server in a heading. */
  readonly title: string;
  /** What failed cases of the conformance suite show, as a phrase. */
  readonly what: string;
} | {
  readonly kind: "trials failed";
  readonly failed: number;
  readonly planned: number;
} | {
  readonly kind: "run is partial";
  readonly ended: number;
  readonly planned: number;
  /** Why wsmark itself ended it, as a phrase; absent if the user did. */
  readonly because?: string;
} | {
  readonly kind: "resumed";
  readonly times: number;
  /** Trials that had failed and were to run again. */
  readonly again?: number;
  readonly differs: readonly string[];
} | {
  readonly kind: "torn last line";
  readonly file: string;
} | {
  readonly kind: "damaged lines";
  readonly file: string;
  readonly count: number;
  /** Numbers of the first of them. */
  readonly lines: readonly number[];
  /** Why the first one cannot be read. */
  readonly reason: string;
};

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
