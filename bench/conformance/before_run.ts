/** Tries the servers of a run before its trials. */

import type { RunPlan } from "../plan/options.ts";
import { CASE_PROTOCOLS, planConformance } from "./plan.ts";
import { conformanceSummary, keepConformance } from "./known.ts";
import { type ConformanceFollower, runConformance } from "./suite.ts";

/**
 * Runs all cases on the servers of a run that can be tried.
 *
 * @param finish aborted when no other case is to be run: the plan is then as it was
 * @returns the plan with what was found
 */
export async function tryBefore(
  plan: RunPlan,
  finish: AbortSignal,
  follower?: ConformanceFollower,
): Promise<RunPlan> {
  const servers = plan.contenders.map(({ server }) => server)
    .filter(({ protocol }) => CASE_PROTOCOLS.includes(protocol));
  const result = await runConformance({ ...planConformance({}), servers }, finish, follower);
  if (finish.aborted) return plan;
  keepConformance(result);
  const found = result.servers.filter(({ results }) => results.length > 0)
    .map((server) => [server.id, conformanceSummary(result, server)] as const);
  return { ...plan, conformance: new Map(found) };
}
