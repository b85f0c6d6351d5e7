/**
 * The XML of a chart: DrawingML charts of ECMA-376, part 1, 21.2 (transitional). The schema demands the order of the
 * elements.
 */

import { largest, smallest } from "../../../measure/statistics/statistics.ts";
import { COLOURS, INKS } from "../../plots/theme.ts";
import { escapeMarkup } from "../../summary/text.ts";
import { cellText } from "../cell.ts";
import { type CellColumn, type ChartCells, numberFormat } from "./cells.ts";
import type { Axis, ChartRow, NativeChart } from "./chart.ts";
import { DECLARATION, tag, val } from "./xml.ts";

const NAMESPACES = {
  "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
  "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
  "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
} as const;

/** Ids of the two axes of a chart. */
const X = 1001;
const Y = 1002;

/** Sizes of text, in hundredths of a point. */
const TITLE_SIZE = 1200;
const TEXT_SIZE = 900;

const { text: TEXT, muted: MUTED, axis: AXIS, grid: GRID } = INKS.light;
/** Like those of the plots; a program that cannot draw dashes still shows the markers. */
const DASHES = ["solid", "dash", "sysDot", "dashDot", "lgDash", "lgDashDot", "sysDash"] as const;
const MARKERS = ["circle", "square", "triangle", "diamond", "x", "star", "plus"] as const;

/** With more lines, the legend is a column at the side. */
const MOST_ABOVE = 5;
/** An interval that ends beyond so many times the largest value is cut off: the others would be too small to see. */
const MOST_BEYOND = 2;
/** From this number on, the numbers of an axis have separators. */
const LARGE = 1000;

/** Rows of a chart that are drawn as one series. */
interface Series {
  readonly from: number;
  readonly rows: readonly ChartRow[];
}

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

/** Sizes in pixels: of a chart, of a bar with its gap, of what is above and below the bars, and of a letter beside them. */
const WIDTH = 720;
const HEIGHT = 360;
const STEP = 18;
/** The most height for the bars of a chart. */
const HIGHEST = 760;
const ABOVE = 44;
const BELOW = 56;
const LETTER = 6;
/** The names may take this share of the width. */
const MOST_NAMES = 0.45;

/** The size of a chart, in pixels: bars need room for each row. */
export function sizeOf({ shape, rows }: NativeChart): { width: number; height: number } {
  const bars = Math.min(HIGHEST, rows.length * STEP);
  return { width: WIDTH, height: shape === "bars" ? ABOVE + bars + BELOW : HEIGHT };
}

/** Where the data are; programs would break long names beside bars, or leave some out. */
function layoutOf(chart: NativeChart): string {
  if (chart.shape !== "bars") return tag("c:layout");
  const { height } = sizeOf(chart);
  const letters = largest(chart.rows.map(({ place }) => String(place).length));
  const x = Math.min(MOST_NAMES, (letters * LETTER + 16) / WIDTH);
  const share = (value: number): string => value.toFixed(4);
  return tag(
    "c:layout",
    {},
    tag(
      "c:manualLayout",
      {},
      val("c:layoutTarget", "inner"),
      val("c:xMode", "edge"),
      val("c:yMode", "edge"),
      val("c:x", share(x)),
      val("c:y", share(ABOVE / height)),
      val("c:w", share(0.96 - x)),
      val("c:h", share((height - ABOVE - BELOW) / height)),
    ),
  );
}

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

function categoryAxis(
  { x }: NativeChart,
  { position, orientation }: { readonly position: string; readonly orientation: string },
): string {
  return tag(
    "c:catAx",
    {},
    val("c:axId", X),
    tag("c:scaling", {}, val("c:orientation", orientation)),
    val("c:delete", 0),
    val("c:axPos", position),
    x.title === "" ? [] : [axisTitle(x.title, position)],
    tag("c:numFmt", { formatCode: "General", sourceLinked: 0 }),
    val("c:majorTickMark", "none"),
    val("c:minorTickMark", "none"),
    val("c:tickLblPos", "low"),
    axisLine(),
    textStyle(TEXT_SIZE, TEXT),
    val("c:crossAx", Y),
    val("c:crosses", "autoZero"),
    val("c:auto", 1),
    val("c:lblAlgn", "ctr"),
    val("c:lblOffset", 100),
    val("c:tickLblSkip", 1),
    val("c:noMultiLvlLbl", 1),
  );
}

function valueAxis({
  id,
  across,
  axis: { title, base },
  position,
  crosses = "min",
  between = "midCat",
  values,
}: {
  readonly id: number;
  readonly across: number;
  readonly axis: Axis;
  readonly position: string;
  /** Where it crosses the other one. */
  readonly crosses?: string;
  /** Whether the places of the other one are points, or have room between them. */
  readonly between?: string;
  /** What it must have room for. */
  readonly values: readonly number[];
}): string {
  const scale = scaleOf(base, values);
  return tag(
    "c:valAx",
    {},
    val("c:axId", id),
    scaling(base, scale),
    val("c:delete", 0),
    val("c:axPos", position),
    tag("c:majorGridlines", {}, tag("c:spPr", {}, tag("a:ln", { w: 6350 }, fill(GRID)))),
    axisTitle(title, position),
    tag("c:numFmt", {
      formatCode: largest(values, 0) < LARGE ? "General" : "[>=1]#,##0;General",
      sourceLinked: 0,
    }),
    val("c:majorTickMark", "out"),
    val("c:minorTickMark", "none"),
    val("c:tickLblPos", "nextTo"),
    axisLine(),
    textStyle(TEXT_SIZE, TEXT),
    val("c:crossAx", across),
    val("c:crosses", crosses),
    val("c:crossBetween", between),
    scale.step === undefined ? [] : val("c:majorUnit", scale.step),
  );
}

