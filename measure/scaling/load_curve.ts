/** What is read off a curve of many arrival rates. */

import type { CurvePoint } from "../model/result.ts";
import { type Knee, kneeOf } from "./knee.ts";

/** A server that answers less of what arrives, while it arrives, is overloaded: its response time is that of the queue. */
const KEPT_UP = 0.97;

/** Whether the server answers what arrives at a rate. */
export function keepsUp({ rate, answered }: Pick<CurvePoint, "rate" | "answered">): boolean {
  return answered >= KEPT_UP * rate;
}

/** The knee of the p99 of the response time over the rising rates that the server keeps up with; see {@linkcode kneeOf}. */
export function kneeOfCurve(points: readonly CurvePoint[]): Knee | undefined {
  return kneeOf(
    points.flatMap((point) =>
      point.way === "up" && keepsUp(point) && point.p99Ms !== null
        ? { rate: point.rate, response: point.p99Ms }
        : []
    ),
  );
}
