import assert from "node:assert/strict";
import { type Observed, warningsOfRun, warningsOfTrial } from "./detect.ts";
import { encodeHistogram } from "../record/hdr.ts";
import { Histogram } from "../record/histogram.ts";
import {
  type CompletedTrial,
  FACTS,
  type MetricDefinition,
  type Result,
  type Settings,
  type Trial,
} from "../model/result.ts";
import { completedTrial, failedTrial, SETTINGS } from "../model/testdata.ts";
import type { Warning } from "./warnings.ts";

const settings: Settings = { ...SETTINGS, rounds: 5 };

const rate: MetricDefinition = { id: "rate", title: "Rate", unit: "messages/s", better: "higher" };
const p99: MetricDefinition = {
  id: "p99",
  title: "p99",
  unit: "ms",
  better: "lower",
  pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
};
const server = (id: string) => ({ id, title: id, protocol: "websocket" });
const place = { scenario: "latency", case: "connections=1", server: "native" };

function runOf(trials: readonly Trial[], changes: Partial<Result> = {}): Warning[] {
  return warningsOfRun({
    settings,
    planned: trials.length,
    machine: [],
    servers: [server("native")],
    scenarios: [{
      id: "latency",
      title: "Latency",
      question: "?",
      cases: [{ id: "connections=1", title: "1 connection", parameters: { connections: 1 } }],
      metrics: [rate],
    }],
    trials,
    ...changes,
  });
}

/** Five rounds, each made from its number. */
function rounds(make: (round: number) => Partial<CompletedTrial>): CompletedTrial[] {
  return [1, 2, 3, 4, 5].map((round) => ({
    ...completedTrial({ rate: 100 }, [1]),
    round,
    ...make(round),
  }));
}

const slices = (...counts: number[]): CompletedTrial["timeline"] =>
  counts.map((count, index) => ({
    atMs: index * 100,
    lengthMs: 100,
    count,
    meanMs: null,
    p50Ms: null,
    p99Ms: null,
    maxMs: null,
  }));

function pacing(...ms: number[]): string {
  const histogram = new Histogram();
  for (const one of ms) histogram.record(one * 1e6);
  return encodeHistogram(histogram);
}

const quiet = completedTrial({});
const window = { askedMs: 1000, allowedMs: 0, tookMs: 1050, standstillMs: 40 };
const throttled = { server: null, client: null };
const calm = {
  ...quiet,
  window,
  throttled,
  cpu: { ...quiet.cpu, generator: { timeNs: 1, share: 0.5 } },
};

Deno.test("warningsOfTrial() finds nothing wrong with a quiet trial", () => {
  assert.deepEqual(warningsOfTrial(calm), []);
});

