import assert from "node:assert/strict";
import { type Observed, warningsOfTrial } from "./detect_trial.ts";
import { encodeHistogram } from "../record/hdr.ts";
import { Histogram } from "../record/histogram.ts";
import { completedTrial } from "../model/testdata.ts";
import type { Warning } from "./warnings.ts";

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
      "a window in which nothing was answered",
      { counts: { ...calm.counts, sent: 12, replies: 0, handshakes: 0 } },
      { kind: "window empty", sent: 12 },
    ],
    [
      "connections that got no reply",
      { connections: { min: 0, mean: 1, max: 2, unserved: 3 } },
      { kind: "connections unserved", unserved: 3, connections: calm.counts.connections },
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
      "sends that were late without the machine's part, too",
      {
        arrivals: { offered: 10, sent: 10, late: 2, dropped: 0, answered: 10 },
        histograms: { pacingError: pacing(2, 4), ownPacingError: pacing(0, 3) },
      },
      { kind: "late sends", share: 0.2, longestMs: 4.001791, ownShare: 0.1, isFull: true },
    ],
    [
      "a client that never catches up",
      {
        arrivals: { offered: 10, sent: 10, late: 0, dropped: 0, answered: 10 },
        histograms: { pacingError: pacing(0.5, 0.9), ownPacingError: pacing(0.2, 0.3) },
      },
      { kind: "late sends", share: 0, longestMs: 0.900095, ownShare: 0, isFull: true },
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

Deno.test("warningsOfTrial() names late sends before all that may be their reason", () => {
  const kinds = warningsOfTrial({
    ...calm,
    arrivals: { offered: 10, sent: 10, late: 5, dropped: 0, answered: 10 },
    histograms: { pacingError: pacing(0, 1.5) },
    window: { ...window, standstillMs: 300 },
    noise: { ...calm.noise, stolen: 0.5 },
  }).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["late sends", "window held up", "stolen time"]);
});
