/**
 * The list of plots: a new kind is a file in this folder and a line here.
 *
 * @module
 */

import type { Result } from "../../measure/model/result.ts";
import { cpuBars, primaryBars } from "./figures.ts";
import { latencyPlots } from "./over_time/over_time.ts";
import { perConnection } from "./per_connection.ts";
import { percentileCurves } from "./percentiles.ts";
import { probes } from "./probes.ts";
import { scaling } from "./scaling.ts";
import type { Plot, Plotter } from "./types.ts";

export { latencyListPlot } from "./latency_list.ts";
export { latencyOverTime } from "./over_time/over_time.ts";
export type { Plot, Theme } from "./types.ts";

/** In the order in which a reader of a section sees them. */
const plotters: readonly Plotter[] = [
  primaryBars,
  scaling,
  percentileCurves,
  probes,
  latencyPlots,
  perConnection,
  cpuBars,
];

/** Reports ask for the plots of the same run several times. */
const known = new WeakMap<Result, readonly Plot[]>();

/** The plots of a run, in the order of its sections. */
export function plotsOf(result: Result): readonly Plot[] {
  const plots = known.get(result) ?? inOrder(result);
  known.set(result, plots);
  return plots;
}

function inOrder(result: Result): Plot[] {
  const plots = plotters.flatMap((plotter) => plotter(result));
  return result.scenarios.flatMap(({ id }) => plots.filter(({ section }) => section === id));
}
