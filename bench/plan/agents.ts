/** What a run by agents can do, checked before it begins. */

import type { Settings } from "../../measure/model/result.ts";
import { isProtocolFile } from "../../protocols/mod.ts";
import { isLoopback } from "../process/reachability.ts";
import { UsageError } from "../usage.ts";
import type { Contender } from "./plan_types.ts";
import type { RunAgents, RunOptions } from "./run_options.ts";

/** The most agents that share a trial. */
export const MOST_AGENTS = 1000;

/** The client that agents drive. */
const CLIENT = "wire";

/**
 * Refuses what agents cannot do.
 *
 * @throws {UsageError}
 */
export function checkAgents(
  { areHere = false, ids = [], server: host }: RunAgents,
  contenders: readonly Contender[],
  { cpus, generators, sources = [] }: RunOptions,
): void {
  if (generators !== undefined) {
    throw new UsageError(
      "Give --agents or --generators, not both: each agent is one generator, and a machine may have several agents",
    );
  }
  if (cpus !== undefined) {
    throw new UsageError(
      "The CPUs of --cpus are those of this machine: leave it out with --agents",
    );
  }
  if (sources.length > 0) {
    throw new UsageError(
      "The addresses of --source are those of this machine: leave it out with --agents",
    );
  }
  for (const { server, client } of contenders) {
    if (client !== CLIENT) {
      throw new UsageError(
        `Agents drive the client ${CLIENT} alone: received ${client} for ${server.id}. Leave --client out`,
      );
    }
    if (isProtocolFile(server.protocol)) {
      throw new UsageError(
        `Agents speak the protocols of the list alone: received the file ${server.protocol} for ${server.id}`,
      );
    }
    if (host !== undefined && server.launch.by === "command") {
      throw new UsageError(
        `${server.id} has a command, and no agent runs what comes over the network: start it on the machine of ` +
          `${host} by hand, and name it with --url`,
      );
    }
    if (areHere || ids.length === 0 || host !== undefined && server.launch.by === "contract") {
      continue;
    }
    if (server.launch.by !== "url") {
      throw new UsageError(
        `${server.id} is started on this machine, at an address that other machines do not reach: start it with ` +
          "deno task serve --hostname ADDRESS, and name it with --url, or name an agent with --server-agent",
      );
    }
    if (isLoopback(server.launch.url)) {
      throw new UsageError(
        `${server.id} is at a loopback address, which is another machine on each agent: give --url an address ` +
          "that agents reach",
      );
    }
  }
}

/** The agents of a run as its settings record them. */
export function recordedAgents(
  { nats, ids = [], pick = [], server }: RunAgents,
): NonNullable<Settings["agents"]> {
  return {
    nats,
    ids,
    ...(pick.length > 0 && { pick }),
    ...(server !== undefined && { server }),
  };
}
