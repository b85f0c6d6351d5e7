/** A NATS server with agents as processes of their own, for tests. */

import { startNats } from "../broker/server.ts";
import { type Bus, openBus } from "../bus.ts";
import { findAgents } from "../list.ts";
import { type Child, startChild } from "../../process/child.ts";
import { until } from "../../../checks/testing/until.ts";

/** Agents that run, with the NATS that they are at. */
export interface RunningAgents extends AsyncDisposable {
  readonly url: string;
  readonly bus: Bus;
  /** The agents, by their ids. */
  readonly agents: ReadonlyMap<string, Child>;
}

/** The command of wsmark with some arguments. */
export function wsmark(...args: readonly string[]): string[] {
  const program = new URL("../../../cli/wsmark.ts", import.meta.url).pathname;
  return [Deno.execPath(), "run", "--allow-all", "--quiet", "--no-check", program, ...args];
}

/** Starts agents with these ids. */
export function startAgents(...ids: readonly string[]): Promise<RunningAgents> {
  return startAgentsWith(Object.fromEntries(ids.map((id) => [id, []])));
}

/** Starts agents, each with more arguments. */
export async function startAgentsWith(
  options: Readonly<Record<string, readonly string[]>>,
): Promise<RunningAgents> {
  const ids = Object.keys(options);
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startNats({ hostname: "127.0.0.1", port: 0, configuration: "" }));
  const url = `nats://127.0.0.1:${server.port}`;
  const bus = stack.use(await openBus({ url }));
  const agents = new Map(ids.map((id) => {
    const child = startChild(wsmark("agent", "--nats", url, "--id", id, ...options[id]!));
    stack.defer(() => child.stop());
    return [id, child];
  }));
  await until("all agents", async () => (await findAgents(bus)).length === ids.length);
  const all = stack.move();
  return { url, bus, agents, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
