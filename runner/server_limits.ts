/**
 * What a server has to be able to do, checked before a run begins.
 *
 * @module
 */

import type { ChosenScenario, Contender } from "./plan.ts";
import { UsageError } from "./usage.ts";

/**
 * Refuses a scenario that needs a path which a server of one's own does not have: all that is known of such a server is
 * that it returns each message to its sender.
 *
 * @throws {UsageError} where a server has one path only, and a scenario needs `/broadcast`
 */
export function checkServers(
  contenders: readonly Contender[],
  chosen: readonly ChosenScenario[],
): void {
  const single = contenders.find(({ server }) => server.path !== undefined)?.server;
  const needy = chosen.find(({ scenario }) => scenario.behaviour === "/broadcast")?.scenario;
  if (single === undefined || needy === undefined) return;
  throw new UsageError(
    `The server "${single.id}" has one path, ${single.path}, which returns messages to their ` +
      `sender, and the scenario "${needy.id}" needs /broadcast, which sends them to everybody: ` +
      "leave one of the two out",
  );
}
