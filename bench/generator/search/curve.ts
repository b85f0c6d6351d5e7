/** The curve of a server: windows of rising arrival rates until far beyond what it sustains, its way back, and falling rates. */

import { Histogram } from "../../../measure/record/histogram.ts";
import {
  type Curve,
  type CurvePoint,
  type IntegrityCounts,
  isMeasured,
  type Recovery,
  type TimelineSlice,
} from "../../../measure/model/result.ts";
import { keepsUp, kneeOfCurve } from "../../../measure/scaling/load_curve.ts";
import { largest, median } from "../../../measure/statistics/statistics.ts";
import { REACHED_SHARE } from "../../../measure/warnings/warnings.ts";
import { cpuBetween } from "../../machine/usage/process.ts";
import type { GeneratorReport, GeneratorTask } from "../messages.ts";
import { sum } from "../share.ts";
import { SETTLE_MS } from "./windows.ts";

/** Rising rates, as shares of the rate in a closed loop. */
const RISING = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
/** A server that is not overloaded then gets so much more, again and again, so often at most. */
const GROWTH = 1.2;
const MOST_GROWTHS = 12;
/** Beside the knee so many rates are put between those that were tried, unless their neighbours are as close as that. */
const REFINED = 4;
const CLOSE = 1.03;
/** Overload, as multiples of the highest throughput that was seen. */
const OVERLOAD = [1.25, 1.5, 2];
/** The overload from which it is to come back, and the share of the highest throughput that it gets before and after. */
const RECOVERY = { overload: 2, rate: 0.5 };
/** The way back takes so many windows: one before, one of overload, and the rest to recover. */
const RECOVERY_WINDOWS = 8;
/** Falling rates, as shares of the highest throughput: those that rose are taken again that are next to them. */
const FALLING = [0.9, 0.7, 0.5, 0.3, 0.1];
/** Slices are so short that most have no interruption in them, and hold so many messages that they have a p99. */
const SLICE = { ms: 50, messages: 100 };
const NS_PER_MS = 1e6;

/** A point with the report that it was made of. */
interface Tried {
  readonly point: CurvePoint;
  readonly report: GeneratorReport;
}

/**
 * Measures the response time at rising, too high and falling arrival rates. A closed loop warms the server up and shows
 * where to begin. Rates that the client could not send end the rise: from there on it is the client that is measured.
 *
 * @param task its parameters hold the limit
 * @param run drives one window; the report is that of all generators
 * @returns the report of the rising rate next to half of the highest throughput, with the curve, and with the account of
 * the replies of all windows
 */
export async function traceCurve(
  task: GeneratorTask,
  run: (task: GeneratorTask) => Promise<GeneratorReport>,
): Promise<GeneratorReport> {
  const { parameters } = task;
  const limitMs = parameters.sloMs!;
  const reports: GeneratorReport[] = [];
  async function drive(changed: Partial<GeneratorTask>): Promise<GeneratorReport> {
    const report = await run({ ...task, seed: task.seed + reports.length, ...changed });
    reports.push(report);
    return report;
  }
  async function at(rate: number, way: CurvePoint["way"]): Promise<Tried> {
    const report = await drive({
      parameters: { ...parameters, rate },
      warmupMs: SETTLE_MS,
      sliceMs: Math.min(task.durationMs, Math.max(SLICE.ms, SLICE.messages / rate * 1000)),
    });
    return { point: pointOf(rate, way, limitMs, report), report };
  }

  const closed = await drive({ parameters: { ...parameters, inFlight: 1 } });
  const closedRate = Math.max(1, answeredPerSecond(closed));
  const rising: Tried[] = [];
  for (const share of RISING) rising.push(await at(share * closedRate, "up"));
  for (let more = 0; more < MOST_GROWTHS && isSustained(rising.at(-1)!); more++) {
    rising.push(await at(rising.at(-1)!.point.rate * GROWTH, "up"));
  }
  for (let more = 0; more < REFINED; more++) {
    const rate = bendOf(rising.map(({ point }) => point));
    if (rate === undefined) break;
    rising.push(await at(rate, "up"));
    rising.sort((a, b) => a.point.rate - b.point.rate);
  }
  const highest = largest(rising.map(({ point: { answered } }) => answered));
  const beyond: Tried[] = [];
  for (const factor of OVERLOAD) beyond.push(await at(factor * highest, "overload"));
  const recovery = beyond.every(isReached) ? await recover() : null;
  const falling: Tried[] = [];
  for (const share of FALLING) falling.push(await at(nearest(share * highest).point.rate, "down"));

  return {
    ...nearest(highest / 2).report,
    // Any window that was held up may have bent the curve.
    window: reports.map(({ window }) => window).reduce((a, b) =>
      Math.max(b.tookMs - b.askedMs, b.standstillMs) >
          Math.max(a.tookMs - a.askedMs, a.standstillMs)
        ? b
        : a
    ),
    integrity: sum(reports.map(({ integrity }) => integrity)) satisfies IntegrityCounts,
    curve: {
      closedRate,
      limitMs,
      points: [...rising, ...beyond, ...falling].map(({ point }) => point),
      recovery,
    } satisfies Curve,
  };

  function nearest(rate: number): Tried {
    const off = ({ point }: Tried): number => Math.abs(point.rate - rate);
    return rising.reduce((a, b) => off(b) < off(a) ? b : a);
  }

  async function recover(): Promise<Recovery> {
    const [rate, overloadRate] = [RECOVERY.rate * highest, RECOVERY.overload * highest];
    const overloadMs = task.durationMs;
    const watchedMs = (RECOVERY_WINDOWS - 2) * overloadMs;
    const stages = [
      `0s:${rate.toFixed(3)}`,
      `${overloadMs}ms:${rate.toFixed(3)}`,
      `0s:${overloadRate.toFixed(3)}`,
      `${overloadMs}ms:${overloadRate.toFixed(3)}`,
      `0s:${rate.toFixed(3)}`,
      `${watchedMs}ms:${rate.toFixed(3)}`,
    ].join(",");
    const { timeline } = await drive({
      parameters: { ...parameters, stages },
      warmupMs: SETTLE_MS,
      durationMs: RECOVERY_WINDOWS * overloadMs,
    });
    return {
      rate,
      overloadRate,
      overloadMs,
      watchedMs,
      ...recoveryOf(timeline, overloadMs, 2 * overloadMs),
    };
  }
}

