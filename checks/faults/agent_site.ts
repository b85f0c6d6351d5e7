/** The agents of a cell: a NATS server that can be killed and started again, and three agents at it. */

import { existsSync } from "node:fs";
import { openBus } from "../../bench/agents/bus.ts";
import { startNats } from "../../bench/agents/broker/server.ts";
import { findAgents, type FoundAgent } from "../../bench/agents/list.ts";
import { type Relay, startRelay } from "../testing/network/relay.ts";
import { until } from "../testing/until.ts";
import { commandLine, MARK, marked } from "./processes.ts";

const PROGRAM = new URL("../../cli/wsmark.ts", import.meta.url).pathname;
const CLOCK = new URL("./agent_clock.ts", import.meta.url).pathname;
const GENERATOR = "bench/generator/main.ts";

/** The agents; faults happen to the one in the middle. */
export const AGENTS = ["a", "b", "c"] as const;
export const VICTIM = "b";

/** What is odd about the one that faults happen to. */
export interface Oddity {
  /** Program and arguments that start it. */
  readonly through?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Between NATS and the victim. */
  readonly relay: Relay;
  readonly victim: Deno.ChildProcess;
  killNats(): Promise<void>;
  startNats(): Promise<void>;
  /** Ids of the generators of its agents that run. */
  generators(): number[];
  /** The agents that there are, and what they do. */
  found(): Promise<FoundAgent[]>;
}

/** Starts all. */
export async function openSite({ through = [], env = {} }: Oddity = {}): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const mark = crypto.randomUUID();
  let nats = await startNats({ hostname: "127.0.0.1", port: 0, configuration: "" });
  stack.defer(() => nats[Symbol.asyncDispose]());
  const { port } = nats;
  const relay = stack.use(startRelay({ port }));
  const url = `nats://127.0.0.1:${port}`;

  function start(id: string): Deno.ChildProcess {
    const isVictim = id === VICTIM;
    const [program, ...args] = [
      ...(isVictim ? through : []),
      ...[Deno.execPath(), "run", "--allow-all", "--quiet", "--no-check", "--preload", CLOCK],
      ...[PROGRAM, "agent", "--id", id],
      ...["--nats", isVictim ? `nats://127.0.0.1:${relay.port}` : url],
    ];
    return new Deno.Command(program!, {
      args,
      env: { [MARK]: mark, ...(isVictim && env) },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  const children = AGENTS.map(start);
  stack.defer(async () => {
    for (const pid of marked(mark)) Deno.kill(pid, "SIGKILL");
    await Promise.all(children.map((child) => child.status));
  });

  async function found(): Promise<FoundAgent[]> {
    await using bus = await openBus({ url });
    return await findAgents(bus);
  }

  await until("the agents", async () => (await found()).length === AGENTS.length);
  const all = stack.move();
  return {
    url,
    relay,
    victim: children[AGENTS.indexOf(VICTIM)]!,
    async killNats() {
      Deno.kill(nats.pid, "SIGKILL");
      await nats.ended;
    },
    async startNats() {
      // Somebody else may have its port for a moment.
      await until("NATS to be back", async () => {
        try {
          nats = await startNats({ hostname: "127.0.0.1", port, configuration: "" });
          return true;
        } catch {
          return false;
        }
      });
    },
    generators: () =>
      marked(mark).filter((pid) =>
        existsSync(`/proc/${pid}`) && commandLine(pid).some((word) => word.endsWith(GENERATOR))
      ),
    found,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
