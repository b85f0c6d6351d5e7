/** Streams of the user's own servers: they send at a rate and with a size of their own, which no path tells them. */

import { describeCase } from "../../scenarios/cases.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { UsageError } from "../usage.ts";
import type { ChosenScenario, Contender } from "./plan_types.ts";

/** Whether a server sends at the rate and with the size that its path tells it: only those of wsmark do. */
export function isToldStream({ launch }: ServerEntry): boolean {
  return launch.by === "contract";
}

/** Parameters without what only wsmark's own servers are told. */
export function ofOwnStream(
  { pushRate: _rate, size: _size, ...rest }: CaseParameters,
): CaseParameters {
  return rest;
}

/**
 * The scenarios, whose streams have no rate and no size in their cases if all servers are the user's own.
 *
 * @throws {UsageError} if a rate was given that no server is told
 */
export function withOwnStreams(
  chosen: readonly ChosenScenario[],
  contenders: readonly Contender[],
  { pushRate }: CaseParameters,
): readonly ChosenScenario[] {
  if (contenders.some(({ server }) => isToldStream(server))) return chosen;
  if (pushRate !== undefined) {
    throw new UsageError(
      `Only servers of wsmark are told --push-rate, and yours send at their own: received ${pushRate}; leave it out`,
    );
  }
  return chosen.map(({ scenario, cases }) => {
    if (!scenario.isStream) return { scenario, cases };
    const own = cases.map(({ parameters }) => describeCase(ofOwnStream(parameters)));
    return { scenario, cases: [...new Map(own.map((one) => [one.id, one])).values()] };
  });
}
