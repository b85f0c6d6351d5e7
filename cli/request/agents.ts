/** The agents of a run: found by its options before it is planned. */

import type { Fleet } from "../../bench/agents/fleet.ts";
import type { FindMissing } from "../../bench/plan/options.ts";
import type { RunAgents } from "../../bench/plan/run_options.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Arguments } from "../arguments.ts";
import { AGENTS_OPTION } from "../options/shared_options.ts";
import { printOver } from "../output/terminal.ts";
import { readBroker } from "./read_broker.ts";

/** Agents that have been taken, and what a plan has of them. */
export interface TakenAgents extends AsyncDisposable {
  readonly fleet: Fleet;
  readonly agents: RunAgents;
  /** What is missing to start a server where it is to be; absent if that is this machine. */
  readonly findMissing?: FindMissing;
}

/**
 * What the options say of agents; undefined if there are to be none.
 *
 * @throws {UsageError} if agents are chosen, and not where they are, or by what is no label
 */
export function readAgents(args: Arguments): RunAgents | undefined {
  const nats = args.text(AGENTS_OPTION.name);
  const server = args.text("server-agent");
  const [least, pick] = [args.number("agents-min"), args.list("agents-pick")];
  if (nats === undefined) {
    const [name] = ["agents-min", "agents-pick", "server-agent"].filter((one) =>
      args.text(one) !== undefined
    );
    if (name === undefined) return undefined;
    throw new UsageError(
      `--${name} chooses among the agents at a NATS: add --agents nats://HOST:4222`,
    );
  }
  const odd = pick?.find((label) => !/^[^=]+=[^=]+$/.test(label));
  if (odd !== undefined) {
    throw new UsageError(`--agents-pick needs labels such as zone=a: received "${odd}"`);
  }
  return {
    nats,
    ...(least !== undefined && { least }),
    ...(pick !== undefined && { pick }),
    ...(server !== undefined && { server }),
  };
}

/**
 * Takes the agents of a run.
 *
 * @throws {UsageError} if NATS cannot be reached, or there are too few
 */
export async function takeAgentsOf(
  { nats, ...choice }: RunAgents,
  args: Arguments,
): Promise<TakenAgents> {
  const { openBus } = await import("../../bench/agents/bus.ts");
  const { takeAgents } = await import("../../bench/agents/fleet.ts");
  const bus = await openBus(readBroker(args, nats), printOver);
  try {
    const fleet = await takeAgents(bus, choice);
    const { pick, server } = choice;
    const { host } = fleet;
    return {
      fleet,
      ...(host !== undefined && {
        findMissing: ({ id }: { readonly id: string }) => host.missing[id],
      }),
      agents: {
        nats: fleet.nats,
        ids: fleet.agents.map(({ id }) => id),
        ...(pick !== undefined && { pick }),
        ...(server !== undefined && { server }),
        areHere: fleet.agents.every(({ isHere }) => isHere),
      },
      async [Symbol.asyncDispose]() {
        await fleet[Symbol.asyncDispose]();
        await bus[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await bus[Symbol.asyncDispose]();
    throw error;
  }
}
