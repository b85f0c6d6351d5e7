/** Trials for tests. */

import { encodeHistogram } from "../record/hdr.ts";
import { Histogram } from "../record/histogram.ts";
import type { CompletedTrial, FailedTrial, Figure, Settings } from "./result.ts";

/** The settings of a run of seven rounds. */
export const SETTINGS: Settings = {
  command: "",
  profile: "standard",
  rounds: 7,
  durationMs: 400,
  warmupMs: 250,
  seed: 1,
  pinning: { server: [0], generator: [1] },
  engine: { id: "epoll" },
  generators: 1,
  samples: 100,
  baseline: "native",
};

/**
 * A completed trial.
 *
 * @param metrics value of each metric
 * @param latenciesMs recorded as service times, in milliseconds
 */
export function completedTrial(
  metrics: { readonly [id: string]: Figure },
  latenciesMs: readonly number[] = [],
): CompletedTrial {
  const histogram = new Histogram();
  for (const ms of latenciesMs) histogram.record(ms * 1e6);
  const use = { timeNs: 1e8, share: 0.1 };
  return {
    trial: 1,
    round: 1,
    server: "native",
    client: "websocket",
    scenario: "latency",
    case: "connections=1",
    startedAt: "2026-01-02T03:04:05.678Z",
    state: "completed",
    phases: { startMs: 30, connectMs: 1, warmupMs: 300, windowMs: 1000, drainMs: 0, stopMs: 3 },
    counts: { sent: 10, replies: 10, replyBytes: 640, handshakes: 0, connections: 1 },
    integrity: { sent: 12, answered: 12, lost: 0, duplicated: 0, reordered: 0, corrupted: 0 },
    histograms: latenciesMs.length === 0 ? {} : { serviceTime: encodeHistogram(histogram) },
    connections: { min: 10, mean: 10, max: 10 },
    timeline: [{
      atMs: 0,
      lengthMs: 100,
      count: 0,
      meanMs: null,
      p50Ms: null,
      p99Ms: null,
      maxMs: null,
    }],
    cpu: { server: use, generator: use },
    memory: {
      before: 5e7,
      windowStart: 6e7,
      windowEnd: 6e7,
      peak: 7e7,
      after: { absent: "it has ended" },
    },
    noise: { serverWait: 0.01, generatorWait: 0, stolen: { absent: "this is no virtual machine" } },
    metrics,
    warnings: [{ kind: "generator saturated", cpuShare: 0.97 }],
  };
}

/** A failed trial. */
export function failedTrial(reason: string): FailedTrial {
  const { trial, round, server, client, scenario, case: id, startedAt } = completedTrial({});
  return { trial, round, server, client, scenario, case: id, startedAt, state: "failed", reason };
}
