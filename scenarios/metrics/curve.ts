/** What is read off a load curve. */

import type { Figure } from "../../measure/model/result.ts";
import { kneeOfCurve } from "../../measure/scaling/load_curve.ts";
import { largest, median } from "../../measure/statistics/statistics.ts";
import type { Measurement, Metric } from "../types.ts";

type Found = NonNullable<Measurement["curve"]>;

/** A metric of the curve. */
function ofCurve(
  definition: Omit<Metric, "value">,
  read: (curve: Found) => Figure,
): Metric {
  return {
    ...definition,
    value: ({ curve }) => curve === undefined ? { absent: "no rates were tried" } : read(curve),
  };
}

const knee = ofCurve(
  { id: "knee", title: "Knee", unit: "messages/s", better: "higher", decimals: 0 },
  ({ points }) =>
    kneeOfCurve(points)?.rate ??
      { absent: "the response time does not bend among these rates, or does not follow them" },
);

const most = ofCurve(
  { id: "most", title: "Highest throughput", unit: "messages/s", better: "higher", decimals: 0 },
  ({ points }) => largest(points.map(({ answered }) => answered)),
);

const goodput = ofCurve(
  { id: "goodput", title: "Highest goodput", unit: "messages/s", better: "higher", decimals: 0 },
  ({ points }) => largest(points.map(({ inTime }) => inTime)),
);

const left = ofCurve(
  { id: "left", title: "Goodput at the highest rate", unit: "% of the highest", better: "higher" },
  ({ points, recovery }) => {
    const highest = largest(points.map(({ inTime }) => inTime));
    if (recovery === null) return { absent: "the client could not overload it" };
    const last = points.findLast(({ way }) => way === "overload");
    return last === undefined || highest === 0
      ? { absent: "nothing was answered in time" }
      : last.inTime / highest * 100;
  },
);

const recovery = ofCurve(
  { id: "recovery", title: "Recovery", unit: "ms", better: "lower", decimals: 0 },
  ({ recovery: found }) => {
    if (found === null) return { absent: "the client could not overload it" };
    if (found.beforeP99Ms === null) {
      return {
        absent: "nothing was answered before the overload, or several generators shared it",
      };
    }
    return found.recoveredMs ??
      { absent: `its p99 was not within twice of before after ${found.watchedMs} ms` };
  },
);

const hysteresis = ofCurve(
  { id: "hysteresis", title: "p99 on the way down ÷ up", unit: "×", better: "lower" },
  ({ points }) => {
    const ratios = points.filter(({ way }) => way === "down").flatMap(({ rate, p99Ms }) => {
      const before = points.find((point) => point.way === "up" && point.rate === rate)?.p99Ms;
      return p99Ms === null || !before ? [] : [p99Ms / before];
    });
    return ratios.length === 0 ? { absent: "no rate was answered on both ways" } : median(ratios);
  },
);

/** The metrics of a load curve, the knee first. */
export const ofLoadCurve: readonly Metric[] = [knee, most, goodput, left, recovery, hysteresis];
