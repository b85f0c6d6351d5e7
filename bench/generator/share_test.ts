import assert from "node:assert/strict";
import { decodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { seededRandom } from "../../measure/record/random.ts";
import { isMeasured, type TimelineSlice } from "../../measure/model/result.ts";
import type { ProcessSample } from "../machine/usage/process.ts";
import type { GeneratorReport, ProcessSamples } from "./messages.ts";
import { mergeReports, shares } from "./share.ts";
import { faultyServer, plannedTrial } from "../testing/plans.ts";
import { runTrial, type TrialSettings } from "../run/trial.ts";
import { assertCompleted } from "../testing/trials.ts";

Deno.test("shares() parts connections as evenly as they can be", () => {
  const parameters = { connections: 10, inFlight: 4, size: 64 };
  assert.deepEqual(shares(parameters, 3), [
    { connections: 4, inFlight: 4, size: 64 },
    { connections: 3, inFlight: 4, size: 64 },
    { connections: 3, inFlight: 4, size: 64 },
  ]);
  assert.deepEqual(shares(parameters, 1), [parameters]);
});

Deno.test("shares() gives away every connection, none of them twice, for any number of generators", () => {
  for (let connections = 1; connections <= 40; connections++) {
    for (let generators = 1; generators <= 12; generators++) {
      const parts = shares({ connections }, generators).map((part) => part.connections!);
      assert.equal(parts.length, Math.min(generators, connections));
      assert.equal(parts.reduce((a, b) => a + b), connections);
      assert.ok(Math.max(...parts) - Math.min(...parts) <= 1);
    }
  }
});

Deno.test("shares() leave the arrival rate whole: it is that of the one schedule", () => {
  assert.deepEqual(shares({ connections: 3, rate: 600, arrivals: "poisson" }, 2), [
    { connections: 2, rate: 600, arrivals: "poisson" },
    { connections: 1, rate: 600, arrivals: "poisson" },
  ]);
});

Deno.test("shares() also share out the connections beside the others", () => {
  assert.deepEqual(shares({ connections: 4, slow: 3, messages: 8 }, 2), [
    { connections: 2, slow: 2, messages: 8 },
    { connections: 2, slow: 1, messages: 8 },
  ]);
  assert.deepEqual(shares({ connections: 2, prompt: 1 }, 2), [
    { connections: 1, prompt: 1 },
    { connections: 1, prompt: 0 },
  ]);
});

Deno.test("mergeReports() merges the accounts of the connections beside the others", () => {
  const bulk = {
    connections: 2,
    messages: 9,
    size: 16,
    taken: 5,
    takenMs: 7,
    closed: 0,
    abandoned: 0,
    lateMs: 1,
  };
  const merged = mergeReports([{ ...report(1), bulk }, report(2), { ...report(3), bulk }]);
  assert.deepEqual(merged.bulk, { ...bulk, connections: 4, taken: 10 });
  assert.equal(mergeReports([report(1), report(2)]).bulk, undefined);
});

Deno.test("mergeReports() sums what became of scheduled messages", () => {
  const arrivals = { offered: 10, sent: 9, late: 2, dropped: 1, answered: 8 };
  const merged = mergeReports([1, 2].map((number) => ({ ...report(number), arrivals })));
  assert.deepEqual(merged.arrivals, { offered: 20, sent: 18, late: 4, dropped: 2, answered: 16 });
});

Deno.test("mergeReports() sums what became of pings", () => {
  const pings = { due: 10, answered: 9 };
  const merged = mergeReports([1, 2].map((number) => ({ ...report(number), pings })));
  assert.deepEqual(merged.pings, { due: 20, answered: 18 });
  assert.equal(mergeReports([report(1), report(2)]).pings, undefined);
});

Deno.test("shares() parts handshakes under way if a case has no connections", () => {
  assert.deepEqual(shares({ concurrency: 5 }, 2), [{ concurrency: 3 }, { concurrency: 2 }]);
});

Deno.test("shares() gives a case to one generator if there is nothing to part", () => {
  assert.deepEqual(shares({ messages: 500, size: 64 }, 4), [{ messages: 500, size: 64 }]);
});

function samplesOf(sample: number): ProcessSamples {
  const one = { sample } as unknown as ProcessSample;
  return { "before connecting": one, "window starts": one, "window ends": one, closed: one };
}

function slice(count: number, meanMs: number | null): TimelineSlice {
  const known = meanMs === null ? null : meanMs * 2;
  return {
    atMs: 0,
    lengthMs: 100,
    count,
    meanMs,
    p50Ms: meanMs,
    p99Ms: known,
    maxMs: known,
  };
}

function report(
  number: number,
  { connections = 2, times = [], timeline = [], spread }: {
    connections?: number;
    times?: readonly number[];
    timeline?: readonly TimelineSlice[];
    spread?: NonNullable<GeneratorReport["connections"]>;
  } = {},
): GeneratorReport {
  const entries = (factor: number): [ns: number, count: number][] => {
    const histogram = new Histogram();
    for (const ns of times) histogram.record(ns * factor);
    return [...histogram.entries()];
  };
  return {
    state: "completed",
    startedAtMs: 0,
    phases: { connectMs: number, warmupMs: 1, windowMs: 1000, drainMs: 2 },
    window: { askedMs: 1000, allowedMs: 0, tookMs: 1000, standstillMs: 0 },
    counts: {
      sent: 10 * number,
      replies: 9 * number,
      replyBytes: 64 * number,
      handshakes: number,
      connections,
    },
    integrity: {
      sent: 11 * number,
      answered: 10 * number,
      lost: number,
      duplicated: 2 * number,
      reordered: 3 * number,
      corrupted: 4 * number,
    },
    histograms: {
      serviceTime: entries(1),
      handshakeTime: entries(2),
      batchTime: entries(3),
    },
    ...(spread && { connections: spread }),
    timeline,
    server: number === 1 ? samplesOf(0) : null,
    generator: samplesOf(number),
    others: [],
    throttled: {
      server: number === 1 ? { cpus: 1, times: 1, throttledMs: 10 } : null,
      client: { cpus: 1, times: number, throttledMs: 10 * number },
    },
    stolen: 0,
  };
}

Deno.test("mergeReports() has the time from the first window's begin to the last one's end", () => {
  const one = (warmupMs: number, windowMs: number, standstillMs: number): GeneratorReport => {
    const { phases, window, ...rest } = report(1);
    return {
      ...rest,
      phases: { ...phases, warmupMs, windowMs },
      window: { ...window, tookMs: windowMs, standstillMs },
    };
  };
  const stretched = mergeReports([one(100, 1000, 0), one(101, 2300, 1300)]);
  // Nothing was counted that says otherwise: what they shared is one second without the millisecond in between.
  assert.equal(stretched.phases.windowMs, 999);
  assert.deepEqual(
    stretched.window,
    { askedMs: 1000, allowedMs: 0, tookMs: 2301, standstillMs: 1300 },
  );
  // The second was held up while it was warming up: no window was longer than asked.
  assert.equal(mergeReports([one(100, 1000, 0), one(900, 1000, 0)]).window.tookMs, 1800);
});

Deno.test("mergeReports() leaves a single report as it is", () => {
  const only = report(1, { times: [5], timeline: [slice(3, 1)] });
  assert.equal(mergeReports([only]), only);
});

Deno.test("mergeReports() throws if there is none", () => {
  assert.throws(() => mergeReports([]), { name: "RangeError", message: "Cannot merge no reports" });
});

Deno.test("mergeReports() sums counts, and has the samples of the server once and of all generators", () => {
  const merged = mergeReports([report(1), report(2), report(4)]);
  assert.deepEqual(merged.counts, {
    sent: 70,
    replies: 63,
    replyBytes: 448,
    handshakes: 7,
    connections: 6,
  });
  assert.deepEqual(merged.integrity, {
    sent: 77,
    answered: 70,
    lost: 7,
    duplicated: 14,
    reordered: 21,
    corrupted: 28,
  });
  assert.deepEqual(merged.throttled, {
    server: { cpus: 1, times: 1, throttledMs: 10 },
    client: { cpus: 1, times: 4, throttledMs: 40 },
  });
  assert.deepEqual(merged.server, samplesOf(0));
  assert.deepEqual(merged.generator, samplesOf(1));
  assert.deepEqual(merged.others, [samplesOf(2), samplesOf(4)]);
});

Deno.test("mergeReports() makes the histograms that one generator would have made", () => {
  const random = seededRandom(7);
  const times = Array.from({ length: 3000 }, () => Math.floor(random() ** 4 * 1e9) + 1);
  const whole = report(1, { times }).histograms;
  const merged = mergeReports([
    report(1, { times: times.slice(0, 700) }),
    report(2, { times: times.slice(700, 701) }),
    report(3),
    report(4, { times: times.slice(701) }),
  ]).histograms;
  assert.deepEqual(merged, whole);
  assert.equal(Histogram.from(merged.serviceTime!).count, 3000);
});

Deno.test("mergeReports() weighs the means of connections with their number", () => {
  const merged = mergeReports([
    report(1, { connections: 3, spread: { min: 10, mean: 20, max: 30, unserved: 2 } }),
    report(2, { connections: 1, spread: { min: 5, mean: 60, max: 60, unserved: 1 } }),
    report(3),
  ]);
  assert.deepEqual(merged.connections, { min: 5, mean: 30, max: 60, unserved: 3 });
  assert.equal(mergeReports([report(1), report(2)]).connections, undefined);
});

Deno.test("mergeReports() puts slices together, without the percentiles that cannot be", () => {
  const merged = mergeReports([
    report(1, { timeline: [slice(3, 10), slice(0, null), slice(2, 4)] }),
    report(2, { timeline: [slice(1, 50), slice(0, null)] }),
  ]).timeline;
  const rest = { atMs: 0, lengthMs: 100, p50Ms: null, p99Ms: null };
  assert.deepEqual(merged, [
    { ...rest, count: 4, meanMs: 20, maxMs: 100 },
    { ...rest, count: 0, meanMs: null, maxMs: null },
    { ...rest, count: 2, meanMs: 4, maxMs: 8 },
  ]);
});

Deno.test("runTrial() has three generators share a trial", async () => {
  const settings: TrialSettings = {
    warmupMs: 50,
    durationMs: 1000,
    pinning: { absent: "this is a test" },
    engine: { id: Deno.build.os === "linux" ? "epoll" : "tcp" },
    generators: 3,
    samples: 10,
  };
  const plan = plannedTrial(faultyServer("none"), undefined, {
    connections: 7,
    inFlight: 2,
    size: 64,
  });
  const trial = await runTrial(
    { ...plan, client: "wire" },
    settings,
    new AbortController().signal,
  );
  assertCompleted(trial);
  if (trial.state !== "completed") return;
  const { counts, integrity, histograms, connections, metrics, phases, cpu } = trial;
  assert.equal(counts.connections, 7);
  assert.equal(integrity.answered, integrity.sent);
  assert.deepEqual(
    [integrity.lost, integrity.duplicated, integrity.reordered, integrity.corrupted],
    [0, 0, 0, 0],
  );
  assert.ok(counts.replies > 0 && counts.replies <= integrity.answered);
  assert.equal(counts.replyBytes, counts.replies * 64);
  assert.equal(decodeHistogram(histograms.serviceTime!).count, counts.sent);
  assert.ok(connections!.min > 0 && connections!.min <= connections!.mean);
  assert.equal(metrics["rate"], counts.replies / (phases.windowMs / 1000));
  if (Deno.build.os === "linux") assert.ok(isMeasured(cpu.generator.timeNs));
});

Deno.test("mergeReports() puts the samples of all in the order of their times", () => {
  const latencies = (...atMs: number[]) => ({
    every: atMs.length,
    atMs,
    latencyMs: atMs.map((at) => at / 10),
  });
  const merged = mergeReports([
    { ...report(1), samples: latencies(1, 5, 9) },
    { ...report(2), samples: latencies(2, 7) },
    report(3),
  ]);
  assert.deepEqual(merged.samples, {
    every: 3,
    atMs: [1, 2, 5, 7, 9],
    latencyMs: [0.1, 0.2, 0.5, 0.7, 0.9],
  });
  assert.equal(mergeReports([report(1), report(2)]).samples, undefined);
});
