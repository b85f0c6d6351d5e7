/** `agent`: makes load on this machine for runs that are started on others. */

import { startAgent } from "../../bench/agents/agent.ts";
import { isIP } from "node:net";
import { addressesOf } from "../../bench/agents/broker/own.ts";
import { openBus } from "../../bench/agents/bus.ts";
import { hostKey, usualId } from "../../bench/agents/host.ts";
import { findAgents } from "../../bench/agents/list.ts";
import { AGENT_ID, LABEL } from "../../bench/agents/messages.ts";
import { hostServers } from "../../bench/agents/serving/hosting.ts";
import { allowedTargets } from "../../bench/agents/targets.ts";
import { isOfThisMachine } from "../../bench/process/reachability.ts";
import { UsageError } from "../../bench/usage.ts";
import type { Arguments } from "../arguments.ts";
import { type Action, EXIT } from "../command.ts";
import { print, printError } from "../output/terminal.ts";
import { requirePermissions } from "../permissions.ts";
import { readBroker, readNatsUrl } from "../request/read_broker.ts";
import { onStopOrExit } from "../stop.ts";

export const action: Action = async (args) => {
  requirePermissions();
  const id = readId(args);
  const labels = readLabels(args);
  const targets = allowedTargets(args.all("allow"));
  const serves = readServe(args);
  await using bus = await openBus(readBroker(args, readNatsUrl(args)), printError);
  if ((await findAgents(bus)).some(({ description }) => description.id === id)) {
    throw new UsageError(
      `There is an agent called ${id} at ${bus.name} already: name this one with --id`,
    );
  }
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  using _ = onStopOrExit(stop);
  const identity = {
    id,
    instance: crypto.randomUUID(),
    labels,
    host: await hostKey(),
    allows: targets.words,
    ...(serves !== undefined && { serves }),
  };
  if (serves !== undefined) print("looks for what starts the servers of the list");
  using hosting = serves === undefined ? undefined : await hostServers(serves);
  await using _agent = startAgent({
    bus,
    identity,
    hosting,
    addressOf: async (url) => (await targets.check(url)).address,
    say: print,
  });
  const starts = serves === undefined ? "" : ` and start servers at ${serves}`;
  print(
    `agent ${id} is ready at ${bus.name}; it may drive ${
      targets.words.join(", ")
    }${starts}. Ctrl-C ends it`,
  );
  await stopped;
  return EXIT.done;
};

function readId(args: Arguments): string {
  const id = args.text("id") ?? usualId();
  if (AGENT_ID.test(id)) return id;
  throw new UsageError(
    `The id of an agent must be up to 60 letters, digits, ".", "_" and "-": received ${id}`,
  );
}

/**
 * Where servers are started; undefined if they are not.
 *
 * @throws {UsageError} if that is not known, or is no address of this machine
 */
function readServe(args: Arguments): string | undefined {
  const asked = args.text("serve-address");
  if (!args.has("serve")) {
    if (asked === undefined) return undefined;
    throw new UsageError(`--serve-address is for servers: add --serve, received ${asked}`);
  }
  if (asked !== undefined) {
    if (isIP(asked) !== 0 && isOfThisMachine(asked)) return asked;
    throw new UsageError(`--serve-address must be an address of this machine: received ${asked}`);
  }
  const all = addressesOf("0.0.0.0");
  if (all.length === 1) return all[0];
  throw new UsageError(
    `This machine has several addresses, ${
      all.join(", ")
    }: name that of its servers with --serve-address`,
  );
}

function readLabels(args: Arguments): Record<string, string> {
  return Object.fromEntries((args.list("labels") ?? []).map((label) => {
    const [, name = "", value = ""] = /^([^=]*)=(.*)$/.exec(label) ?? [];
    if (LABEL.test(name) && LABEL.test(value)) return [name, value];
    throw new UsageError(`A label must be like zone=a: received ${label}`);
  }));
}
