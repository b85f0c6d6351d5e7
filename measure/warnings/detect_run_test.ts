import assert from "node:assert/strict";
import { warningsOfRun } from "./detect_run.ts";
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

Deno.test("warningsOfRun() names servers that fail cases of integrity", () => {
  const conformance = {
    ...{ suite: "0123456789ab", cases: 10, ok: 7, nonStrict: 0, failed: 3 },
    ...{ unimplemented: 0, informational: 0 },
    integrity: [
      { what: "changes what it is sent", cases: ["1.1.1"] },
      { what: "lets broken UTF-8 through as text", cases: ["6.2.1", "6.2.2"] },
    ],
  };
  assert.deepEqual(
    runOf(rounds(() => ({})), { servers: [{ ...server("native"), conformance }] }),
    [
      { kind: "breaks integrity", title: "native", what: "changes what it is sent (case 1.1.1)" },
      {
        kind: "breaks integrity",
        title: "native",
        what: "lets broken UTF-8 through as text (case 6.2.1 and 1 more)",
      },
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
  const memory = {
    ...completedTrial({}).memory,
    windowStart: 100 * 2 ** 20,
    windowEnd: 130 * 2 ** 20,
  };
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
