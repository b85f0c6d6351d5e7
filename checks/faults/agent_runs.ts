/** Runs by agents in which something happens to an agent, to NATS, or to the run. */

import { openBus } from "../../bench/agents/bus.ts";
import { findNatsServer } from "../../bench/agents/broker/server.ts";
import { describeAgent } from "../../bench/agents/host.ts";
import { encode, ordersOf } from "../../bench/agents/messages.ts";
import { announce } from "../../bench/agents/service.ts";
import { clockMs } from "../../bench/generator/together/clock.ts";
import { AGENTS, type Oddity, openSite, type Site, VICTIM } from "./agent_site.ts";
import type { Cell, Seen } from "./cells.ts";
import { judge } from "./judge.ts";
import { noted, skipped } from "./outside_runs.ts";
import { CONNECTIONS, HAPPENED } from "./phases.ts";
import { type Ran, type Running, runProgram } from "./program.ts";
import { argsOf, commandOf, scenarioOf } from "./server_runs.ts";

interface AgentFault {
  readonly oddity?: Oddity;
  /** What is there before the run. */
  readonly before?: (site: Site) => Promise<AsyncDisposable>;
  /** What happens when the server enters the phase. */
  readonly act?: (site: Site, running: Running) => Promise<void> | void;
  /** What ends it after the run. */
  readonly undo?: (site: Site) => Promise<void> | void;
  /** Whether it keeps the victim from ending its load, until it is undone. */
  readonly holds?: true;
  /** The agents that are there no more. */
  readonly missing?: readonly string[];
  readonly hitsAll?: boolean;
  /** What else is wrong with a run, a phrase each. */
  readonly check?: (ran: Ran) => string[];
}

const HOUR_MS = 3_600_000;
const DRIFT = 0.01;
/** How long NATS is away, and how long a CPU is burnt, in milliseconds. */
const AWAY_MS = 1500;
const BURN_MS = 3000;
const BETWEEN_MS = 100;
/** How soon agents end their load, as far as a busy machine lets see it, in milliseconds; without NATS 5 s later. */
const STOP_MS = 4000;
const STOP_ALONE_MS = 12_000;
/** How long agents may take to be ready for the next run, in milliseconds. */
const READY_MS = 20_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function toVictim(signal: Deno.Signal): (site: Site) => void {
  return ({ victim }) => victim.kill(signal);
}

/** Somebody who says that it is an agent. */
function impostor(id: string, version?: string): (site: Site) => Promise<AsyncDisposable> {
  return async ({ url }) => {
    await using stack = new AsyncDisposableStack();
    const bus = stack.use(await openBus({ url }));
    const identity = { id, instance: crypto.randomUUID(), labels: {}, host: "x", allows: [] };
    const description = { ...describeAgent(identity, null), ...(version && { version }) };
    const subject = ordersOf(identity.instance);
    const { instance } = identity;
    stack.use(
      announce(bus, { instance, version: description.version, metadata: {}, subject }),
    );
    stack.use(bus.answer(subject, (content) => {
      const { order } = JSON.parse(new TextDecoder().decode(content));
      return encode(
        order === "clock"
          ? { answer: "clock", atMs: clockMs() }
          : { answer: "description", description },
      );
    }));
    const all = stack.move();
    return { [Symbol.asyncDispose]: () => all.disposeAsync() };
  };
}

/** Keeps the machine busy for a while. */
function burn(): void {
  const loop =
    `end=$(($(date +%s%3N) + ${BURN_MS})); while [ $(date +%s%3N) -lt $end ]; do :; done`;
  for (let one = 0; one < navigator.hardwareConcurrency; one++) {
    new Deno.Command("sh", { args: ["-c", loop], stdin: "null", stdout: "null", stderr: "null" })
      .spawn().unref();
  }
}

/** What the clock of the victim was found to be, where it was to be found. */
function clockOf(
  of: (ran: Ran) => number | undefined,
  least: number,
  most: number,
): (ran: Ran) => string[] {
  return (ran) => {
    const found = of(ran);
    return found !== undefined && found >= least && found <= most
      ? []
      : [`the clock is found to be ${found}, not from ${least} to ${most}`];
  };
}

function driftOf({ kept }: Ran): number | undefined {
  const trial = kept.at(-1);
  return trial?.state === "completed"
    ? trial.sharing?.generators.find(({ agent }) => agent === VICTIM)?.clockDrift
    : undefined;
}

const limited: Oddity = { through: ["sh", "-c", 'ulimit -n 64 && exec "$@"', "sh"] };

