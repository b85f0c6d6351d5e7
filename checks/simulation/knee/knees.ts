/** Simulated load curves, and what is found in them: by the search that trials use, in windows of the usual length. */

import { traceCurve } from "../../../bench/generator/search/curve.ts";
import { SEARCH_TASK } from "../../../bench/testing/tasks.ts";
import type { CurvePoint } from "../../../measure/model/result.ts";
import { Histogram } from "../../../measure/record/histogram.ts";
import { seededRandom } from "../../../measure/record/random.ts";
import { median, quantile } from "../../../measure/statistics/statistics.ts";
import { readStages } from "../../../scenarios/traffic/timing/texts.ts";
import type { Definition } from "./definitions.ts";
import {
  CAPACITY,
  exponential,
  type Machine,
  normal,
  type Queue,
  type Random,
  UNDISTURBED,
  windowOf,
} from "./queue.ts";

/** The servers that are tried. */
export const QUEUES: readonly Queue[] = [
  { id: "M/M/1", workers: 1, service: exponential },
  { id: "M/D/1", workers: 1, service: () => 1 },
  { id: "M/M/8", workers: 8, service: exponential },
  { id: "M/D/8", workers: 8, service: () => 1 },
  {
    id: "M/D/1 behind 0.5 ms",
    workers: 1,
    service: () => 1,
    besideMs: (random) => 0.5 * Math.exp(0.5 * normal(random)),
  },
];

/** The machines that are tried. */
export const MACHINES: readonly Machine[] = [
  {
    id: "quiet",
    stalls: { perSecond: 0.2, meanMs: 1 },
    speed: (random) => Math.exp(0.01 * normal(random)),
  },
  {
    id: "interrupted",
    stalls: { perSecond: 2, meanMs: 4 },
    speed: (random) => Math.exp(0.03 * normal(random)),
  },
  {
    id: "noisy",
    stalls: { perSecond: 4, meanMs: 5 },
    // One window in ten is slow as a whole.
    speed: (random) =>
      Math.exp(0.05 * normal(random)) * (random() < 0.1 ? 0.6 + 0.3 * random() : 1),
  },
];

const WINDOW_MS = 400;
/** The closed loop begins the search, as a share of the capacity. */
const CLOSED_SHARE = 0.9;

/** The points of a curve of a queue. */
export async function curveOf(
  queue: Queue,
  machine: Machine,
  random: Random,
): Promise<readonly CurvePoint[]> {
  const task = { ...SEARCH_TASK, scenario: "curve", durationMs: WINDOW_MS };
  const { curve } = await traceCurve(task, ({ parameters, durationMs, sliceMs }) => {
    const { rate = CAPACITY * CLOSED_SHARE, stages } = parameters;
    const all = stages === undefined ? [{ durationMs, target: rate }] : readStages(stages);
    return Promise.resolve(windowOf(queue, machine, all, random, { sliceMs }));
  });
  return curve!.points;
}

const LONG_MS = 40_000;
const TRIED = Array.from({ length: 38 }, (_, index) => 0.2 + 0.02 * index);

/** Where rate ÷ p99 is highest without disturbance, as a share of the capacity: in windows of 40 s at 38 rates. */
export function trueKnee(queue: Queue): number {
  const power = (share: number): number => {
    const stage = { durationMs: LONG_MS, target: share * CAPACITY };
    const { histograms } = windowOf(queue, UNDISTURBED, [stage], seededRandom(1));
    return share / Histogram.from(histograms.responseTime!).percentile(99);
  };
  return TRIED.map((share) => ({ share, power: power(share) }))
    .reduce((a, b) => b.power > a.power ? b : a).share;
}

/** Knees of curves as shares of the capacity. */
export interface Found {
  readonly median: number;
  /** The middle 90 %. */
  readonly low: number;
  readonly high: number;
  /** Share of the curves that had a knee. */
  readonly share: number;
}

/** What a definition finds in curves. */
export function foundIn(curves: readonly (readonly CurvePoint[])[], find: Definition): Found {
  const knees = curves.flatMap((points) => find(points) ?? []).map((rate) => rate / CAPACITY);
  return {
    median: median(knees),
    low: quantile(knees, 0.05),
    high: quantile(knees, 0.95),
    share: knees.length / curves.length,
  };
}
