/** What is read off a curve of many arrival rates. */

import type { CurvePoint } from "../model/result.ts";
import { largest } from "../statistics/statistics.ts";
import { type Knee, kneeOf } from "./knee.ts";

/** A server that answers less of what arrives, while it arrives, is overloaded: its response time is that of the queue. */
const KEPT_UP = 0.97;

/** Whether the server answers what arrives at a rate. */
export function keepsUp({ rate, answered }: Pick<CurvePoint, "rate" | "answered">): boolean {
  return answered >= KEPT_UP * rate;
}

/**
 * The knee of the response time over the rising rates that the server keeps up with; see {@linkcode kneeOf}. Of each window
 * it is the median of the p99 of its slices, that of the whole window where they are not known. If the server was
 * overloaded, its highest throughput is about where the curve has no end.
 */
export function kneeOfCurve(points: readonly CurvePoint[]): Knee | undefined {
  const isOverloaded = points.some((point) => point.way !== "down" && !keepsUp(point));
  return kneeOf(
    points.flatMap((point) => {
      const response = point.sliceP99Ms ?? point.p99Ms;
      return point.way === "up" && keepsUp(point) && response !== null
        ? { rate: point.rate, response }
        : [];
    }),
    isOverloaded ? largest(points.map(({ answered }) => answered)) : undefined,
  );
}