/** By the ids of the faults. */
export const agentFaults: Readonly<Record<string, AgentFault>> = {
  "agent-killed": { act: toVictim("SIGKILL"), missing: [VICTIM] },
  "agent-leaves": { act: toVictim("SIGINT"), missing: [VICTIM] },
  "agent-frozen": {
    act: toVictim("SIGSTOP"),
    undo: ({ victim }) => victim.kill("SIGCONT"),
    holds: true,
  },
  "agent-silenced": { act: ({ relay }) => relay.freeze(), undo: ({ relay }) => relay.thaw() },
  "agent-cut": { act: ({ relay }) => relay.cut(), undo: ({ relay }) => relay.mend() },
  "agent-slow": { act: burn },
  "agent-descriptors": { oddity: limited, hitsAll: true },
  "agent-clock": {
    oddity: { env: { WSMARK_CHECK_OFFSET: String(HOUR_MS) } },
    check: clockOf(
      ({ result }) => result?.agents?.find(({ id }) => id === VICTIM)?.clockOffsetMs,
      HOUR_MS - 1000,
      HOUR_MS + 1000,
    ),
  },
  "agent-drift": {
    oddity: { env: { WSMARK_CHECK_DRIFT: String(DRIFT) } },
    check: clockOf(driftOf, 0.8 * DRIFT, 1.2 * DRIFT),
  },
  "agent-version": { before: impostor("d", "0.0.1") },
  "agent-twice": { before: impostor(VICTIM) },
  "nats-back": {
    async act(site) {
      await site.killNats();
      await wait(AWAY_MS);
      await site.startNats();
    },
  },
  "nats-gone": { act: (site) => site.killNats(), undo: (site) => site.startNats() },
  "coordinator-killed": { act: (_, { pid }) => Deno.kill(pid, "SIGKILL") },
  "agents-ctrl-c": { act: (_, { pid }) => Deno.kill(pid, "SIGINT") },
  "agents-ctrl-c-twice": {
    async act(_, { pid }) {
      Deno.kill(pid, "SIGINT");
      await wait(BETWEEN_MS);
      Deno.kill(pid, "SIGINT");
    },
  },
};

/** Runs a cell with a NATS server and agents of its own. */
export async function runAgents(cell: Cell): Promise<Seen> {
  try {
    findNatsServer();
  } catch (error) {
    return skipped(cell, (error as Error).message);
  }
  const fault = agentFaults[cell.fault.id]!;
  const { oddity, before, undo, holds = false, missing = [], hitsAll = false, check } = fault;
  const folder = await Deno.makeTempDir({ prefix: "faults-" });
  try {
    await using site = await openSite(oddity);
    let ran: Ran;
    let actedMs: number | undefined;
    {
      await using _ = await before?.(site);
      ({ ran, actedMs } = await runHeld(cell, fault, site, folder));
    }
    const isAlone = cell.fault.id === "nats-gone";
    if (holds) await undo?.(site);
    const late = await stopped(site, isAlone ? STOP_ALONE_MS : STOP_MS);
    if (!holds) await undo?.(site);
    const happenedMs = actedMs ?? ran.lines[0]?.atMs;
    const seen = judge(cell, ran, {
      server: "faulty",
      happenedMs: happenedMs === undefined ? [] : [happenedMs],
      hitsAll,
    });
    const wrong = [...late, ...await readiness(site, missing), ...check?.(ran) ?? []];
    return { ...seen, wrong: [...seen.wrong, ...wrong] };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runHeld(
  cell: Cell,
  { act }: AgentFault,
  site: Site,
  folder: string,
): Promise<{ ran: Ran; actedMs: number | undefined }> {
  const { fault, phase } = cell;
  const { connections = CONNECTIONS } = fault;
  const log = `${folder}/log`;
  const hold = commandOf({ id: "hold" }, phase, log, scenarioOf(fault, phase));
  let actedMs: number | undefined;
  const ran = await runProgram({
    args: [
      ...argsOf(cell, [`faulty=${hold}`], connections),
      ...["--agents", site.url, "--agents-min", String(AGENTS.length), "--no-ceiling"],
    ],
    folder: `${folder}/run`,
    ...(act && {
      async act(running) {
        if (!await noted(log, HAPPENED, running.ended)) return;
        actedMs = Date.now();
        await act(site, running);
      },
    }),
  });
  return { ran, actedMs };
}

/** Waits until no generator of an agent runs; what is left is wrong. */
async function stopped(site: Site, limitMs: number): Promise<string[]> {
  const endMs = performance.now() + limitMs;
  while (site.generators().length > 0) {
    if (performance.now() > endMs) {
      return [`${site.generators().length} generators run ${limitMs} ms after the end`];
    }
    await wait(BETWEEN_MS);
  }
  return [];
}

/** Waits until all agents that are left are ready for the next run. */
async function readiness(site: Site, missing: readonly string[]): Promise<string[]> {
  const expected = AGENTS.filter((id) => !missing.includes(id));
  const endMs = performance.now() + READY_MS;
  for (;;) {
    const ready = (await site.found()).filter(({ description }) => description.session === null);
    const ids = ready.map(({ description }) => description.id);
    if (expected.every((id) => ids.includes(id))) return [];
    if (performance.now() > endMs) return [`ready for the next run: ${ids}, not ${expected}`];
    await wait(BETWEEN_MS);
  }
}
