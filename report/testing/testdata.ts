/**
 * A small fixed result for the tests: three servers, three cases, two rounds, and one of each thing that can go wrong.
 */

import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type {
  CompletedTrial,
  FailedTrial,
  Result,
  ScenarioDescription,
  TimelineSlice,
  Trial,
  TrialIdentity,
} from "../../measure/model/result.ts";

const CPU = {
  id: "serverCpu",
  title: "Server CPU per message",
  unit: "µs",
  better: "lower",
} as const;

/** Echo in two cases, with a primary metric of which more is better and a percentile. */
const ECHO: ScenarioDescription = {
  id: "echo",
  title: "Echo rate",
  question:
    "How many messages a second does the server answer when the next one is sent as soon as a reply arrives?",
  cases: [
    {
      id: "connections=1,inFlight=1,size=16",
      title: "1 connection × 1 in flight, 16 B",
      parameters: { connections: 1, inFlight: 1, size: 16 },
    },
    {
      id: "connections=64,inFlight=16,size=1024",
      title: "64 connections × 16 in flight, 1 KiB",
      parameters: { connections: 64, inFlight: 16, size: 1024 },
    },
  ],
  metrics: [
    { id: "rate", title: "Message rate", unit: "messages/s", better: "higher", decimals: 0 },
    {
      id: "p99",
      title: "Latency p99",
      unit: "ms",
      better: "lower",
      pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
    },
    CPU,
  ],
};

/** Handshakes, with a title that is not valid for a sheet, a pooled primary metric and one without a better direction. */
const CONNECT: ScenarioDescription = {
  id: "connect",
  title: "Opening: how fast / how many?",
  question: "How long does a handshake take while others are under way?",
  cases: [{ id: "concurrency=8", title: "8 handshakes at once", parameters: { concurrency: 8 } }],
  metrics: [
    {
      id: "p50",
      title: "Handshake time p50",
      unit: "ms",
      better: "lower",
      pooled: { histogram: "handshakeTime", statistic: { percentile: 50 } },
    },
    { id: "handshakes", title: "Handshakes", unit: "", better: "none", decimals: 0 },
  ],
};

const STARTED = Date.UTC(2026, 0, 31, 14, 5, 9);

const at = (seconds: number): string => new Date(STARTED + seconds * 1000).toISOString();

const identity = (
  trial: number,
  round: number,
  server: string,
  scenario: ScenarioDescription,
  place: number,
): TrialIdentity => ({
  trial,
  round,
  server,
  client: server === "socketio" ? "socketio" : "wire",
  scenario: scenario.id,
  case: scenario.cases[place]!.id,
  startedAt: at(trial * 3),
});

const histogram = (latencyMs: number): string => {
  const recorded = new Histogram();
  for (let step = 0; step < 100; step++) recorded.record(latencyMs * 1e6 * (1 + step / 100));
  return encodeHistogram(recorded);
};

/** A slice of the timeline; without a latency, nothing was answered in it. */
function slice(atMs: number, lengthMs: number, count: number, p50Ms: number | null): TimelineSlice {
  const [p99Ms, maxMs] = p50Ms === null ? [null, null] : [p50Ms * 2, p50Ms * 3];
  return { atMs, lengthMs, count, meanMs: p50Ms, p50Ms, p99Ms, maxMs };
}

const SOUND = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };

/** A completed echo trial. */
function echo(
  who: TrialIdentity,
  rate: number,
  changes: Partial<CompletedTrial> = {},
): CompletedTrial {
  const latencyMs = 1000 / rate;
  const replies = rate / 5;
  return {
    ...who,
    state: "completed",
    phases: {
      startMs: 81.25,
      connectMs: 3.5,
      warmupMs: 100,
      windowMs: 200,
      drainMs: 1.75,
      stopMs: 12.5,
    },
    counts: { sent: replies + 1, replies, replyBytes: replies * 16, handshakes: 0, connections: 1 },
    integrity: { sent: replies, answered: replies, ...SOUND },
    histograms: { serviceTime: histogram(latencyMs) },
    connections: { min: rate, mean: rate, max: rate },
    timeline: [0, 100].map((atMs) => slice(atMs, 100, Math.floor(replies / 2), latencyMs)),
    cpu: {
      server: { timeNs: 150e6, share: 0.75 },
      generator: { timeNs: 120e6, share: 0.6 },
    },
    memory: {
      before: 41_943_040,
      windowStart: 44_040_192,
      windowEnd: 45_088_768,
      peak: 46_137_344,
      after: 43_253_760,
    },
    noise: {
      serverWait: 0.015,
      generatorWait: 0,
      stolen: { absent: "this is no virtual machine" },
    },
    metrics: { rate, p99: latencyMs * 1.99, serverCpu: 1e6 / rate / 3 },
    warnings: [],
    ...changes,
  };
}

