/** The list of plots: for a new kind, add a file in this folder and a line here. */

import type { Result } from "../../measure/model/result.ts";
import { bars } from "./bars.ts";
import { byStages } from "./by_stages.ts";
import type { Plot, Plotter } from "./chart.ts";
import { scaling } from "./lines.ts";
import { loadCurves } from "./load_curve.ts";
import { latencyPlots } from "./over_time.ts";
import { perConnection } from "./per_connection.ts";
import { percentileCurves } from "./percentiles.ts";
import { probes } from "./probes.ts";

/** In the order in which they are shown. */
const plotters: readonly Plotter[] = [
  scaling,
  bars,
  perConnection,
  percentileCurves,
  probes,
  loadCurves,
  byStages,
  latencyPlots,
];

/** All formats of a run use the same plots. */
const known = new WeakMap<Result, readonly Plot[]>();

/** The plots of a run, in the order of its sections. */
export function plotsOf(result: Result): readonly Plot[] {
  const plots = known.get(result) ??
    result.scenarios.flatMap((scenario) =>
      plotters.flatMap((plotter) => plotter(result, scenario)).filter((plot) => plot !== undefined)
    );
  known.set(result, plots);
  return plots;
}
