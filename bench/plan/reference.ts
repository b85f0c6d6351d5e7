/** The reference server of a run, which shows the ceiling of its generators. */

import type { Settings } from "../../measure/model/result.ts";
import { inSetUp } from "../../servers/launch/set_up.ts";
import { reference } from "../../servers/mod.ts";
import { hasEpoll } from "./client/engine.ts";
import type { Contender } from "./plan_types.ts";

/**
 * Chooses the reference server, with the client of the servers that speak the same protocol. It has as many workers as
 * there are generators, if there are CPUs for them: one alone would soon be the limit itself.
 *
 * @returns undefined if it cannot run
 */
export function chooseReference(
  contenders: readonly Contender[],
  settings: Pick<Settings, "generators" | "pinning" | "agents">,
): Contender | undefined {
  const alike = contenders.find(({ server }) => server.protocol === reference.protocol);
  if (alike === undefined || !hasEpoll()) return undefined;
  // Each agent has one of its own.
  const workers = settings.agents === undefined
    ? Math.min(settings.generators, cpusFor("server", settings))
    : 1;
  return {
    server: workers > 1 ? inSetUp(reference, { workers }) : reference,
    client: alike.client,
  };
}

/** How many CPUs the server, or all generators together, can use. */
export function cpusFor(
  side: "server" | "generator",
  { pinning }: Pick<Settings, "pinning">,
): number {
  return "absent" in pinning
    ? Math.max(1, Math.floor(navigator.hardwareConcurrency / 2))
    : pinning[side].length;
}
