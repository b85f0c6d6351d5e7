/** Several generators for one trial: their shares of it, and their reports merged. */

import type { WindowLength } from "../../measure/warnings/detect_trial.ts";
import { HISTOGRAMS, mergeAccounts } from "../../measure/record/accounts/mod.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import type {
  HistogramName,
  IntegrityCounts,
  TimelineSlice,
  WindowCounts,
} from "../../measure/model/result.ts";
import { type CaseParameters, entriesOf, rowOf } from "../../scenarios/parameters.ts";
import type { GeneratorReport } from "./messages.ts";
import { together } from "./pulse.ts";
import { sumTcp } from "./tcp_totals.ts";
import { partOf } from "../../scenarios/traffic/timing/schedule.ts";
import { lengthOfRate, type Span } from "./together/overlap.ts";
import { largest, smallest } from "../../measure/statistics/statistics.ts";

/**
 * The shares of generators in a case: its connections, its rooms with all their members, or its handshakes under way, as
 * evenly as they can be. The
 * arrivals are those of one schedule, of which each sends its own ({@linkcode Share}). A case with fewer connections
 * than generators has fewer shares. One that names no connections is the same for all if its traffic goes by its share:
 * by stages, which name the connections of all, by a schedule, or by messages in flight; else it has one share.
 */
export function shares(parameters: CaseParameters, generators: number): CaseParameters[] {
  const name = (["connections", "rooms"] as const).find((one) => parameters[one] !== undefined) ??
    "concurrency";
  const whole = parameters[name];
  if (whole === undefined) {
    const { stages, arrivals, inFlight } = parameters;
    const isByShare = (stages ?? arrivals ?? inFlight) !== undefined;
    return new Array(isByShare ? generators : 1).fill(parameters);
  }
  const count = Math.min(generators, whole);
  return Array.from({ length: count }, (_, index) => ({
    ...Object.fromEntries(
      entriesOf(parameters).map(([name, value]) =>
        typeof value === "number" && rowOf(name).isShared
          ? [name, partOf(value, { index, of: count })]
          : [name, value]
      ),
    ),
    [name]: partOf(whole, { index, of: count }),
  }));
}

/**
 * Merges the reports of generators that shared a trial; histograms are merged exactly. The length of the window is that
 * which they shared ({@linkcode lengthOfRate}).
 *
 * @param windows when their windows were open, all by one clock; by default they are taken to have started together
 */
export function mergeReports(
  reports: readonly GeneratorReport[],
  windows: readonly Span[] = reports.map(sinceStart),
): GeneratorReport {
  const [first] = reports;
  if (first === undefined) throw new RangeError("Cannot merge no reports");
  if (reports.length === 1) return first;
  const beginsMs = windows.map(({ startMs }) =>
    startMs - smallest(windows.map((one) => one.startMs))
  );
  const timed = reports.map(({ timeline }, index) => ({ timeline, window: windows[index]! }));
  return {
    ...first,
    phases: { ...first.phases, windowMs: lengthOfRate(timed) },
    window: mergeWindows(reports, windows),
    counts: sum(reports.map(({ counts }) => counts)) satisfies WindowCounts,
    integrity: sum(reports.map(({ integrity }) => integrity)) satisfies IntegrityCounts,
    ...mergeAccounts(reports),
    histograms: mergeHistograms(reports),
    ...mergeSpreads(reports),
    ...mergeSamples(reports, beginsMs),
    timeline: mergeTimelines(reports, beginsMs),
    throttled: {
      server: first.throttled.server,
      client: reports.map(({ throttled }) => throttled.client).reduce((a, b) =>
        (b?.throttledMs ?? 0) > (a?.throttledMs ?? 0) ? b : a
      ),
    },
    ...(first.tcp !== undefined && { tcp: sumTcp(reports.map(({ tcp }) => tcp)) }),
    others: reports.slice(1).flatMap(({ generator, others }) => [generator, ...others]),
  };
}

/** A window since the traffic started. */
function sinceStart({ phases: { warmupMs, windowMs } }: GeneratorReport): Span {
  return { startMs: warmupMs, endMs: warmupMs + windowMs };
}

