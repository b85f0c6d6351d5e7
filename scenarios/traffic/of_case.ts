/** What the parameters of a case say of its traffic. */

import type { CaseParameters } from "../parameters.ts";
import { closedLoop } from "./closed_loop.ts";
import type { ScheduleOptions, Share } from "./timing/schedule.ts";
import type { Load, Traffic } from "./types.ts";
import { highest, readStages, readThink } from "./timing/texts.ts";

/** The schedule that a case has: a rate, or one that goes by stages; undefined for a case without either. */
export function scheduleOf(
  { rate, stages, arrivals = "constant" }: CaseParameters,
  seed: number,
  share?: Share,
): ScheduleOptions | undefined {
  if (stages === undefined) return rate === undefined ? undefined : { rate, arrivals, seed, share };
  const read = readStages(stages);
  return { rate: highest(read), stages: read, arrivals, seed, share };
}

/** The closed loop of a case. */
export function closedLoopOf(
  load: Load,
  { connections, inFlight, think }:
    & Required<Pick<CaseParameters, "connections" | "inFlight">>
    & CaseParameters,
  seed: number,
  share?: Share,
): Traffic {
  return closedLoop(load, {
    connections,
    inFlight,
    think: think === undefined ? undefined : readThink(think),
    // Generators that share a case do not pause together.
    seed: seed + (share?.index ?? 0),
  });
}
