/** The agents of a run: found by its options before it is planned. */

import type { TakenAgents } from "../../bench/agents/taken.ts";
import type { RunAgents } from "../../bench/plan/run_options.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Arguments } from "../arguments.ts";
import { AGENTS_OPTION } from "../options/shared_options.ts";
import { printOver } from "../output/terminal.ts";
import { readBroker } from "./read_broker.ts";

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
  const { takeForRun } = await import("../../bench/agents/taken.ts");
  return await takeForRun(choice, readBroker(args, nats), printOver);
}
