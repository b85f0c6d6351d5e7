/** The list of charts that the spreadsheet draws itself: for a new kind, add a file in this folder and a line here. */

import type { Result } from "../../../measure/model/result.ts";
import type { Plot } from "../../plots/chart.ts";
import { cpuBars, primaryBars } from "./bars.ts";
import type { Charter, NativeChart } from "./chart.ts";
import { cpuLines, percentileLines, primaryLines } from "./lines.ts";
import { percentileSteps } from "./percentiles.ts";

/** In the order in which they are shown. */
const CHARTERS: readonly Charter[] = [
  primaryBars,
  primaryLines,
  cpuBars,
  percentileLines,
  cpuLines,
  percentileSteps,
];

/** The charts of a run, in the order of its sections. */
export function chartsOf(result: Result): NativeChart[] {
  return result.scenarios.flatMap((scenario) =>
    CHARTERS.flatMap((charter) => charter(result, scenario))
  );
}

/** The plots that the charts do not show: only these need pictures. */
export function withoutCharts(plots: readonly Plot[], charts: readonly NativeChart[]): Plot[] {
  return plots.filter(({ id, section }) =>
    !charts.some((chart) => chart.section === section && id.endsWith(`-${chart.kind}`))
  );
}
