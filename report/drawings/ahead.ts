/** Which drawings of a run are made ahead of the reports that show them. */

import type { Result } from "../../measure/model/result.ts";
import type { Format } from "../format.ts";
import type { Plot } from "../plots/chart.ts";
import { plotsOf } from "../plots/mod.ts";
import { chartsOf, withoutCharts } from "../workbook/native_charts/mod.ts";
import { drawAhead, type DrawingKind, type Wanted } from "./drawn.ts";

/**
 * Draws in a worker what reports of these formats will show: first the pictures of the workbook, which takes longest to
 * write.
 *
 * @returns ends the worker
 */
export function drawFor(result: Result, formats: readonly Pick<Format, "draws">[]): Disposable {
  return drawAhead(wantedBy(result, formats));
}

/** The plots of which something is drawn, in the order in which they are to be drawn. */
export function wantedBy(result: Result, formats: readonly Pick<Format, "draws">[]): Wanted[] {
  const plots = plotsOf(result);
  const onSheets = new Set(withoutCharts(plots, chartsOf(result)));
  const kindsOf = (plot: Plot): DrawingKind[] =>
    formats.flatMap(({ draws }) => draws === undefined ? [] : [draws])
      .filter((kind) => kind !== "sheet" || onSheets.has(plot));
  return [...onSheets, ...plots.filter((plot) => !onSheets.has(plot))]
    .map((plot) => ({ plot, kinds: kindsOf(plot) }))
    .filter(({ kinds }) => kinds.length > 0);
}