/** A generator that was held up before its window measured at another time than the others. */
function mergeWindows(reports: readonly GeneratorReport[], windows: readonly Span[]): WindowLength {
  return {
    ...reports[0]!.window,
    tookMs: largest(windows.map(({ endMs }) => endMs)) -
      smallest(windows.map(({ startMs }) => startMs)),
    standstillMs: largest(reports.map(({ window }) => window.standstillMs)),
  };
}

/** Adds numbers up, name by name. */
export function sum<T extends { readonly [name in keyof T]: number }>(all: readonly T[]): T {
  const names = Object.keys(all[0]!) as (keyof T)[];
  return Object.fromEntries(
    names.map((name) => [name, all.reduce((total, one) => total + one[name], 0)]),
  ) as T;
}

function mergeHistograms(reports: readonly GeneratorReport[]): GeneratorReport["histograms"] {
  return Object.fromEntries(
    (Object.keys(HISTOGRAMS) as HistogramName[]).flatMap((name) => {
      const merged = new Histogram();
      for (const { histograms } of reports) merged.add(histograms[name] ?? []);
      return merged.count === 0 ? [] : [[name, [...merged.entries()]]];
    }),
  );
}

/** All samples in the order of their times, since the first of the windows began. */
function mergeSamples(
  reports: readonly GeneratorReport[],
  beginsMs: readonly number[],
): Pick<GeneratorReport, "samples"> {
  const all = reports.flatMap(({ samples }, index) =>
    samples === undefined ? [] : [{ ...samples, beginMs: beginsMs[index]! }]
  );
  if (all.length === 0) return {};
  const pairs = all.flatMap(({ atMs, latencyMs, beginMs }) =>
    atMs.map((at, index) => [at + beginMs, latencyMs[index]!] as const)
  ).sort(([a], [b]) => a - b);
  return {
    samples: {
      every: largest(all.map(({ every }) => every)),
      atMs: pairs.map(([at]) => at),
      latencyMs: pairs.map(([, latency]) => latency),
    },
  };
}

function mergeSpreads(reports: readonly GeneratorReport[]): Pick<GeneratorReport, "connections"> {
  const spreads = reports.flatMap(({ connections, counts }) =>
    connections === undefined ? [] : [{ ...connections, weight: counts.connections }]
  );
  if (spreads.length === 0) return {};
  const weight = spreads.reduce((total, one) => total + one.weight, 0);
  return {
    connections: {
      min: smallest(spreads.map(({ min }) => min)),
      mean: spreads.reduce((total, { mean, weight }) => total + mean * weight, 0) / weight,
      max: largest(spreads.map(({ max }) => max)),
      unserved: spreads.reduce((total, { unserved = 0 }) => total + unserved, 0),
    },
  };
}

/** Slices that were at the same time, since the first of the windows began: at most half a slice apart. */
function mergeTimelines(
  reports: readonly GeneratorReport[],
  beginsMs: readonly number[],
): TimelineSlice[] {
  const sliceMs = largest(
    reports.flatMap(({ timeline }) => timeline).map((one) => one.lengthMs),
    1,
  );
  const groups = Map.groupBy(
    reports.flatMap(({ timeline }, index) =>
      timeline.map((slice, place) => ({
        slice,
        place: place + Math.round(beginsMs[index]! / sliceMs),
      }))
    ),
    ({ place }) => place,
  );
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) =>
    mergeSlices(group.map(({ slice }) => slice))
  );
}

/** Medians and percentiles of slices cannot be merged: they are left out. */
function mergeSlices(slices: readonly TimelineSlice[]): TimelineSlice {
  const added = (name: "connections" | "offered"): { readonly [name in typeof name]?: number } => {
    const known = slices.map((slice) => slice[name]).filter((value) => value !== undefined);
    return known.length === 0 ? {} : { [name]: known.reduce((sum, value) => sum + value) };
  };
  return {
    ...slices[0]!,
    ...together(slices),
    ...added("connections"),
    ...added("offered"),
    p50Ms: null,
    p99Ms: null,
  };
}
