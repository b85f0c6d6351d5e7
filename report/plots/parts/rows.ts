/** Charts below one another: one for each case with a row for every server, or one for each server. */

import type { MetricDefinition } from "../../../measure/model/result.ts";
import { largest } from "../../../measure/statistics/statistics.ts";
import { wrap } from "../../summary/wrap.ts";
import { withoutLabels } from "./axes.ts";
import type { Spec } from "../chart.ts";
import { type Layout, LETTER, MANY, widthOf } from "./layout.ts";

/** Charts below one another, their data with the same left edge. */
export function stacked(charts: readonly Spec[], gap: number): Spec {
  return { vconcat: charts, bounds: "flush", spacing: gap };
}

/** A line of text and the gap to the data below, in pixels. */
const LINE = 16;
const HEADING_GAP = 4;

/** A heading above the data of a chart, in as many lines as it needs. */
export function headingOf(
  text: string,
  width: number,
  { font }: Layout,
  description = "",
): { readonly layer: Spec; readonly height: number } {
  const lines = wrap(text, Math.max(1, Math.floor(width / (LETTER * font * BOLD))));
  const height = LINE * lines.length + HEADING_GAP;
  return {
    layer: {
      data: { values: [{ description }] },
      mark: { type: "text", style: "heading", align: "left", baseline: "top", lineHeight: LINE },
      encoding: {
        x: { value: 0 },
        y: { value: -height },
        text: { value: lines },
        description: { field: "description" },
      },
    },
    height,
  };
}
/** How much wider bold letters are. */
const BOLD = 1.12;

/** Height of the charts of all servers together, and the smallest height of one, in pixels. */
const ALL = 260;
const LEAST = 44;

/** Height of the chart of each server if there are this many. */
export function heightOf(rows: number): number {
  return Math.max(LEAST, Math.round(ALL / rows));
}

/** From one tick of the chart of a server to the next, in pixels. */
export const PER_TICK = 22;

/** Room between the charts of servers, in pixels. */
const SERVER_GAP = 8;

/** A server with its chart, of the data with a field `server`. */
export interface ServerRow {
  readonly heading: string;
  /** Whose it is: the beginning of a description. */
  readonly whose: string;
  readonly data: readonly object[];
}

/**
 * A chart for each server, below one another: in one chart their points would hide one another.
 *
 * @param layers the layers of a chart, from the encoding of x and of y
 */
export function stackedByServer(
  rows: readonly ServerRow[],
  axes: { readonly x: Spec; readonly y: Spec },
  layout: Layout,
  layers: (x: Spec, y: Spec) => readonly Spec[],
): Spec {
  const isFile = layout.place === "file";
  const beside = widthOf(rows.map(({ heading }) => heading), layout) + NAME_GAP;
  const isBeside = layout.place === "wide" && rows.length >= MANY && beside <= MOST_BESIDE;
  const width = layout.width - AXIS_ROOM - (isBeside ? beside : 0);
  const headings = rows.map(({ heading, whose }) =>
    isBeside
      ? { height: 0, layer: nameBeside(heading, whose) }
      : headingOf(heading, width, layout, whose)
  );
  const charts = rows.map(({ data }, index) => {
    const x = index === rows.length - 1 ? axes.x : withoutLabels(axes.x);
    const y = isFile && index === Math.floor(rows.length / 2) ? axes.y : { ...axes.y, title: null };
    return {
      data: { values: data },
      width,
      height: heightOf(rows.length),
      layer: [headings[index]!.layer, ...layers(x, y)],
    };
  });
  return stacked(charts, SERVER_GAP + largest(headings.map(({ height }) => height)));
}

/** The most room for names beside the data, in pixels. */
const MOST_BESIDE = 200;
/** Room for the labels of an axis whose names are beside it, in pixels. */
const LABELS = 44;

/** The name of a server to the left of its axis. */
function nameBeside(name: string, whose: string): Spec {
  return {
    data: { values: [{ whose }] },
    mark: { type: "text", style: "figure", align: "right", baseline: "middle" },
    encoding: {
      x: { value: -LABELS },
      text: { value: name },
      description: { field: "whose" },
    },
  };
}

/** The servers from top to bottom. */
export function orderOf(
  figures: readonly { readonly server: string; readonly value: number | null }[],
  better: MetricDefinition["better"],
): string[] {
  const sign = better === "higher" ? 1 : -1;
  const rank = (value: number | null): number => value === null ? -Infinity : sign * value;
  const order = figures.length < MANY
    ? figures
    : figures.toSorted((a, b) => rank(b.value) - rank(a.value) || 0);
  return order.map(({ server }) => server);
}

/** Room for the labels of an axis beside the data, in pixels. */
export const AXIS_ROOM = 60;

/** Room between the charts of cases, and between a name and its bar, in pixels. */
const CASE_GAP = 10;
const NAME_GAP = 8;

/**
 * Charts of cases below one another, with a row for each server.
 *
 * @param namesOn offset of the names from the middle of a row; they are above the marks if there is no room beside them
 */
export function stackedByCase(
  rows: readonly { readonly case: string; readonly server: string; readonly whose: string }[],
  { cases, name, step, hasOwnAxes = false }: {
    readonly cases: readonly string[];
    readonly name: number;
    readonly step: number;
    /** Whether the figures of the cases are too different for one axis. */
    readonly hasOwnAxes?: boolean;
  },
  layout: Layout,
  chart: (one: string, width: number, isLast: boolean) => {
    readonly order: readonly string[];
    readonly layer: readonly Spec[];
  },
): Spec {
  const isNarrow = layout.place === "narrow";
  const room = isNarrow ? 0 : NAME_GAP + widthOf(rows.map(({ server }) => server), layout);
  const width = layout.width - room;
  const charts = cases.map((one, index) => {
    const { order, layer } = chart(one, width, index === cases.length - 1);
    const heading = headingOf(one, width, layout);
    return {
      height: heading.height,
      spec: {
        data: { values: rows.filter((row) => row.case === one) },
        width,
        height: { step },
        encoding: { y: { field: "server", type: "nominal", sort: order, axis: null } },
        layer: [
          ...layer,
          heading.layer,
          {
            mark: {
              type: "text",
              style: "figure",
              align: isNarrow ? "left" : "right",
              yOffset: name,
              limit: isNarrow ? width * 0.6 : room,
            },
            encoding: {
              x: { value: isNarrow ? 0 : -NAME_GAP },
              text: { field: "server" },
              description: { field: "whose" },
            },
          },
        ],
      },
    };
  });
  const gap = CASE_GAP + largest(charts.map(({ height }) => height)) +
    (hasOwnAxes ? AXIS_HEIGHT : 0);
  return stacked(charts.map(({ spec }) => spec), gap);
}

/** Height of an axis with its labels, in pixels. */
const AXIS_HEIGHT = 30;

/** A row of a chart of {@linkcode stackedByCase} that says what it shows wherever the pointer is in it. */
export function sayingRow(width: number): Spec {
  return {
    mark: { type: "rect", opacity: 0 },
    encoding: { x: { value: 0 }, x2: { value: width }, description: { field: "description" } },
  };
}