for (
  const [name, changes, warning] of [
    [
      "a client that is saturated",
      { cpu: { ...calm.cpu, generator: { timeNs: 1, share: 0.97 } } },
      { kind: "generator saturated", cpuShare: 0.97 },
    ],
    [
      "wrong replies",
      { integrity: { ...calm.integrity, lost: 2, reordered: 1 } },
      { kind: "wrong replies", lost: 2, duplicated: 0, reordered: 1, corrupted: 0 },
    ],
    [
      "a window that was open longer than asked",
      { window: { ...window, tookMs: 1200, standstillMs: 0 } },
      { kind: "window held up", askedMs: 1000, tookMs: 1200, standstillMs: 0 },
    ],
    [
      "a client that stood still within the window",
      { window: { ...window, standstillMs: 300 } },
      { kind: "window held up", askedMs: 1000, tookMs: 1050, standstillMs: 300 },
    ],
    [
      "pings without a pong",
      { pings: { due: 20, answered: 17 } },
      { kind: "pongs missing", missing: 3, due: 20 },
    ],
    [
      "a rate that was not reached",
      { arrivals: { offered: 20, sent: 20, late: 0, dropped: 0, answered: 20 } },
      { kind: "rate not reached", share: 0.5 },
    ],
    [
      "sends that were late",
      {
        arrivals: { offered: 10, sent: 10, late: 1, dropped: 0, answered: 10 },
        histograms: { pacingError: pacing(0, 1.5) },
      },
      { kind: "late sends", share: 0.1, longestMs: 1.500159 },
    ],
    [
      "a client that stood still once",
      {
        arrivals: { offered: 10, sent: 10, late: 0, dropped: 0, answered: 10 },
        histograms: { pacingError: pacing(300) },
      },
      { kind: "late sends", share: 0, longestMs: 300.154879 },
    ],
    [
      "a server that waited for its CPU",
      { noise: { ...calm.noise, serverWait: 0.2 } },
      { kind: "disturbed", who: "server", share: 0.2 },
    ],
    [
      "a client that waited for its CPU",
      { noise: { ...calm.noise, generatorWait: 0.2 } },
      { kind: "disturbed", who: "client", share: 0.2 },
    ],
    [
      "a server that was held back by a CPU quota",
      {
        noise: { ...calm.noise, serverWait: 0.5 },
        throttled: { server: { cpus: 0.5, times: 10, throttledMs: 250 }, client: null },
      },
      {
        kind: "disturbed",
        who: "server",
        share: 0.5,
        quota: { cpus: 0.5, times: 10, throttledMs: 250, isLesserPart: true },
      },
    ],
    [
      "a client that was held back by a CPU quota, if the kernel does not count it as a wait",
      { throttled: { server: null, client: { cpus: null, times: 1, throttledMs: 5000 } } },
      {
        kind: "disturbed",
        who: "client",
        share: 1,
        quota: { cpus: null, times: 1, throttledMs: 5000, isLesserPart: false },
      },
    ],
    [
      "time that the hypervisor took",
      { noise: { ...calm.noise, stolen: 0.08 } },
      { kind: "stolen time", share: 0.08 },
    ],
  ] as const satisfies readonly (readonly [string, Partial<Observed>, Warning])[]
) {
  Deno.test(`warningsOfTrial() finds ${name}`, () => {
    assert.deepEqual(warningsOfTrial({ ...calm, ...changes }), [warning]);
  });
}

Deno.test("warningsOfTrial() accepts a window that ends with a batch, and a late timer in a short one", () => {
  const batch = { ...window, allowedMs: 2500, tookMs: 3000 };
  assert.deepEqual(warningsOfTrial({ ...calm, window: batch }), []);
  const short = { askedMs: 100, allowedMs: 0, tookMs: 190, standstillMs: 90 };
  assert.deepEqual(warningsOfTrial({ ...calm, window: short }), []);
});

Deno.test("warningsOfTrial() finds nothing wrong with pings that all had their pongs", () => {
  assert.deepEqual(warningsOfTrial({ ...calm, pings: { due: 20, answered: 20 } }), []);
});

Deno.test("warningsOfTrial() does not call a client saturated that waits for a schedule", () => {
  const busy = { ...calm.cpu, generator: { timeNs: 1, share: 1 } };
  const arrivals = { offered: 10, sent: 10, late: 0, dropped: 0, answered: 10 };
  assert.deepEqual(warningsOfTrial({ ...calm, cpu: busy, arrivals }), []);
});

Deno.test("warningsOfRun() finds nothing wrong with a whole run of five quiet rounds", () => {
  assert.deepEqual(runOf(rounds(() => ({}))), []);
});

Deno.test("warningsOfRun() finds what a reader must know about a run", () => {
  const poor: Settings = { ...settings, rounds: 2, pinning: { absent: "one CPU" } };
  assert.deepEqual(
    runOf([completedTrial({}), failedTrial("it ended")], { settings: poor, planned: 3 }),
    [
      { kind: "run is partial", ended: 2, planned: 3 },
      { kind: "trials failed", failed: 1, planned: 3 },
      { kind: "not pinned", reason: "one CPU" },
      { kind: "too few rounds", rounds: 2, needed: 5 },
    ],
  );
});

Deno.test("warningsOfRun() asks for five rounds, however many comparisons there are", () => {
  const servers = ["a", "b", "c", "d"].map(server);
  const scenario = {
    id: "s",
    title: "S",
    question: "?",
    cases: Array.from({ length: 11 }, (_, size) => ({
      id: `size=${size}`,
      title: `${size}`,
      parameters: { size },
    })),
    metrics: [rate],
  };
  const found = (rounds: number): Warning[] =>
    runOf([], { servers, scenarios: [scenario], settings: { ...settings, rounds } });
  assert.deepEqual(found(5), []);
  assert.deepEqual(found(4), [{ kind: "too few rounds", rounds: 4, needed: 5 }]);
});

