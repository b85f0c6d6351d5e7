/**
 * Charts below one another on the same axes.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { WIDTH } from "./chart.ts";
import { namesOf } from "./palette.ts";

const HEADER = { labelAngle: 0, labelOrient: "top", labelAnchor: "start", labelPadding: -4 };

/** Height of all charts of servers together, and of one of them at the least, in pixels. */
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