/** A completed handshake trial. */
function connect(who: TrialIdentity, p50: number): CompletedTrial {
  const absent = { absent: "the server is not on this machine" };
  return {
    ...echo(who, 1000),
    counts: { sent: 0, replies: 0, replyBytes: 0, handshakes: 160, connections: 8 },
    integrity: { sent: 0, answered: 0, ...SOUND },
    histograms: { handshakeTime: histogram(p50 / 1.5) },
    timeline: [slice(0, 100, 160, p50), slice(100, 62.5, 0, null)],
    memory: { before: absent, windowStart: absent, windowEnd: absent, peak: absent, after: absent },
    metrics: { p50, handshakes: 160 },
  };
}

function failed(who: TrialIdentity, reason: string): FailedTrial {
  return { ...who, state: "failed", reason };
}

const SATURATED = [{ kind: "generator saturated", cpuShare: 0.97 }] as const;
const NOT_READY = "the server did not accept connections within 10 s";
const NO_CPU = { absent: "/proc cannot be read" };

const TRIALS: readonly Trial[] = [
  echo(identity(1, 1, "native", ECHO, 0), 21_400),
  echo(identity(2, 1, "ws", ECHO, 0), 15_250),
  echo(identity(3, 1, "socketio", ECHO, 0), 9_120),
  echo(identity(4, 1, "ws", ECHO, 1), 148_123, {
    warnings: [{ kind: "generator saturated", cpuShare: 0.93 }],
  }),
  echo(identity(5, 1, "native", ECHO, 1), 151_000, { warnings: SATURATED }),
  echo(identity(6, 1, "socketio", ECHO, 1), 190_000, {
    integrity: { sent: 38_000, answered: 37_993, ...SOUND, lost: 7, reordered: 2 },
    warnings: [{ kind: "wrong replies", ...SOUND, lost: 7, reordered: 2 }],
  }),
  connect(identity(7, 1, "native", CONNECT, 0), 0.42),
  connect(identity(8, 1, "ws", CONNECT, 0), 0.61),
  failed(identity(9, 1, "socketio", CONNECT, 0), NOT_READY),
  echo(identity(10, 2, "ws", ECHO, 0), 15_870),
  failed(
    identity(11, 2, "socketio", ECHO, 0),
    '=HYPERLINK("x") \u001b[31mexit code 1\u001b[0m\nat line 2',
  ),
  echo(identity(12, 2, "native", ECHO, 0), 22_050, {
    metrics: { rate: 22_050, p99: 0.09, serverCpu: NO_CPU },
    cpu: { server: { timeNs: NO_CPU, share: NO_CPU }, generator: { timeNs: 120e6, share: 0.6 } },
  }),
  echo(identity(13, 2, "native", ECHO, 1), 146_500, { warnings: SATURATED }),
  echo(identity(14, 2, "socketio", ECHO, 1), 187_250),
  echo(identity(15, 2, "ws", ECHO, 1), 150_010),
  failed(identity(16, 2, "socketio", CONNECT, 0), NOT_READY),
  connect(identity(17, 2, "ws", CONNECT, 0), 0.58),
  connect(identity(18, 2, "native", CONNECT, 0), 0.44),
];

/** The result. */
export const RESULT: Result = {
  schemaVersion: 1,
  wsmark: "0.1.0",
  state: "finished",
  startedAt: at(0),
  endedAt: at(60),
  planned: 18,
  settings: {
    command: "--profile quick --rounds 2",
    profile: "quick",
    rounds: 2,
    durationMs: 200,
    warmupMs: 100,
    seed: 1_234_567,
    pinning: { server: [0], generator: [1] },
    engine: { id: "epoll" },
    generators: 1,
    samples: 100,
    baseline: "native",
  },
  machine: [
    { group: "Processor", name: "Model", value: "Example CPU @ 2.50GHz" },
    { group: "Processor", name: "Logical CPUs", value: 2 },
    { group: "Processor", name: "Clock", value: 2500.123, unit: "MHz" },
    { group: "Processor", name: "Governor", value: { absent: "the kernel does not say" } },
    { group: "Memory", name: "Total", value: 8_330_000_000, unit: "bytes" },
    { group: "Memory", name: "Swap", value: 0, unit: "bytes" },
    { group: "Software", name: "Runtime", value: "deno 2.9.6" },
  ],
  servers: [
    {
      id: "native",
      title: "Deno.serve",
      protocol: "websocket",
      runtime: "deno 2.9.6",
      library: "Deno.serve",
      notes: ["The idle timeout is off."],
    },
    { id: "ws", title: "ws", protocol: "websocket", runtime: "deno 2.9.6", library: "ws 8.21.3" },
    {
      id: "socketio",
      title: "socket.io",
      protocol: "socket.io",
      runtime: "deno 2.9.6",
      library: "socket.io 4.8.1",
      notes: ["Polling is off.", "=Messages are events."],
    },
  ],
  clients: [
    { id: "wire", title: "Wire client", library: "wsmark 0.1.0", notes: [] },
    {
      id: "socketio",
      title: "socket.io-client",
      library: "socket.io-client 4.8.1",
      notes: ["WebSocket transport only."],
    },
  ],
  scenarios: [ECHO, CONNECT],
  trials: TRIALS,
  warnings: [
    { kind: "too few rounds", rounds: 2, needed: 5 },
    { kind: "trials failed", failed: 3, planned: 18 },
  ],
};
