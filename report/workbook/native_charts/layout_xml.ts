/** How large a chart is, and where its data are. */

import { largest } from "../../../measure/statistics/statistics.ts";
import type { NativeChart } from "./chart.ts";
import { tag, val } from "./xml.ts";

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
export function layoutOf(chart: NativeChart): string {
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
