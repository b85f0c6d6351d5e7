/** What the generators of a trial did, each by itself. */

import { Histogram } from "../../../measure/record/histogram.ts";
import {
  type Figure,
  type GeneratorShare,
  isMeasured,
  type Sharing,
} from "../../../measure/model/result.ts";
import { smallest } from "../../../measure/statistics/statistics.ts";
import { cpuBetween, outsideWaitBetween } from "../../machine/usage/process.ts";
import type { GeneratorReport } from "../messages.ts";
import { type ClockReading, driftBetween } from "./clock.ts";
import { overlapOf, type Span, spreadOf } from "./overlap.ts";

/** What is known of a generator whose trial is over. */
export interface Shared {
  /** What it reported. */
  readonly report: GeneratorReport;
  /** When its window was open, by the clock of this process. */
  readonly window: Span;
  /** What its clock showed before. */
  readonly before: ClockReading;
  /** The agent that it ran on; absent if it ran here. */
  readonly agent?: {
    /** Its id. */
    readonly id: string;
    /** What its clock showed after the traffic. */
    readonly after: ClockReading;
  };
}

const PACING_PERCENTILE = 99;
const NS_PER_MS = 1e6;

/** How several generators shared a trial. */
export function sharingOf(all: readonly Shared[]): Sharing {
  const windows = all.map(({ window }) => window);
  const overlap = overlapOf(windows);
  const firstMs = smallest(windows.map(({ startMs }) => startMs));
  return {
    startSpreadMs: spreadOf(windows),
    overlapMs: overlap.endMs - overlap.startMs,
    generators: all.map((one) => shareOf(one, firstMs)),
  };
}

function shareOf({ report, window, before, agent }: Shared, firstMs: number): GeneratorShare {
  const { counts, arrivals, histograms, phases, generator } = report;
  const { "window starts": start, "window ends": end } = generator;
  const ofWindow = (timeNs: Figure): Figure =>
    isMeasured(timeNs) ? timeNs / (phases.windowMs * NS_PER_MS) : timeNs;
  const percentileMs = (name: "pacingError" | "ownPacingError"): number | undefined => {
    const entries = histograms[name];
    return entries && Histogram.from(entries).percentile(PACING_PERCENTILE) / NS_PER_MS;
  };
  const [pacingP99Ms, ownPacingP99Ms] = [
    percentileMs("pacingError"),
    percentileMs("ownPacingError"),
  ];
  return {
    ...(agent !== undefined && { agent: agent.id }),
    connections: counts.connections,
    sent: counts.sent,
    replies: counts.replies,
    ...(arrivals !== undefined && { offered: arrivals.offered }),
    ...(pacingP99Ms !== undefined && { pacingP99Ms }),
    ...(ownPacingP99Ms !== undefined && { ownPacingP99Ms }),
    cpu: ofWindow(cpuBetween(start, end)),
    wait: ofWindow(outsideWaitBetween(start, end)),
    beganMs: window.startMs - firstMs,
    ...(agent !== undefined && {
      clockOffsetMs: before.offsetMs,
      clockDrift: driftBetween(before, agent.after),
    }),
    clockErrorMs: before.errorMs,
  };
}