/** Replies per second in a window. */
function answeredPerSecond({ counts, phases }: GeneratorReport): number {
  return counts.replies / phases.windowMs * 1000;
}

/** Whether the client could send what it was to. */
function isReached({ point: { sentShare } }: Tried): boolean {
  return sentShare >= REACHED_SHARE;
}

/** Whether the client could send it, and the server answered it. */
function isSustained(tried: Tried): boolean {
  return isReached(tried) && keepsUp(tried.point);
}

/**
 * The next rate, where the points are to be closer: in the middle of the widest gap beside the knee as it is known so far,
 * or beside the highest rate that the server keeps up with; undefined if they are close enough.
 */
function bendOf(points: readonly CurvePoint[]): number | undefined {
  const knee = kneeOfCurve(points)?.rate ?? points.findLast(keepsUp)?.rate ?? points[0]!.rate;
  const above = points.findIndex(({ rate }) => rate > knee);
  const near = points.slice(Math.max(0, above - 2), above < 0 ? undefined : above + 2);
  const gaps = near.slice(1).map(({ rate }, index) => ({ low: near[index]!.rate, high: rate }));
  const widest = gaps.reduce((a, b) => b.high - b.low > a.high - a.low ? b : a);
  return widest.high / widest.low < CLOSE ? undefined : (widest.low + widest.high) / 2;
}

/** What a window of a curve showed. */
export function pointOf(
  rate: number,
  way: CurvePoint["way"],
  limitMs: number,
  report: GeneratorReport,
): CurvePoint {
  const { arrivals, counts, integrity, histograms, phases: { windowMs }, server, timeline } =
    report;
  const response = Histogram.from(histograms.responseTime ?? []);
  const inMs = (ns: number): number | null => Number.isNaN(ns) ? null : ns / NS_PER_MS;
  const inTime = [...response.entries()]
    .reduce((total, [ns, count]) => ns <= limitMs * NS_PER_MS ? total + count : total, 0);
  const cpuNs = server && cpuBetween(server["window starts"], server["window ends"]);
  const memory = server && server["window ends"].residentBytes;
  const offered = arrivals?.offered ?? 0;
  const slices = timeline.flatMap(({ p99Ms }) => p99Ms ?? []);
  return {
    way,
    rate,
    sentShare: offered === 0 ? 0 : Math.min(1, counts.sent / offered),
    answered: answeredPerSecond(report),
    inTime: inTime / windowMs * 1000,
    p50Ms: inMs(response.percentile(50)),
    p99Ms: inMs(response.percentile(99)),
    sliceP99Ms: slices.length === 0 ? null : median(slices),
    p999Ms: inMs(response.percentile(99.9)),
    lost: integrity.lost,
    cpuShare: cpuNs !== null && isMeasured(cpuNs) ? cpuNs / (windowMs * NS_PER_MS) : null,
    memory: memory !== null && isMeasured(memory) ? memory : null,
  };
}

/**
 * When the response time is back: the begin of the first slice after the overload whose p99 is at most twice that of the
 * slices before it.
 *
 * @param startMs when the overload begins, and `endMs` when it ends, in milliseconds since the window began
 */
export function recoveryOf(
  timeline: readonly TimelineSlice[],
  startMs: number,
  endMs: number,
): Pick<Recovery, "beforeP99Ms" | "recoveredMs"> {
  const before = timeline.filter(({ atMs, lengthMs, p99Ms }) =>
    atMs + lengthMs <= startMs && p99Ms !== null
  ).map(({ p99Ms }) => p99Ms!);
  if (before.length === 0) return { beforeP99Ms: null, recoveredMs: null };
  const beforeP99Ms = largest(before);
  const back = timeline.find(({ atMs, p99Ms }) =>
    atMs >= endMs && p99Ms !== null && p99Ms <= 2 * beforeP99Ms
  );
  return { beforeP99Ms, recoveredMs: back === undefined ? null : back.atMs - endMs };
}
