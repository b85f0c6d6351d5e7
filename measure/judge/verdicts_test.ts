import assert from "node:assert/strict";
import type { CompletedTrial, MetricDefinition, Result, Trial } from "../model/result.ts";
import { completedTrial, failedTrial, SETTINGS } from "../model/testdata.ts";
import type { Judgement } from "./judge.ts";
import {
  doubtOf,
  inWords,
  isBetter,
  kindOf,
  precisionOf,
  smallestShownIn,
  type Verdict,
  verdictsOf,
  wayOf,
} from "./verdicts.ts";

const rate: MetricDefinition = { id: "rate", title: "Rate", unit: "messages/s", better: "higher" };
const p50: MetricDefinition = { id: "p50", title: "Latency p50", unit: "ms", better: "lower" };
const cpu: MetricDefinition = {
  id: "cpu.message",
  title: "Server CPU time per message",
  unit: "µs",
  better: "lower",
};
const BASE = [100, 104, 96, 101, 99, 103, 98];
/** What hits ws in each round: its geometric mean is 1. */
const JITTER = [1, -1, 0, 1, -1, -1, 1].map((percent) => Math.exp(percent / 100));

/** Trials of seven rounds of a server, by how much faster it is and how much more CPU time it takes. */
function rounds(server: string, speed: number, effort: number, swing = 1): CompletedTrial[] {
  const factors = BASE.map((value, round) =>
    server === "ws" ? value * JITTER[round]! ** swing : value
  );
  return factors.map((value, round) => ({
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
    "ws is 12 % slower than native (11–13 %)",
    "ws has 30 % higher server CPU time per message than native (29–31 %)",
  ]);
});

Deno.test("verdictsOf() finds a server the same as itself if the rounds are steady, else not told apart", () => {
  const said = (swing: number): string =>
    words(judged(...rounds("native", 1, 1), ...rounds("ws", 1, 1, swing))[0]!);
  assert.equal(said(1), "ws is the same as native within 5 % in rate (−1…+1 %)");
  assert.equal(said(20), "ws is not told apart from native in rate (−17…+20 %)");
});

Deno.test("verdictsOf() judges both aspects apart, and all verdicts of one together", () => {
  const result = resultOf([...rounds("native", 1, 1), ...rounds("ws", 0.88, 1.3)]);
  const [scenario] = result.scenarios;
  const again = { ...scenario!, id: "again" };
  const [one, two] = [result.scenarios, [scenario!, again]].map((scenarios) =>
    verdictsOf({
      ...result,
      scenarios,
      trials: scenarios.flatMap(({ id }) =>
        result.trials.map((trial) => ({ ...trial, scenario: id }))
      ),
    }).map(({ judgement }) => "absent" in judgement ? 0 : judgement.comparisons)
  );
  assert.deepEqual(one, [1, 1]);
  assert.deepEqual(two, [2, 2, 2, 2]);
});

Deno.test("smallestShownIn() is what a run would mostly have shown, of what it compares", () => {
  const run = (swing: number): number | undefined =>
    smallestShownIn(resultOf([...rounds("native", 1, 1), ...rounds("ws", 0.88, 1.3, swing)]));
  // The standard deviation is 0.01, so its error is 0.01 / √7; t of 0.9875 and 0.8 are 2.9687 and 0.9057.
  assert.ok(Math.abs(run(1)! - Math.expm1((2.9687 + 0.9057) * 0.01 / Math.sqrt(7))) < 1e-5);
  assert.ok(run(10)! > 9 * run(1)!, "it grows with the spread");
  assert.equal(smallestShownIn(resultOf(rounds("native", 1, 1))), undefined, "ws did not run");
  const few = resultOf(
    [...rounds("native", 1, 1), ...rounds("ws", 1, 1)].filter((trial) => trial.round < 5),
  );
  assert.equal(smallestShownIn(few), undefined, "there are too few rounds");
});

Deno.test("precisionOf() is the widest interval of what is not of a tail, to either side", () => {
  const steady = resultOf([...rounds("native", 1, 1), ...rounds("ws", 0.88, 1.3)]);
  // t of 0.975 and 6 degrees of freedom is 2.4469.
  assert.ok(Math.abs(precisionOf(steady)! - Math.expm1(2.4469 * 0.01 / Math.sqrt(7))) < 1e-5);
  const wide = resultOf([...rounds("native", 1, 1), ...rounds("ws", 0.88, 1.3, 10)]);
  assert.ok(precisionOf(wide)! > 9 * precisionOf(steady)!);
  const tail: MetricDefinition = {
    ...p50,
    pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
  };
  assert.equal(
    precisionOf({ ...steady, scenarios: [{ ...steady.scenarios[0]!, metrics: [tail] }] }),
    undefined,
  );
});

Deno.test("precisionOf() of one server is that of its own figures", () => {
  const result = resultOf(rounds("native", 1, 1));
  const alone = { ...result, servers: result.servers.slice(0, 1) };
  const precision = precisionOf(alone)!;
  assert.ok(precision > 0.02 && precision < 0.03, `${precision}`);
  assert.equal(precisionOf({ ...alone, trials: alone.trials.slice(0, 4) }), undefined);
});