/** The ends of an axis, and the distance of its ticks if programs are not to choose it. */
interface Scale {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly step: number | undefined;
}

/** A linear axis has room for the intervals, which programs do not see to; a logarithmic one goes from power to power. */
function scaleOf(base: Axis["base"], values: readonly number[]): Scale {
  const [least, most] = [smallest(values), largest(values)];
  if (base === undefined) {
    if (least < 0 || most <= 0) return { min: undefined, max: undefined, step: undefined };
    const step = stepOf(most);
    // A sum of steps would not be exact.
    return { min: 0, max: Number((Math.ceil(most / step) * step).toPrecision(12)), step };
  }
  const log = base === 2 ? Math.log2 : Math.log10;
  const power = (value: number): number => Math.floor(log(value));
  // The last point is not at the end: it would be cut in half.
  return { min: base ** power(least), max: base ** (power(most) + 1), step: undefined };
}

/** The distance of ticks at which an axis up to this number has at most eight: 1, 2 or 5 times a power of ten. */
function stepOf(most: number): number {
  const power = Math.floor(Math.log10(most / 8));
  const factor = [1, 2, 5].find((one) => one * 10 ** power >= most / 8);
  return factor === undefined ? Number(`1e${power + 1}`) : Number(`${factor}e${power}`);
}

function scaling(base: Axis["base"], { min, max }: Scale): string {
  return tag(
    "c:scaling",
    {},
    base === undefined ? [] : val("c:logBase", base),
    val("c:orientation", "minMax"),
    max === undefined ? [] : val("c:max", max),
    min === undefined ? [] : val("c:min", min),
  );
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

function axisTitle(text: string, position: string): string {
  const turned = position === "l" ? { rot: -5_400_000, vert: "horz" } : {};
  const rich = tag("c:rich", {}, tag("a:bodyPr", turned), paragraph(text, TEXT_SIZE, TEXT));
  return tag("c:title", {}, tag("c:tx", {}, rich), val("c:overlay", 0));
}

function paragraph(text: string, size: number, colour: string, bold = false): string {
  const look = { lang: "en-GB", sz: size, b: bold ? 1 : 0 };
  return tag(
    "a:p",
    {},
    tag("a:pPr", {}, tag("a:defRPr", { sz: size, b: bold ? 1 : 0 })),
    tag("a:r", {}, tag("a:rPr", look, fill(colour), font()), tag("a:t", {}, escapeMarkup(text))),
  );
}

function textStyle(size: number, colour: string): string {
  const look = tag("a:defRPr", { sz: size, b: 0 }, fill(colour), font());
  return tag(
    "c:txPr",
    {},
    tag("a:bodyPr"),
    tag("a:p", {}, tag("a:pPr", {}, look), tag("a:endParaRPr", { lang: "en-GB" })),
  );
}

function font(): string {
  return tag("a:latin", { typeface: "Arial" });
}

function legendOf(chart: NativeChart): string {
  const position = seriesOf(chart).length > MOST_ABOVE ? "r" : "t";
  return tag("c:legend", {}, val("c:legendPos", position), val("c:overlay", 0));
}

function axisLine(): string {
  return tag("c:spPr", {}, tag("a:ln", { w: 9525 }, fill(AXIS)));
}

function fill(colour: string): string {
  return tag("a:solidFill", {}, val("a:srgbClr", colour.replace("#", "").toUpperCase()));
}

function colourOf(server: number): string {
  return COLOURS.light[server % COLOURS.light.length]!;
}

function refer(cells: ChartCells, column: CellColumn, { from, rows }: Series): string {
  return cells.refer(column, from, from + rows.length);
}

/** Numbers in cells, with what they are: programs that do not read cells show these. */
function numberRef(
  cells: ChartCells,
  column: Exclude<CellColumn, "group">,
  series: Series,
): string {
  const numbers = series.rows.map(({ place, value, error }) =>
    ({ place: Number(place), value, minus: error?.minus ?? null, plus: error?.plus ?? null })[
      column
    ]
  );
  return tag(
    "c:numRef",
    {},
    tag("c:f", {}, escapeMarkup(refer(cells, column, series))),
    tag(
      "c:numCache",
      {},
      tag("c:formatCode", {}, "General"),
      val("c:ptCount", numbers.length),
      numbers.flatMap((number, idx) =>
        number === null ? [] : tag("c:pt", { idx }, tag("c:v", {}, String(number)))
      ),
    ),
  );
}

function stringRef(reference: string, texts: readonly (string | number)[]): string {
  return tag(
    "c:strRef",
    {},
    tag("c:f", {}, escapeMarkup(reference)),
    tag("c:strCache", {}, val("c:ptCount", texts.length), points(texts)),
  );
}

function points(texts: readonly (string | number)[]): string[] {
  return texts.flatMap((text, idx) =>
    text === "" ? [] : tag("c:pt", { idx }, tag("c:v", {}, escapeMarkup(cellText(String(text)))))
  );
}
