/** Agents of one's own, to verify what several of them measure together: a NATS server and agents on this machine. */

import { denoRun } from "../../servers/launch/deno_run.ts";
import { startNats } from "../../bench/agents/broker/server.ts";
import { openBus } from "../../bench/agents/bus.ts";
import { type Fleet, takeAgents } from "../../bench/agents/fleet.ts";
import { startChild } from "../../bench/process/child.ts";

/** How many there are. */
const IDS = ["agent-1", "agent-2", "agent-3"];

/** Agents that end with their scope. */
export interface OwnAgents extends AsyncDisposable {
  readonly fleet: Fleet;
}

/**
 * Starts a NATS server and three agents, and takes them.
 *
 * @param signal gives up waiting for them
 * @throws {UsageError} if there is no nats-server
 */
export async function startOwnAgents(signal: AbortSignal): Promise<OwnAgents> {
  await using stack = new AsyncDisposableStack();
  const nats = stack.use(await startNats({ hostname: "127.0.0.1", port: 0, configuration: "" }));
  const url = `nats://127.0.0.1:${nats.port}`;
  const program = new URL("../../cli/wsmark.ts", import.meta.url).href;
  for (const id of IDS) {
    const child = startChild([...denoRun(program), ...["agent", "--nats", url, "--id", id]]);
    stack.defer(() => child.stop());
  }
  const bus = stack.use(await openBus({ url }));
  const fleet = stack.use(
    await takeAgents(bus, { least: IDS.length, patienceMs: START_MS }, signal),
  );
  const all = stack.move();
  return { fleet, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** How long agents may take to start, in milliseconds. */
const START_MS = 60_000;
