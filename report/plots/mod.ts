/**
 * The list of plots: a new kind is a file in this folder and a line here.
 *
 * @module
 */

import type { Result } from "../../measure/result.ts";
import type { Plot, Plotter } from "./types.ts";

export type { Plot, Theme } from "./types.ts";

const plotters: readonly Plotter[] = [];

/** Reports ask for the plots of the same run several times. */
const known = new WeakMap<Result, readonly Plot[]>();

/** The plots of a run, in the order of its sections. */
export function plotsOf(result: Result): readonly Plot[] {
  const plots = known.get(result) ?? plotters.flatMap((plotter) => plotter(result));
  known.set(result, plots);
  return plots;
}
