/** The search for the capacity of a server: windows of different arrival rates, each a separate drive. */

import type { WindowLength } from "../../../measure/warnings/detect_trial.ts";
import { searchCapacity } from "../../../measure/judge/capacity.ts";
import { Histogram } from "../../../measure/record/histogram.ts";
import type { IntegrityCounts, Probe } from "../../../measure/model/result.ts";
import { REACHED_SHARE } from "../../../measure/warnings/warnings.ts";
import type { GeneratorReport, GeneratorTask } from "../messages.ts";
import { sum } from "../share.ts";
import { SETTLE_MS } from "./windows.ts";

/** The first probe's rate, as a share of what the server answers in a closed loop. */
const START_SHARE = 0.6;
const NS_PER_MS = 1e6;

/**
 * Searches for the highest arrival rate at which the 99th percentile of the response time keeps a limit, the rate is
 * reached and nothing is lost. A closed loop warms the server up and shows where to begin.
 *
 * @param task its parameters hold the limit
 * @param run drives one window: the rate, the pause, the seed and the warm-up of a task are its own; the report is that
 * of all generators
 * @returns the report of the last probe that passed at the highest sustained rate (of the last one if none passed),
 * with what the search found, and with the account of the replies of all probes
 */
export async function findCapacity(
  task: GeneratorTask,
  run: (task: GeneratorTask) => Promise<GeneratorReport>,
): Promise<GeneratorReport> {
  const { parameters } = task;
  const closed = await run({ ...task, parameters: { ...parameters, inFlight: 1 } });
  const startRate = closed.counts.replies / closed.phases.windowMs * 1000 * START_SHARE;
  const search = searchCapacity({ startRate: Math.max(1, startRate) });
  const reports: (GeneratorReport & { readonly probe: Probe })[] = [];
  let step = search.next();
  while (!step.done) {
    const report = await run({
      ...task,
      parameters: { ...parameters, rate: step.value },
      seed: task.seed + reports.length,
      warmupMs: SETTLE_MS,
    });
    const probe = probeOf(step.value, parameters.sloMs!, report);
    reports.push({ ...report, probe });
    step = search.next(probe.passed);
  }
  const { low, high } = step.value;
  const { probe: _, ...found } =
    reports.findLast(({ probe: { rate, passed } }) => passed && rate === low) ?? reports.at(-1)!;
  return {
    ...found,
    // Any window that was held up may have misled the search.
    window: [closed, ...reports].map(({ window }) => window).reduce((a, b) =>
      heldUpMs(b) > heldUpMs(a) ? b : a
    ),
    integrity: sum(
      [closed, ...reports].map(({ integrity }) => integrity),
    ) satisfies IntegrityCounts,
    capacity: {
      low,
      high: Number.isFinite(high) ? high : null,
      probes: reports.map(({ probe }) => probe),
    },
  };
}

function heldUpMs({ askedMs, tookMs, standstillMs }: WindowLength): number {
  return Math.max(tookMs - askedMs, standstillMs);
}

export function probeOf(
  rate: number,
  sloMs: number,
  { counts, arrivals, integrity, histograms }: GeneratorReport,
): Probe {
  const { offered, answered } = arrivals ?? { offered: 0, answered: 0 };
  const { lost } = integrity;
  const response = Histogram.from(histograms.responseTime ?? []);
  const inMs = (ns: number): number | null => Number.isNaN(ns) ? null : ns / NS_PER_MS;
  const p99Ms = inMs(response.percentile(99));
  const sentShare = offered === 0 ? 0 : counts.sent / offered;
  return {
    rate,
    sentShare,
    p50Ms: inMs(response.percentile(50)),
    p99Ms,
    maxMs: inMs(response.max),
    lost,
    passed: p99Ms !== null && p99Ms <= sloMs && sentShare >= REACHED_SHARE && lost === 0 &&
      answered === offered,
  };
}