Deno.test("warningsOfRun() finds a machine that was busy when the run began", () => {
  const machine = [
    { ...FACTS.cpus, value: 2 },
    { ...FACTS.load, value: 2.5 },
  ];
  assert.deepEqual(runOf([], { machine }), [{ kind: "machine is busy", load: 2.5, cpus: 2 }]);
});

Deno.test("warningsOfRun() finds rounds that differ", () => {
  const trials = rounds((round) => ({ metrics: { rate: 100 * round } }));
  assert.deepEqual(runOf(trials), [{ kind: "rounds differ", spread: 2 / 3, ...place }]);
});

Deno.test("warningsOfRun() finds a warm-up that was not over, in most rounds", () => {
  const rising = rounds(() => ({ timeline: slices(80, 100, 110, 130) }));
  const [warning] = runOf(rising);
  assert.equal(warning?.kind, "warm-up not over");
  assert.ok(warning.kind === "warm-up not over" && Math.abs(warning.change - 1 / 3) < 1e-9);
  const chance = rounds((round) => ({
    timeline: round % 2 === 0 ? slices(80, 100, 110, 130) : slices(130, 110, 100, 80),
  }));
  assert.deepEqual(runOf(chance), []);
});

Deno.test("warningsOfRun() finds memory that grows within the window", () => {
  const memory = { ...quiet.memory, windowStart: 100 * 2 ** 20, windowEnd: 130 * 2 ** 20 };
  assert.deepEqual(
    runOf(rounds(() => ({ memory }))),
    [
      { kind: "memory growing", growth: 0.3, ...place },
    ].map((warning) => ({ ...warning, growth: 130 / 100 - 1 })),
  );
});

/** What a run of rounds with these latencies in milliseconds is warned of. */
function ofLatencies(
  latencies: (round: number) => readonly number[],
  metrics: readonly MetricDefinition[] = [rate, p99],
): Warning[] {
  const scenario = {
    id: "latency",
    title: "Latency",
    question: "?",
    cases: [{ id: "connections=1", title: "1 connection", parameters: { connections: 1 } }],
    metrics,
  };
  const trials = rounds((round) => {
    const { histograms } = completedTrial({}, latencies(round));
    return { histograms };
  });
  return runOf(trials, { scenarios: [scenario] });
}

Deno.test("warningsOfRun() finds a percentile that has too few samples in a round", () => {
  const of = (...counts: number[]): Warning[] =>
    ofLatencies((round) => Array(counts[round - 1]!).fill(1));
  assert.deepEqual(of(1000, 5000, 999, 5000, 5000), [
    { kind: "too few samples", percentile: 99, samples: 999, needed: 1000, ...place },
  ]);
  assert.deepEqual(of(1000, 1000, 1000, 1000, 1000), []);
  assert.deepEqual(of(1000, 0, 1000, 1000, 1000), [], "a round without any has no percentile");
  assert.deepEqual(of(0, 0, 0, 0, 0), []);
});

Deno.test("warningsOfRun() finds a tail of all messages that is that of one round", () => {
  const slow = (...counts: number[]) => (round: number): number[] => [
    ...Array(1000).fill(1),
    ...Array(counts[round - 1]!).fill(50 + round),
  ];
  assert.deepEqual(ofLatencies(slow(0, 0, 40, 10, 0)), [
    { kind: "one round holds the tail", percentile: 99, round: 3, share: 0.8, ...place },
  ]);
  assert.deepEqual(ofLatencies(slow(0, 0, 30, 15, 0)), [], "two thirds are not more than that");
  assert.deepEqual(ofLatencies(slow(9, 10, 9, 10, 9)), []);
  const median: MetricDefinition = {
    ...p99,
    pooled: { histogram: "serviceTime", statistic: { percentile: 50 } },
  };
  assert.deepEqual(ofLatencies(slow(0, 0, 40, 10, 0), [rate, median]), [], "it has no tail");
});

Deno.test("warningsOfRun() finds a clock that is too coarse for the latencies", () => {
  const machine = [{ ...FACTS.clockStep, value: 1e5 }];
  const [warning] = runOf(rounds(() => ({})), { machine });
  assert.equal(warning?.kind, "timer too coarse");
});
