/** The XML of the axes of a chart. */

import { largest, smallest } from "../../../measure/statistics/statistics.ts";
import { INKS } from "../../plots/theme.ts";
import type { Axis, NativeChart } from "./chart.ts";
import { fill, paragraph, TEXT_SIZE, textStyle } from "./text_xml.ts";
import { tag, val } from "./xml.ts";

/** Ids of the two axes of a chart. */
export const X = 1001;
export const Y = 1002;

const { text: TEXT, axis: AXIS, grid: GRID } = INKS.light;
/** From this number on, the numbers of an axis have separators. */
const LARGE = 1000;

export function categoryAxis(
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

export function valueAxis({
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

function axisTitle(text: string, position: string): string {
  const turned = position === "l" ? { rot: -5_400_000, vert: "horz" } : {};
  const rich = tag("c:rich", {}, tag("a:bodyPr", turned), paragraph(text, TEXT_SIZE, TEXT));
  return tag("c:title", {}, tag("c:tx", {}, rich), val("c:overlay", 0));
}

function axisLine(): string {
  return tag("c:spPr", {}, tag("a:ln", { w: 9525 }, fill(AXIS)));
}
