/** Which set-up of the servers a run is asked for. */

import type { ServerClass, ServerEntry, SetUp } from "../../servers/types.ts";
import { pickOne } from "../choice.ts";
import { UsageError, whole } from "../usage.ts";
import type { RunOptions } from "./run_options.ts";

/** The classes, the usual one first. */
export const CLASSES = ["production", "tuned", "minimal"] as const satisfies readonly ServerClass[];

/** More workers than CPUs only wait for each other. */
const MOST_WORKERS = 256;

/**
 * Reads the set-up that is asked for.
 *
 * @throws {UsageError} for one that is not possible
 */
export function readSetUp(
  { class: name = CLASSES[0], workers, agents }: Pick<RunOptions, "class" | "workers" | "agents">,
): SetUp {
  const { id } = pickOne("class", name, CLASSES.map((id) => ({ id })));
  if (agents?.server !== undefined && (id !== CLASSES[0] || workers !== undefined)) {
    throw new UsageError(
      `The agent "${agents.server}" sets servers up as usual: leave --class and --workers out, or --server-agent`,
    );
  }
  return {
    ...(id !== "production" && { class: id }),
    ...(workers !== undefined && {
      workers: whole("number of workers (--workers)", workers, 1, MOST_WORKERS),
    }),
  };
}

/**
 * What servers do not have of the set-up that was asked for, in lines; none if each has all of it.
 *
 * @param servers as they will be started
 */
export function setUpNotes(
  servers: readonly ServerEntry[],
  options: Pick<RunOptions, "class" | "workers" | "agents">,
): string[] {
  const { class: name, workers } = readSetUp(options);
  const without = (has: (setUp: SetUp) => boolean): string =>
    servers.filter(({ setUp = {} }) => !has(setUp)).map(({ id }) => id).join(", ");
  const classless = name === undefined ? "" : without((setUp) => setUp.class === name);
  const single = workers === undefined ? "" : without((setUp) => setUp.workers === workers);
  return [
    ...(classless === "" ? [] : [`no class ${name}, so as usual: ${classless}`]),
    ...(single === "" ? [] : [`cannot be told how many workers to have, so as usual: ${single}`]),
  ];
}
