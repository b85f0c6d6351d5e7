import assert from "node:assert/strict";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type { CompletedTrial, FailedTrial } from "../../measure/model/result.ts";
import type { Pacing } from "./pacing.ts";
import {
  outcomeOf,
  type Outcomes,
  pacingRows,
  padded,
  problemLines,
  ratios,
  rotated,
  type Sample,
  tableRows,
} from "./table.ts";

function histogramOf(...ns: number[]): Histogram {
  const histogram = new Histogram();
  for (const value of ns) histogram.record(value);
  return histogram;
}

function sample(rate: number, changes: Partial<Sample> = {}): Sample {
  return {
    state: "measured",
    rate,
    perCpuSecond: rate * 2,
    generatorShare: 0.5,
    serverShare: 0.987,
    latency: histogramOf(1000),
    ...changes,
  };
}

const identity = {
  trial: 1,
  round: 1,
  server: "native",
  client: "wire",
  scenario: "throughput",
  case: "connections=1",
  startedAt: "2026-01-01T00:00:00.000Z",
};

function completed(changes: Partial<CompletedTrial> = {}): CompletedTrial {
  return {
    ...identity,
    state: "completed",
    phases: { startMs: 1, connectMs: 1, warmupMs: 1, windowMs: 500, drainMs: 1, stopMs: 1 },
    counts: { sent: 1000, replies: 1000, replyBytes: 16_000, handshakes: 0, connections: 1 },
    integrity: { sent: 9, answered: 9, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
    histograms: { serviceTime: encodeHistogram(histogramOf(1000, 2000)) },
    timeline: [],
    cpu: { server: { timeNs: 4e8, share: 0.8 }, generator: { timeNs: 25e7, share: 0.5 } },
    memory: { before: 1, windowStart: 1, windowEnd: 1, peak: 1, after: 1 },
    noise: { serverWait: 0, generatorWait: 0, stolen: 0 },
    metrics: {},
    warnings: [],
    ...changes,
  };
}

Deno.test("rotated() begins one item later each round, and again with the first", () => {
  const items = ["a", "b", "c"];
  assert.deepEqual(
    [0, 1, 2, 3].map((round) => rotated(items, round).join("")),
    ["abc", "bca", "cab", "abc"],
  );
  assert.deepEqual(rotated([], 2), []);
});

Deno.test("outcomeOf() reads rate, CPU and latency off a trial", () => {
  const outcome = outcomeOf(completed());
  assert.equal(outcome.state, "measured");
  if (outcome.state !== "measured") return;
  const { rate, perCpuSecond, generatorShare, serverShare, latency } = outcome;
  assert.deepEqual({ rate, perCpuSecond, generatorShare, serverShare, count: latency.count }, {
    rate: 2000,
    perCpuSecond: 4000,
    generatorShare: 0.5,
    serverShare: 0.8,
    count: 2,
  });
});

Deno.test("outcomeOf() keeps the reason of a figure that is absent", () => {
  const absent = { absent: "no /proc" };
  const cpu = { ...completed().cpu, generator: { timeNs: absent, share: absent } };
  const outcome = outcomeOf(completed({ cpu }));
  assert.equal(outcome.state === "measured" && outcome.perCpuSecond, absent);
});

Deno.test("outcomeOf() gives no figures for wrong replies, no reply, and a failed trial", () => {
  const integrity = { ...completed().integrity, lost: 1200, corrupted: 1 };
  assert.deepEqual(outcomeOf(completed({ integrity })), {
    state: "wrong",
    reason: "1,200 lost, 1 corrupted",
  });
  assert.deepEqual(outcomeOf(completed({ histograms: {} })), {
    state: "failed",
    reason: "No reply came",
  });
  const failed: FailedTrial = { ...identity, state: "failed", reason: "It ended" };
  assert.deepEqual(outcomeOf(failed), { state: "failed", reason: "It ended" });
});

Deno.test("ratios() compares the rounds in which both were measured", () => {
  const first = { title: "a", rounds: [sample(100), sample(300), sample(500)] };
  const other: Outcomes = {
    title: "b",
    rounds: [sample(50), { state: "failed", reason: "" }, sample(1000)],
  };
  assert.deepEqual(ratios(first, other, ({ rate }) => rate), [2, 0.5]);
  assert.deepEqual(ratios(first, { title: "c", rounds: [] }, ({ rate }) => rate), []);
  assert.deepEqual(ratios(first, other, () => ({ absent: "not on this machine" })), []);
});

Deno.test("tableRows() gives medians with their spread and merged percentiles", () => {
  const [, first, other] = tableRows([
    {
      title: "first",
      rounds: [
        sample(3000, { latency: histogramOf(1000) }),
        sample(1000, { latency: histogramOf(2000, 2000) }),
        sample(2000, { latency: histogramOf(4000) }),
      ],
    },
    { title: "other", rounds: [sample(1000), sample(1000), sample(1000)] },
  ]);
  assert.deepEqual(first, [
    "first",
    "2,000 (1,000–3,000)",
    "2.0",
    "4.0",
    "4,000",
    "50 %",
    "99 %",
    "–",
    "–",
    "3",
  ]);
  assert.deepEqual(other?.slice(-3), ["2.00 (1.00–3.00)", "2.00 (1.00–3.00)", "3"]);
});

Deno.test("tableRows() shows how many rounds count, and no figure if none does", () => {
  const broken = { state: "failed", reason: "It ended" } as const;
  const [header, , half, none] = tableRows([
    { title: "first", rounds: [sample(1), sample(1)] },
    { title: "half", rounds: [sample(1), broken] },
    { title: "none", rounds: [broken, broken] },
  ]);
  assert.equal(half?.at(-1), "1 of 2");
  assert.deepEqual(none, ["none", ...Array(header!.length - 2).fill("–"), "0 of 2"]);
});

Deno.test("problemLines() names the driver, the round and the reason", () => {
  const lines = problemLines([
    { title: "ws", rounds: [sample(1), { state: "wrong", reason: "1 lost" }] },
    { title: "wire (tcp)", rounds: [{ state: "failed", reason: "It ended" }] },
  ]);
  assert.deepEqual(lines, [
    "WRONG REPLIES: ws, round 2: 1 lost",
    "FAILED: wire (tcp), round 1: It ended",
  ]);
});

Deno.test("padded() puts the first column left and the others right", () => {
  assert.deepEqual(padded([["client", "rate"], ["ws", "1"]]), ["client  rate", "ws         1"]);
  assert.deepEqual(padded([]), []);
});

Deno.test("pacingRows() gives medians over the rounds that were measured", () => {
  const round = (late: number, lateShare: number): Pacing => ({
    state: "measured",
    floor: histogramOf(1000),
    late: histogramOf(late),
    own: histogramOf(1500),
    lateShare,
  });
  const [header, row] = pacingRows([{
    rate: 20_000,
    rounds: [round(2000, 0.001), { state: "failed", reason: "" }, round(1900, 0.003)],
  }]);
  assert.equal(header!.length, row!.length);
  assert.deepEqual([row![0], row![3], row![6], row![7]], [
    "20,000",
    "1.9 (1.9–2.0)",
    "0.2 % (0.1 %–0.3 %)",
    "2 of 3",
  ]);
});
