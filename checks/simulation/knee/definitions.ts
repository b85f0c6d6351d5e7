/** Definitions of the knee of a load curve that are in use, to be compared. */

import type { CurvePoint } from "../../../measure/model/result.ts";
import { keepsUp, kneeOfCurve } from "../../../measure/scaling/load_curve.ts";

/** Finds the rate of a knee; undefined if there is none. */
export type Definition = (points: readonly CurvePoint[]) => number | undefined;

/** Every definition by its name: the first is wsmark's. */
export const DEFINITIONS: { readonly [name: string]: Definition } = {
  "this": (points) => kneeOfCurve(points)?.rate,
  "this, p99 of windows": (points) =>
    kneeOfCurve(points.map(({ sliceP99Ms: _, ...point }) => point))?.rate,
  "highest power": (points) => {
    const power = ({ rate, p99Ms }: CurvePoint): number => rate / p99Ms!;
    return rising(points).filter(keepsUp)
      .reduce((a, b) => power(b) > power(a) ? b : a).rate;
  },
  "twice the lowest rate's": (points) => {
    const all = rising(points);
    return all.find(({ p99Ms }) => p99Ms! >= 2 * all[0]!.p99Ms!)?.rate;
  },
  /** Satopää et al., "Finding a 'Kneedle' in a Haystack", 2011: farthest from the chord. */
  "Kneedle": (points) => {
    const all = points.filter(({ way, p99Ms }) => way !== "down" && p99Ms !== null);
    const [first, last] = [all[0]!, all.at(-1)!];
    const above = ({ rate, p99Ms }: CurvePoint): number =>
      (rate - first.rate) / (last.rate - first.rate) -
      (p99Ms! - first.p99Ms!) / (last.p99Ms! - first.p99Ms!);
    return all.reduce((a, b) => above(b) > above(a) ? b : a).rate;
  },
};

function rising(points: readonly CurvePoint[]): CurvePoint[] {
  return points.filter(({ way, p99Ms }) => way === "up" && p99Ms !== null);
}
