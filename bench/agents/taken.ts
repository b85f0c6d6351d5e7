/** The agents of a run, taken before it is planned. */

import type { FindMissing } from "../plan/options.ts";
import type { RunAgents } from "../plan/run_options.ts";
import type { BrokerOptions } from "./broker/connect.ts";
import { openBus } from "./bus.ts";
import { type Fleet, takeAgents } from "./fleet.ts";

/** Agents that have been taken, and what a plan has of them; disposing releases them. */
export interface TakenAgents extends AsyncDisposable {
  readonly fleet: Fleet;
  readonly agents: RunAgents;
  /** What is missing to start a server where it is to be; absent if that is this machine. */
  readonly findMissing?: FindMissing;
}

/**
 * Takes the agents of a run.
 *
 * @param tell hears in words what happens to the connection to NATS later
 * @param signal gives up waiting for them
 * @throws {UsageError} if NATS cannot be reached, or there are too few
 */
export async function takeForRun(
  { pick, server, ...choice }: Omit<RunAgents, "nats">,
  broker: BrokerOptions,
  tell?: (line: string) => void,
  signal?: AbortSignal,
): Promise<TakenAgents> {
  await using stack = new AsyncDisposableStack();
  const bus = stack.use(await openBus(broker, tell));
  const chosen = {
    ...(pick !== undefined && { pick }),
    ...(server !== undefined && { server }),
  };
  const fleet = stack.use(await takeAgents(bus, { ...choice, ...chosen }, signal));
  const { host } = fleet;
  const kept = stack.move();
  return {
    fleet,
    ...(host !== undefined && {
      findMissing: ({ id }: { readonly id: string }) => host.missing[id],
    }),
    agents: {
      nats: fleet.nats,
      ids: fleet.agents.map(({ id }) => id),
      ...chosen,
      areHere: fleet.agents.every(({ isHere }) => isHere),
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
