/**
 * The XML of a chart: DrawingML charts of ECMA-376, part 1, 21.2 (transitional). The schema demands the order of the
 * elements.
 */

import { largest } from "../../../measure/statistics/statistics.ts";
import { COLOURS, INKS } from "../../plots/theme.ts";
import { type ChartCells, numberFormat } from "./cells.ts";
import type { ChartRow, NativeChart } from "./chart.ts";
import { categoryAxis, valueAxis, X, Y } from "./axes_xml.ts";
import { layoutOf } from "./layout_xml.ts";
import { numberRef, refer, type Series, stringRef } from "./references_xml.ts";
import { fill, paragraph, TEXT_SIZE, textStyle, TITLE_SIZE } from "./text_xml.ts";
import { DECLARATION, tag, val } from "./xml.ts";

const NAMESPACES = {
  "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
  "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
  "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
} as const;

const { text: TEXT, muted: MUTED } = INKS.light;
/** Like those of the plots; a program that cannot draw dashes still shows the markers. */
const DASHES = ["solid", "dash", "sysDot", "dashDot", "lgDash", "lgDashDot", "sysDash"] as const;
const MARKERS = ["circle", "square", "triangle", "diamond", "x", "star", "plus"] as const;

/** With more lines, the legend is a column at the side. */
const MOST_ABOVE = 5;
/** An interval that ends beyond so many times the largest value is cut off: the others would be too small to see. */
const MOST_BEYOND = 2;

/** The file of a chart that draws these cells. */
export function chartXml(chart: NativeChart, cells: ChartCells): string {
  return DECLARATION + tag(
    "c:chartSpace",
    NAMESPACES,
    val("c:date1904", 0),
    val("c:roundedCorners", 0),
    tag(
      "c:chart",
      {},
      titleOf(chart),
      val("c:autoTitleDeleted", 0),
      tag("c:plotArea", {}, layoutOf(chart), DRAWN[chart.shape](chart, cells)),
      chart.shape === "bars" ? [] : [legendOf(chart)],
      val("c:plotVisOnly", 0),
      val("c:dispBlanksAs", "gap"),
    ),
    tag("c:spPr", {}, fill("FFFFFF"), tag("a:ln", {}, tag("a:noFill"))),
    textStyle(TEXT_SIZE, TEXT),
  );
}

const DRAWN: Readonly<
  Record<NativeChart["shape"], (chart: NativeChart, cells: ChartCells) => string[]>
> = { bars, lines, steps };

/** Bars that begin at zero, the first at the top, with the names of case and server beside them. */
function bars(chart: NativeChart, cells: ChartCells): string[] {
  const { rows } = chart;
  const all: Series = { from: 0, rows };
  const series = tag(
    "c:ser",
    {},
    val("c:idx", 0),
    val("c:order", 0),
    tag("c:tx", {}, stringRef(cells.heading, [chart.y.title])),
    tag("c:spPr", {}, fill(MUTED)),
    val("c:invertIfNegative", 0),
    rows.flatMap(({ value, server }, index) =>
      value === null ? [] : tag(
        "c:dPt",
        {},
        val("c:idx", index),
        val("c:invertIfNegative", 0),
        val("c:bubble3D", 0),
        tag("c:spPr", {}, fill(colourOf(server))),
      )
    ),
    labelsOf(chart),
    errorsOf(all, cells),
    tag("c:cat", {}, stringRef(refer(cells, "place", all), rows.map(({ place }) => place))),
    tag("c:val", {}, numberRef(cells, "value", all)),
  );
  return [
    tag(
      "c:barChart",
      {},
      val("c:barDir", "bar"),
      val("c:grouping", "clustered"),
      val("c:varyColors", 0),
      series,
      val("c:gapWidth", 40),
      val("c:axId", X),
      val("c:axId", Y),
    ),
    categoryAxis(chart, { position: "l", orientation: "maxMin" }),
    // The axis of bars from top to bottom crosses at the end, which is below.
    valueAxis({
      id: Y,
      across: X,
      axis: chart.y,
      position: "b",
      crosses: "max",
      between: "between",
      values: endsOf(rows),
    }),
  ];
}

/** Lines against numbers. */
function lines(chart: NativeChart, cells: ChartCells): string[] {
  const places = chart.rows.map(({ place }) => Number(place));
  const series = seriesOf(chart).map((one, order) =>
    lineSeries(one, order, cells, [
      tag("c:xVal", {}, numberRef(cells, "place", one)),
      tag("c:yVal", {}, numberRef(cells, "value", one)),
    ])
  );
  return [
    tag(
      "c:scatterChart",
      {},
      val("c:scatterStyle", "lineMarker"),
      val("c:varyColors", 0),
      series,
      val("c:axId", X),
      val("c:axId", Y),
    ),
    valueAxis({ id: X, across: Y, axis: chart.x, position: "b", values: places }),
    valueAxis({
      id: Y,
      across: X,
      axis: chart.y,
      position: "l",
      values: endsOf(chart.rows),
    }),
  ];
}

