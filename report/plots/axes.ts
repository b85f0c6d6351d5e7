/** Axes, linear from zero or logarithmic for a wide range of figures, and charts below one another on the same axes. */

import { largest, smallest } from "../../measure/statistics/statistics.ts";
import type { Result } from "../../measure/model/result.ts";
import { NUMBERS, type Spec, WIDTH } from "./chart.ts";
import { namesOf } from "./theme.ts";

/** From this ratio of the largest to the smallest figure on, an axis is logarithmic. */
const WIDE = 20;
/** Up to this ratio it has ticks between the powers of ten. */
const DECADES = 10 ** 2.5;
/** Room around the data, as a factor. */
const ROOM = 1.08;

/** Whether positive figures need a logarithmic axis. */
export function isWide(values: readonly number[]): boolean {
  const least = smallest(values);
  return least > 0 && largest(values) / least >= WIDE;
}

/** Ticks of a logarithmic axis: powers of ten, with 2 and 5 between them if they are few. */
export function logTicks(least: number, most: number): number[] {
  const steps = most / least <= DECADES ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
    // As text, because 5 × 10⁻⁴ is not quite 0.0005.
    // deno-lint-ignore wsmark/no-spread-arguments -- some steps of a decade
    ticks.push(...steps.map((step) => Number(`${step}e${power}`)));
  }
  return ticks.filter((tick) => tick >= least && tick <= most);
}

/**
 * The scale and the axis of figures, of which there is at least one.
 *
 * @param ticks approximate number of ticks of a linear axis
 */
export function scaleOf(
  values: readonly number[],
  isLog: boolean = isWide(values),
  ticks: number = 6,
): { readonly scale: Spec; readonly axis: Spec } {
  const [least, most] = [smallest(values), largest(values)];
  if (isLog) {
    const domain = [least / ROOM ** 2, most * ROOM ** 2] as const;
    return {
      scale: { type: "log", domain, nice: false },
      // deno-lint-ignore wsmark/no-spread-arguments -- two ends
      axis: { format: NUMBERS, values: logTicks(...domain), labelOverlap: false },
    };
  }
  const [low, high] = [Math.min(0, least * ROOM), Math.max(0, most * ROOM)];
  return {
    scale: { domain: [low, low === high ? 1 : high], nice: false },
    axis: { format: NUMBERS, tickCount: ticks },
  };
}

export function numbers(field: string, title: string, axis: Spec): Spec {
  return { field, type: "quantitative", title, ...axis };
}

const HEADER = { labelAngle: 0, labelOrient: "top", labelAnchor: "start", labelPadding: -4 };

/** Height of the charts of all servers together, and the smallest height of one, in pixels. */
const ALL = 300;
const LEAST = 60;

function facets(
  values: readonly object[],
  field: string,
  sort: readonly string[],
  spec: Spec,
): Spec {
  return {
    data: { values },
    facet: { row: { field, type: "nominal", sort, title: null, header: HEADER } },
    spacing: 12,
    spec: { width: WIDTH, ...spec },
  };
}

/** A chart of `spec` for each of the cases, in this order, with a row for every server. */
export function facetByCase(
  result: Result,
  values: readonly { readonly case: string; readonly server: string }[],
  cases: readonly string[],
  spec: Spec,
): Spec {
  const y = {
    field: "server",
    type: "nominal",
    sort: [...namesOf(result).values()],
    title: null,
    axis: { domain: false, ticks: false, labelLimit: 160, labelPadding: 6 },
  };
  return facets(values, "case", cases, { ...spec, encoding: { y } });
}

/** Height of the chart of each server if there are this many. */
export function heightOf(rows: number): number {
  return Math.max(LEAST, Math.round(ALL / rows));
}

/** A chart of `spec` for each server, with these headings: in one chart their points would hide one another. */
export function facetByServer(
  values: readonly { readonly row: string }[],
  rows: readonly string[],
  spec: Spec,
): Spec {
  return facets(values, "row", rows, { height: heightOf(rows.length), ...spec });
}
