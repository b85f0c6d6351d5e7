/** Axes, linear from zero or logarithmic where the figures span much, and charts below one another on the same axes. */

import type { Result } from "../../measure/model/result.ts";
import { NUMBERS, WIDTH } from "./chart.ts";
import { namesOf } from "./theme.ts";

/** From this ratio of the largest to the least an axis is logarithmic. */
const WIDE = 20;
/** Up to this ratio it has ticks between the powers of ten. */
const DECADES = 10 ** 2.5;
/** Room beside the data, as a factor. */
const ROOM = 1.08;

/** Whether positive figures need a logarithmic axis. */
export function isWide(values: readonly number[]): boolean {
  const least = values.reduce((a, b) => Math.min(a, b));
  return least > 0 && values.reduce((a, b) => Math.max(a, b)) / least >= WIDE;
}

/** Ticks of a logarithmic axis: powers of ten, with 2 and 5 between where they are few. */
export function logTicks(least: number, most: number): number[] {
  const steps = most / least <= DECADES ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
    // As text, since 5 × 10⁻⁴ is not quite 0.0005.
    // deno-lint-ignore wsmark/no-spread-arguments -- some steps of a decade
    ticks.push(...steps.map((step) => Number(`${step}e${power}`)));
  }
  return ticks.filter((tick) => tick >= least && tick <= most);
}

/**
 * The scale and the axis of figures.
 *
 * @param values the figures, one at least
 * @param isLog absent: where they span much
 * @param ticks about so many, where it is linear
 */
export function scaleOf(
  values: readonly number[],
  isLog: boolean = isWide(values),
  ticks: number = 6,
): { readonly scale: Record<string, unknown>; readonly axis: Record<string, unknown> } {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
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

/** The encoding of numbers. */
export function numbers(
  field: string,
  title: string,
  axis: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return { field, type: "quantitative", title, ...axis };
}

const HEADER = { labelAngle: 0, labelOrient: "top", labelAnchor: "start", labelPadding: -4 };

/** Height of all charts of servers together, and the least height of one, in pixels. */
const ALL = 300;
const LEAST = 60;

/**
 * A chart for each case, with a row for every server.
 *
 * @param values data with fields `case` and `server`
 * @param cases names of the cases in their order
 * @param spec what is drawn of each
 */
export function facetByCase(
  result: Result,
  values: readonly { readonly case: string; readonly server: string }[],
  cases: readonly string[],
  spec: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const y = {
    field: "server",
    type: "nominal",
    sort: [...namesOf(result).values()],
    title: null,
    axis: { domain: false, ticks: false, labelLimit: 160, labelPadding: 6 },
  };
  return {
    data: { values },
    facet: { row: { field: "case", type: "nominal", sort: cases, title: null, header: HEADER } },
    spacing: 12,
    spec: { width: WIDTH, ...spec, encoding: { y } },
  };
}

/** Height of a chart of one of so many servers. */
export function heightOf(rows: number): number {
  return Math.max(LEAST, Math.round(ALL / rows));
}

/**
 * A chart for each server, where points of several in one would hide one another.
 *
 * @param values data with a field `row`
 * @param rows headings in their order
 * @param spec what is drawn of each
 */
export function facetByServer(
  values: readonly { readonly row: string }[],
  rows: readonly string[],
  spec: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    data: { values },
    facet: { row: { field: "row", type: "nominal", sort: rows, title: null, header: HEADER } },
    spacing: 12,
    spec: { width: WIDTH, height: heightOf(rows.length), ...spec },
  };
}