/** Lines against names. */
function steps(chart: NativeChart, cells: ChartCells): string[] {
  const series = seriesOf(chart).map((one, order) =>
    lineSeries(one, order, cells, [
      tag("c:cat", {}, stringRef(refer(cells, "place", one), one.rows.map(({ place }) => place))),
      tag("c:val", {}, numberRef(cells, "value", one)),
    ])
  );
  return [
    tag(
      "c:lineChart",
      {},
      val("c:grouping", "standard"),
      val("c:varyColors", 0),
      series,
      val("c:marker", 1),
      val("c:axId", X),
      val("c:axId", Y),
    ),
    categoryAxis(chart, { position: "b", orientation: "minMax" }),
    valueAxis({
      id: Y,
      across: X,
      axis: chart.y,
      position: "l",
      between: "between",
      values: endsOf(chart.rows),
    }),
  ];
}

/** The rows of each group: those of a server. */
function seriesOf({ rows }: NativeChart): Series[] {
  return [...Map.groupBy(rows, ({ server }) => server).values()].map((own) => (
    { from: rows.indexOf(own[0]!), rows: own }
  ));
}

function lineSeries(
  series: Series,
  order: number,
  cells: ChartCells,
  data: readonly string[],
): string {
  const [{ server, group }] = series.rows as [ChartRow];
  const colour = colourOf(server);
  return tag(
    "c:ser",
    {},
    val("c:idx", order),
    val("c:order", order),
    tag("c:tx", {}, stringRef(cells.refer("group", series.from, series.from + 1), [group])),
    tag(
      "c:spPr",
      {},
      tag(
        "a:ln",
        { w: 22_225, cap: "rnd" },
        fill(colour),
        val("a:prstDash", DASHES[server % DASHES.length]!),
        tag("a:round"),
      ),
    ),
    tag(
      "c:marker",
      {},
      val("c:symbol", MARKERS[server % MARKERS.length]!),
      val("c:size", 7),
      tag("c:spPr", {}, fill(colour), tag("a:ln", { w: 12_700 }, fill(colour))),
    ),
    errorsOf(series, cells, colour),
    data,
    val("c:smooth", 0),
  );
}

/** The intervals of the values: the distances to their ends are in cells. */
function errorsOf(series: Series, cells: ChartCells, colour?: string): string[] {
  if (series.rows.every(({ error }) => error === undefined)) return [];
  return [tag(
    "c:errBars",
    {},
    // Bars have errors in their own direction only.
    colour === undefined ? [] : [val("c:errDir", "y")],
    val("c:errBarType", "both"),
    val("c:errValType", "cust"),
    val("c:noEndCap", 0),
    tag("c:plus", {}, numberRef(cells, "plus", series)),
    tag("c:minus", {}, numberRef(cells, "minus", series)),
    tag("c:spPr", {}, tag("a:ln", { w: 12_700 }, fill(colour ?? TEXT))),
  )];
}

/** The figures at the ends of the bars; an interval would cross them. */
function labelsOf({ rows, decimals }: NativeChart): string[] {
  if (rows.some(({ error }) => error !== undefined)) return [];
  return [tag(
    "c:dLbls",
    {},
    tag("c:numFmt", { formatCode: numberFormat(decimals), sourceLinked: 0 }),
    val("c:dLblPos", "outEnd"),
    val("c:showLegendKey", 0),
    val("c:showVal", 1),
    val("c:showCatName", 0),
    val("c:showSerName", 0),
    val("c:showPercent", 0),
    val("c:showBubbleSize", 0),
  )];
}

/** Values with the ends of their intervals, as far as an axis must show them. */
function endsOf(rows: readonly ChartRow[]): number[] {
  const most = largest(rows.map(({ value }) => value ?? 0)) * MOST_BEYOND;
  return rows.flatMap(({ value, error }) => {
    if (value === null) return [];
    return error === undefined ? value : [value - error.minus, Math.min(most, value + error.plus)];
  });
}

function titleOf({ title }: NativeChart): string {
  return tag(
    "c:title",
    {},
    tag(
      "c:tx",
      {},
      tag(
        "c:rich",
        {},
        tag("a:bodyPr"),
        paragraph(title, TITLE_SIZE, TEXT, true),
      ),
    ),
    val("c:overlay", 0),
  );
}

function legendOf(chart: NativeChart): string {
  const position = seriesOf(chart).length > MOST_ABOVE ? "r" : "t";
  return tag("c:legend", {}, val("c:legendPos", position), val("c:overlay", 0));
}

function colourOf(server: number): string {
  return COLOURS.light[server % COLOURS.light.length]!;
}
