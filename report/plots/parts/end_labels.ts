/** The names of servers at the ends of their lines, where there is room: with many servers a legend alone is a riddle. */

import type { Result } from "../../../measure/model/result.ts";
import { shareOf } from "./axes.ts";
import type { Spec } from "../chart.ts";
import { type Layout, linesHeight, widthOf } from "./layout.ts";
import { POINT, serverEncoding } from "../theme.ts";

/** The last point of a line, as shares of the width and of the height, from the left and from below. */
export interface LineEnd {
  readonly server: string;
  readonly whose: string;
  readonly x: number;
  readonly y: number;
}

/** From the data to the names, and the height of a name, in pixels. */
const GAP = 30;
const LINE = 14;
/** From a name to its point, in pixels. */
const POINT_GAP = 9;

/** Room for the names beside the data, in pixels; 0 if there are too many. */
export function endRoom(names: readonly string[], layout: Layout): number {
  const isRoom = layout.place === "wide" &&
    names.length * LINE <= linesHeight(layout, names.length);
  return isRoom ? GAP + widthOf(names, layout) : 0;
}

/** The last points of lines, whose points are ordered along the axis. */
export function endsOfLines(
  points: readonly {
    readonly server: string;
    readonly whose: string;
    readonly x: number;
    readonly y: number;
  }[],
  x: { readonly scale: Spec },
  y: { readonly scale: Spec },
): LineEnd[] {
  const last = new Map(points.map((point) => [point.server, point]));
  return [...last.values()].map((point) => (
    { ...point, x: shareOf(x, point.x), y: shareOf(y, point.y) }
  ));
}

/** The names, each with a line to the end of its own. */
export function endLayers(
  result: Pick<Result, "servers">,
  ends: readonly LineEnd[],
  { width, height }: Pick<Layout, "width" | "height">,
): Spec[] {
  const sorted = ends.toSorted((a, b) => b.y - a.y);
  const places = spread(sorted.map(({ y }) => (1 - y) * height), LINE, height);
  const values = sorted.map(({ server, whose, x, y }, index) => ({
    server,
    whose,
    x: x * width,
    y: (1 - y) * height,
    at: places[index]!,
  }));
  const pixels = (field: string): Spec => ({ field, type: "quantitative", scale: null });
  const own = { ...serverEncoding(result), description: { field: "whose" } };
  return [
    {
      data: { values },
      mark: { type: "rule", strokeWidth: 1, opacity: 0.6 },
      encoding: {
        x: pixels("x"),
        y: pixels("y"),
        x2: { value: width + GAP - POINT_GAP },
        y2: { field: "at" },
        ...own,
      },
    },
    {
      data: { values },
      mark: { ...POINT, size: 40 },
      encoding: {
        x: { value: width + GAP - POINT_GAP },
        y: pixels("at"),
        ...serverEncoding(result, [], true),
        description: own.description,
      },
    },
    {
      data: { values },
      mark: { type: "text", style: "figure", align: "left", baseline: "middle" },
      encoding: {
        x: { value: width + GAP },
        y: pixels("at"),
        text: { field: "server" },
        description: own.description,
      },
    },
  ];
}

/** Moves ascending places apart, as little as is needed, within 0 and the end. */
export function spread(places: readonly number[], gap: number, end: number): number[] {
  const moved: number[] = [];
  for (const place of places) moved.push(Math.max(place, (moved.at(-1) ?? -Infinity) + gap));
  let limit = end;
  for (let index = moved.length - 1; index >= 0; index--) {
    moved[index] = Math.min(moved[index]!, limit);
    limit = moved[index]! - gap;
  }
  return moved;
}