Deno.test("precisionOf() is unknown until each server has been judged in each case", () => {
  const native = rounds("native", 1, 1);
  assert.equal(precisionOf(resultOf(native)), undefined);
  assert.equal(precisionOf(resultOf([...native, ...rounds("ws", 1, 1).slice(0, 4)])), undefined);
  assert.equal(precisionOf(resultOf([])), undefined);
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

/** A judgement of a ratio with an interval of its own width, clear unless said otherwise. */
function judgement(ratio: number, changes: Partial<Judgement> = {}): Judgement {
  const certainty = changes.certainty ?? "clear";
  return {
    ratio,
    interval: { low: ratio * 0.97, high: ratio * 1.02 },
    p: 0.001,
    adjustedP: 0.002,
    comparisons: 32,
    rounds: 7,
    isApart: false,
    certainty,
    difference: certainty !== "clear" ? "none" : ratio > 1 ? "higher" : "lower",
    ...changes,
  };
}

const say = (metric: MetricDefinition, one: Judgement): string =>
  inWords(metric, one, "ws", "native");

Deno.test("inWords() says latencies and large factors as a person would", () => {
  for (
    const [metric, ratio, words] of [
      [p50, 1.12, "ws has 12 % higher latency p50 than native (9–14 %)"],
      [p50, 0.6, "ws has 40 % lower latency p50 than native (39–42 %)"],
      [p50, 3.2, "ws has 3.2 times the latency p50 of native (3.1–3.3 times)"],
      [p50, 32, "ws has 32 times the latency p50 of native (31–33 times)"],
      [rate, 2.5, "ws is 2.5 times as fast as native (2.4–2.5 times)"],
      [rate, 1.12, "ws is 12 % faster than native (9–14 %)"],
    ] as const
  ) {
    assert.equal(say(metric, judgement(ratio)), words);
  }
});

Deno.test("inWords() says of what is probable only why it may not be so", () => {
  const probable = { certainty: "probable" } as const;
  assert.equal(
    say(rate, judgement(0.82, probable)),
    "ws is probably 18 % slower than native (16–20 %); among 32 comparisons this may be chance",
  );
  assert.equal(
    say(p50, judgement(1.12, probable)),
    "ws has probably 12 % higher latency p50 than native (9–14 %); " +
      "among 32 comparisons this may be chance",
  );
  assert.equal(
    say(rate, judgement(2.5, { ...probable, isApart: true })),
    "ws is probably 2.5 times as fast as native (2.4–2.5 times); " +
      "a whole run may be off by that much: measure both in one run",
  );
  assert.equal(
    say(p50, judgement(3.2, probable)),
    "ws has probably 3.2 times the latency p50 of native (3.1–3.3 times); " +
      "among 32 comparisons this may be chance",
  );
});

Deno.test("inWords() never says that there is no difference", () => {
  const interval = { low: 0.74, high: 1.15 };
  assert.equal(
    say(rate, judgement(0.98, { certainty: "not told apart", interval })),
    "ws is not told apart from native in rate (−26…+15 %)",
  );
  assert.equal(
    say(p50, judgement(1.01, { certainty: "same" })),
    "ws is the same as native within 5 % in latency p50 (−2…+3 %)",
  );
  assert.equal(
    inWords(rate, { absent: "it failed" }, "ws", "native"),
    "ws is not compared with native: it failed",
  );
});

Deno.test("doubtOf() is about the runs where they are apart, else about chance", () => {
  assert.match(doubtOf(judgement(2)), /^among 32 comparisons /);
  assert.match(doubtOf(judgement(2, { isApart: true })), /^a whole run /);
});

Deno.test("isBetter() takes a stand on what is clear, if one way is better", () => {
  assert.equal(isBetter(p50, judgement(1.12)), false);
  assert.equal(isBetter(p50, judgement(0.9)), true);
  assert.equal(isBetter(rate, judgement(1.12)), true);
  assert.equal(isBetter(rate, judgement(1.12, { certainty: "probable" })), undefined);
  assert.equal(isBetter(rate, judgement(1.01, { certainty: "same" })), undefined);
  assert.equal(isBetter({ ...rate, better: "none" }, judgement(1.12)), undefined);
});

Deno.test("wayOf() says which way a figure differs, however sure that is", () => {
  assert.deepEqual([0.9, 1.1].map((ratio) => wayOf(rate, { ratio })), ["worse", "better"]);
  assert.deepEqual([0.9, 1.1].map((ratio) => wayOf(p50, { ratio })), ["better", "worse"]);
  assert.equal(wayOf({ ...rate, better: "none" }, { ratio: 1.1 }), "different");
});

Deno.test("kindOf() tells tails and memory from the rest", () => {
  const read = (statistic: "max" | "mean" | { percentile: number }): MetricDefinition => ({
    ...p50,
    pooled: { histogram: "serviceTime", statistic },
  });
  for (
    const [metric, kind] of [
      [rate, "other"],
      [cpu, "other"],
      [read("mean"), "other"],
      [read({ percentile: 50 }), "other"],
      [read({ percentile: 90 }), "tail"],
      [read({ percentile: 99.9 }), "tail"],
      [read("max"), "tail"],
      [{ ...rate, id: "memory.connection", unit: "bytes" }, "memory"],
    ] as const
  ) {
    assert.equal(kindOf(metric), kind, JSON.stringify(metric));
  }
});
