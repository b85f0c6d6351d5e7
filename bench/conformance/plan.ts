/** What a run of the conformance suite will do. */

import { namedCases } from "../../conformance/choice.ts";
import { allCases, groups } from "../../conformance/groups/mod.ts";
import type { NotTried } from "../../conformance/result.ts";
import type { Case } from "../../conformance/types.ts";
import { chooseServers } from "../plan/options.ts";
import type { RunOptions } from "../plan/run_options.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { UsageError, whole } from "../usage.ts";

/** What is asked of a run of the suite. */
export interface ConformanceOptions {
  /** Ids, `all` or tags, and your own servers; by default the usual ones. */
  readonly servers?: RunOptions["servers"];
  /** Patterns of ids; all cases when left out. */
  readonly cases?: readonly string[];
  /** How many servers are tried at the same time. */
  readonly parallel?: number;
}

/** What a run of the suite will do. */
export interface ConformancePlan {
  readonly servers: readonly ServerEntry[];
  readonly leftOut: readonly NotTried[];
  readonly cases: readonly Case[];
  readonly parallel: number;
}

/** Ids of the protocols that cases can be run over: of the second one only what is below its messages. */
export const CASE_PROTOCOLS: readonly string[] = ["websocket", "socket.io"];

/** More would only wait for the CPUs. */
export const MOST_PARALLEL = 4;

/**
 * Makes the plan.
 *
 * @throws {UsageError} for options that are not possible
 */
export function planConformance(
  { servers, cases = ["*"], parallel }: ConformanceOptions,
): ConformancePlan {
  const { chosen, leftOut } = chooseServers(servers);
  for (const { id, protocol } of chosen) {
    if (CASE_PROTOCOLS.includes(protocol)) continue;
    throw new UsageError(
      `The cases are sent to what returns messages as they came, and ${id} speaks ${protocol}: ` +
        "leave its --protocol out, and name a path of it that does so by --path",
    );
  }
  return {
    servers: chosen,
    leftOut,
    cases: chooseCases(cases),
    parallel: whole(
      "number of servers at a time (--parallel)",
      parallel ?? Math.min(MOST_PARALLEL, navigator.hardwareConcurrency),
      1,
      64,
    ),
  };
}

function chooseCases(patterns: readonly string[]): readonly Case[] {
  const forServers = allCases.filter(({ role }) => role !== "client");
  const { chosen, unknown } = namedCases(patterns, forServers);
  const [first] = unknown;
  if (first === undefined && chosen.length > 0) return chosen;
  const known = groups.map(({ id, title }) => `${id} ${title}`).join(", ");
  throw new UsageError(`No case of servers is called "${first ?? ""}". Groups: ${known}`);
}
