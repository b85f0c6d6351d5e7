/** The schedule of a case. */

import type { CaseParameters } from "../../parameters.ts";
import type { ScheduleOptions } from "../schedule.ts";
import { highest, readStages } from "./stages.ts";

/** The schedule that a case has: a rate, or one that goes by stages; undefined for a case without either. */
export function scheduleOf(
  { rate, stages, arrivals = "constant" }: CaseParameters,
  seed: number,
): ScheduleOptions | undefined {
  if (stages === undefined) return rate === undefined ? undefined : { rate, arrivals, seed };
  const read = readStages(stages);
  return { rate: highest(read), stages: read, arrivals, seed };
}
