import assert from "node:assert/strict";
import type { CompletedTrial, MetricDefinition, Result, Trial } from "../model/result.ts";
import { completedTrial, failedTrial, SETTINGS } from "../model/testdata.ts";
import { inWords, isBetter, type Verdict, verdictsOf } from "./verdicts.ts";

const rate: MetricDefinition = { id: "rate", title: "Rate", unit: "messages/s", better: "higher" };
const p50: MetricDefinition = { id: "p50", title: "Latency p50", unit: "ms", better: "lower" };
const cpu: MetricDefinition = {
  id: "cpu.message",
  title: "Server CPU time per message",
  unit: "µs",
  better: "lower",
};
const BASE = [100, 104, 96, 101, 99, 103, 98];

/** Trials of seven rounds of a server, by how much faster it is and how much more CPU time it takes. */
function rounds(server: string, speed: number, effort: number): CompletedTrial[] {
  return BASE.map((value, round) => ({
    ...completedTrial({ rate: value * speed, "cpu.message": value * effort / 10 }),
    server,
    round: round + 1,
    scenario: "throughput",
    case: "size=64",
  }));
}

function resultOf(trials: readonly Trial[], metrics = [rate, cpu]): Result {
  const server = (id: string) => ({ id, title: id, protocol: "websocket" });
  return {
    schemaVersion: 2,
    wsmark: "0",
    state: "finished",
    startedAt: "2026-01-02T03:04:05.678Z",
    planned: trials.length,
    settings: SETTINGS,
    machine: [],
    servers: [server("native"), server("ws")],
    clients: [],
    scenarios: [{
      id: "throughput",
      title: "Throughput",
      question: "?",
      cases: [{ id: "size=64", title: "64 B", parameters: { size: 64 } }],
      metrics,
    }],
    trials,
    warnings: [],
  };
}

function words({ metric, judgement, server, baseline }: Verdict): string {
  return inWords(metric, judgement, server.title, baseline.title);
}

const judged = (...trials: Trial[]): readonly Verdict[] => verdictsOf(resultOf(trials));

Deno.test("verdictsOf() judges the primary metric and the CPU time, each server but the baseline", () => {
  const found = judged(...rounds("native", 1, 1), ...rounds("ws", 0.88, 1.3));
  assert.deepEqual(
    found.map(({ aspect, metric, server, baseline }) => [
      aspect,
      metric.id,
      server.id,
      baseline.id,
    ]),
    [
      ["primary", "rate", "ws", "native"],
      ["cpu", "cpu.message", "ws", "native"],
    ],
  );
  assert.deepEqual(found.map(words), [
    "ws is 12 % slower than native (95 % interval 12–12 %)",
    "ws has 30 % higher server CPU time per message than native (95 % interval 30–30 %)",
  ]);
});

Deno.test("verdictsOf() finds no difference of a server from itself", () => {
  const shifted = rounds("ws", 1, 1).map((trial, index) => ({
    ...trial,
    round: (index + 3) % 7 + 1,
  }));
  assert.match(
    words(judged(...rounds("native", 1, 1), ...shifted)[0]!),
    /^ws: no difference from native shown in rate \(−\d…\+\d %\)$/,
  );
});

Deno.test("verdictsOf() gives a reason if nothing can be compared", () => {
  const native = rounds("native", 1, 1);
  const reason = (...trials: Trial[]): string => words(judged(...native, ...trials)[0]!);
  assert.equal(reason(), "ws is not compared with native: there is no round with both figures");
  assert.equal(
    reason(...rounds("ws", 2, 1).slice(0, 3)),
    "ws is not compared with native: 3 rounds cannot show a difference: it takes 5 or more",
  );
  const lossy = rounds("ws", 2, 1).map((trial) => ({
    ...trial,
    integrity: { ...trial.integrity, lost: 1 },
  }));
  assert.equal(reason(...lossy), "ws is not compared with native: replies of ws were wrong");
  const gone = { ...failedTrial("gone"), server: "ws", scenario: "throughput", case: "size=64" };
  assert.equal(reason(gone), "ws is not compared with native: there is no round with both figures");
});

Deno.test("verdictsOf() leaves out what ran before the rounds", () => {
  const before = rounds("ws", 5, 1).map((trial) => ({ ...trial, round: 0 }));
  assert.match(words(judged(...rounds("native", 1, 1), ...before)[0]!), /no round with both/);
});

Deno.test("inWords() says latencies and large factors as a person would", () => {
  const judgement = (ratio: number) => ({
    ratio,
    interval: { low: ratio * 0.97, high: ratio * 1.02 },
    p: 0.001,
    adjustedP: 0.002,
    rounds: 7,
    difference: ratio > 1 ? "higher" : "lower",
  } as const);
  const say = (metric: MetricDefinition, ratio: number): string =>
    inWords(metric, judgement(ratio), "ws", "native");
  assert.equal(
    say(p50, 1.12),
    "ws has 12 % higher latency p50 than native (95 % interval 9–14 %)",
  );
  assert.equal(
    say(p50, 0.6),
    "ws has 40 % lower latency p50 than native (95 % interval 39–42 %)",
  );
  assert.equal(
    say(p50, 3.2),
    "ws has 3.2 times the latency p50 of native (95 % interval 3.1–3.3 times)",
  );
  assert.equal(
    say(rate, 2.5),
    "ws is 2.5 times as fast as native (95 % interval 2.4–2.5 times)",
  );
  assert.equal(isBetter(p50, judgement(1.12)), false);
  assert.equal(isBetter(rate, judgement(1.12)), true);
  assert.equal(isBetter({ ...rate, better: "none" }, judgement(1.12)), undefined);
});
