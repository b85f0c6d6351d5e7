/** The searches: for a new one, add a file in this folder, a line here and its windows in `windows.ts`. */

import type { Scenario } from "../../../scenarios/types.ts";
import type { GeneratorReport, GeneratorTask } from "../messages.ts";
import { findCapacity } from "./capacity.ts";
import { traceCurve } from "./curve.ts";

/**
 * Drives a trial of many windows, each with an arrival rate that the ones before it lead to.
 *
 * @param task of all generators together
 * @param run drives one window: what differs from the task is its own; the report is that of all generators
 * @returns a report with what was found, and with the account of the replies of all windows
 */
export type Search = (
  task: GeneratorTask,
  run: (task: GeneratorTask) => Promise<GeneratorReport>,
) => Promise<GeneratorReport>;

export const searches: { readonly [name in NonNullable<Scenario["search"]>]: Search } = {
  capacity: findCapacity,
  curve: traceCurve,
};
