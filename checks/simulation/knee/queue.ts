/** Windows in front of simulated servers: a queue before workers, on a machine that interrupts them. */

import type { TimelineSlice } from "../../../measure/model/result.ts";
import { Histogram } from "../../../measure/record/histogram.ts";
import { SLICE_MS } from "../../../measure/record/timeline.ts";
import { quantile } from "../../../measure/statistics/statistics.ts";
import { reportOf } from "../../../bench/testing/reports.ts";
import type { GeneratorReport } from "../../../bench/generator/messages.ts";
import type { Stage } from "../../../scenarios/traffic/timing/texts.ts";

/** Draws from 0 to below 1. */
export type Random = () => number;

/** What the simulated servers can do per second, undisturbed. */
export const CAPACITY = 10_000;

/** Workers that share a queue. */
export interface Queue {
  readonly id: string;
  readonly workers: number;
  /** Draws how long a message takes a worker, as a multiple of its mean. */
  readonly service: (random: Random) => number;
  /** What a message takes beside that, without waiting for others, in milliseconds. */
  readonly besideMs?: (random: Random) => number;
}

/** What a machine does to its servers. */
export interface Machine {
  readonly id: string;
  /** Interruptions of all workers per second, and their mean length in milliseconds; exponential. */
  readonly stalls: { readonly perSecond: number; readonly meanMs: number };
  /** Draws the speed of a window, as a share of the undisturbed one. */
  readonly speed: (random: Random) => number;
}

/** Nothing else runs on it. */
export const UNDISTURBED: Machine = {
  id: "undisturbed",
  stalls: { perSecond: 0, meanMs: 0 },
  speed: () => 1,
};

/** Draws from an exponential distribution of mean 1. */
export function exponential(random: Random): number {
  return -Math.log(1 - random());
}

/** Draws from a normal distribution of mean 0 and standard deviation 1, after Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random());
}

/**
 * What a generator reports of a window: Poisson arrivals at the rates of stages, which change at once.
 *
 * @param options.mostSent how much the client can send per second
 */
export function windowOf(
  { workers, service, besideMs = () => 0 }: Queue,
  { stalls, speed }: Machine,
  stages: readonly Stage[],
  random: Random,
  { mostSent = Infinity, sliceMs = SLICE_MS }: {
    readonly mostSent?: number;
    readonly sliceMs?: number | undefined;
  } = {},
): GeneratorReport {
  const response = new Histogram();
  const slices: number[][] = [];
  const wholeMs = stages.reduce((total, { durationMs }) => total + durationMs, 0);
  const meanMs = workers * 1000 / CAPACITY / speed(random);
  const free = new Float64Array(workers);
  const untilStall = (): number => exponential(random) * 1000 / stalls.perSecond;
  let stallAt = untilStall();
  let [offered, sent, replies, at, endMs] = [0, 0, 0, 0, 0];
  for (const { durationMs, target } of stages) {
    endMs += durationMs;
    for (; at < endMs; at += exponential(random) * 1000 / target) {
      offered++;
      if (random() > mostSent / target) continue;
      sent++;
      for (; stallAt <= at; stallAt += untilStall()) {
        const stallMs = exponential(random) * stalls.meanMs;
        for (let worker = 0; worker < workers; worker++) {
          free[worker] = Math.max(free[worker]!, stallAt) + stallMs;
        }
      }
      let first = 0;
      for (let worker = 1; worker < workers; worker++) {
        if (free[worker]! < free[first]!) first = worker;
      }
      free[first] = Math.max(free[first]!, at) + meanMs * service(random);
      const repliedMs = free[first]! + besideMs(random);
      response.record((repliedMs - at) * 1e6);
      if (repliedMs > wholeMs) continue;
      replies++;
      (slices[Math.floor(repliedMs / sliceMs)] ??= []).push(repliedMs - at);
    }
  }
  const timeline = Array.from(
    { length: Math.ceil(wholeMs / sliceMs) },
    (_, index): TimelineSlice => {
      const times = slices[index] ?? [];
      const [p50Ms, p99Ms] = times.length === 0
        ? [null, null]
        : [quantile(times, 0.5), quantile(times, 0.99)];
      const start = { atMs: index * sliceMs, lengthMs: sliceMs, count: times.length };
      return { ...start, meanMs: p50Ms, p50Ms, p99Ms, maxMs: p99Ms };
    },
  );
  const report = reportOf(sent, 1);
  return {
    ...report,
    phases: { ...report.phases, windowMs: wholeMs },
    counts: { ...report.counts, sent, replies },
    arrivals: { offered, sent, late: 0, dropped: 0, answered: sent },
    histograms: { responseTime: [...response.entries()] },
    timeline,
  };
}
