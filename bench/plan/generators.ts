/** How many generators a run is asked for. */

import type { Settings } from "../../measure/model/result.ts";
import { UsageError, whole } from "../usage.ts";
import { MOST_AGENTS } from "./agents.ts";
import { MOST_GENERATORS } from "./plan.ts";
import { cpusFor } from "./reference.ts";
import type { RunOptions } from "./run_options.ts";

/** In place of a number: as many as the fastest server needs. */
export const AUTO = "auto";

/**
 * How many generators share a trial: one on each agent; 1 as long as it has yet to be found.
 *
 * @throws {UsageError} for a number that is not possible
 */
export function generatorsOf({ generators = 1, agents, ceiling = true }: RunOptions): number {
  if (agents !== undefined) {
    return whole("number of agents", agents.ids?.length ?? agents.least ?? 1, 1, MOST_AGENTS);
  }
  if (generators !== AUTO) return whole("number of generators", generators, 1, MOST_GENERATORS);
  if (ceiling) return 1;
  throw new UsageError(
    "--generators auto goes by the ceiling of the generators: leave --no-ceiling out, or give their number",
  );
}

/** The most generators that are of use: each needs a CPU. */
export function mostGenerators(settings: Pick<Settings, "pinning">): number {
  return Math.min(cpusFor("generator", settings), MOST_GENERATORS);
}
