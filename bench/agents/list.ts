/** Which agents there are, and what their clocks show. */

import { AT_ONCE, type ClockReading, compareClock } from "../generator/together/clock.ts";
import { UsageError } from "../usage.ts";
import { VERSION } from "../version.ts";
import { after } from "../process/delay.ts";
import { takingTurns } from "../process/turns.ts";
import type { Bus } from "./bus.ts";
import {
  Answer,
  decode,
  type Description,
  DIALECT,
  encode,
  type Order,
  ordersOf,
} from "./messages.ts";
import { rangesOf } from "./ranges.ts";
import { findInstances } from "./service.ts";

/** An agent that answered. */
export interface FoundAgent {
  readonly description: Description;
  /** What its clock showed. */
  readonly clock: ClockReading;
}

/** How long an agent may take to describe itself, in milliseconds. */
const DESCRIBE_MS = 2000;
/** How long agents are waited for if there are too few, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Gives an order to an agent.
 *
 * @param limitMs how long it is asked for its answer
 * @throws {SilenceError} if it does not answer
 * @throws {SyntaxError} if its answer cannot be read
 */
export async function give(
  bus: Bus,
  instance: string,
  order: Order,
  limitMs?: number,
): Promise<Answer> {
  return decode(await bus.ask(ordersOf(instance), encode(order), limitMs), Answer);
}

/** Reads the clock of an agent. */
export async function clockOf(bus: Bus, instance: string): Promise<{ readonly atMs: number }> {
  const answer = await give(bus, instance, { order: "clock" });
  if (answer.answer !== "clock") throw new Error("it does not say what its clock shows");
  return answer;
}

/** Finds all agents, by their ids; one that does not answer is left out. */
export async function findAgents(bus: Bus): Promise<FoundAgent[]> {
  const instances = await findInstances(bus);
  const inTurn = takingTurns(AT_ONCE);
  const found = await Promise.all(instances.map((instance) =>
    inTurn(async () => {
      try {
        const answer = await give(bus, instance, { order: "describe" }, DESCRIBE_MS);
        if (answer.answer !== "description") return [];
        const clock = await compareClock(() => clockOf(bus, instance));
        return [{ description: answer.description, clock }];
      } catch {
        return [];
      }
    })
  ));
  return found.flat().sort((a, b) => a.description.id < b.description.id ? -1 : 1);
}

/** Which agents a run takes. */
export interface AgentChoice {
  /** How many there must be; 1 when left out. */
  readonly least?: number;
  /** Labels that each must have, as `zone=a`. */
  readonly pick?: readonly string[];
  /** Ids of those that it takes, and no other; all that fit when left out. */
  readonly ids?: readonly string[];
  /** Id of the one that has the servers, which makes no load. */
  readonly server?: string;
  /** How long they are waited for, in milliseconds; 10 s when left out. */
  readonly patienceMs?: number;
}

/**
 * Waits until there are as many agents as a run needs, and chooses them.
 *
 * @param signal gives up waiting
 * @throws {UsageError} if there are too few, two with the same id, one of another version, or one that is at work
 */
export async function chooseAgents(
  bus: Bus,
  { least = 1, pick = [], ids, server, patienceMs = PATIENCE_MS }: AgentChoice,
  signal?: AbortSignal,
): Promise<FoundAgent[]> {
  const fits = ({ description: { id, labels } }: FoundAgent): boolean =>
    (ids === undefined || ids.includes(id)) && id !== server &&
    pick.every((label) => {
      const at = label.indexOf("=");
      return labels[label.slice(0, at)] === label.slice(at + 1);
    });
  const needed = ids?.length ?? least;
  const endMs = performance.now() + patienceMs;
  for (;;) {
    const all = await findAgents(bus);
    const chosen = all.filter(fits);
    const obstacle = obstacleOf(bus, chosen);
    const isEnough = new Set(chosen.map(({ description: { id } }) => id)).size >= needed;
    // A run that has just ended may not have released them yet.
    if (isEnough && obstacle === undefined) return chosen;
    if (performance.now() >= endMs || isEnough && obstacle?.isLasting) {
      if (isEnough) throw new UsageError(obstacle!.message);
      throw new UsageError(shortageOf(bus, all, chosen, { needed, pick, ids, server }));
    }
    using pause = after(QUIET_MS, signal);
    await pause.over;
  }
}

/**
 * Waits for the agent that has the servers of a run.
 *
 * @param load those that make its load
 * @param signal gives up waiting for it
 * @returns that one alone
 * @throws {UsageError} if there is none of that id, or it starts no servers, or those that make the load do not reach them
 */
export async function chooseServerAgent(
  bus: Bus,
  id: string,
  load: readonly FoundAgent[],
  signal?: AbortSignal,
  patienceMs: number = PATIENCE_MS,
): Promise<FoundAgent[]> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    const all = await findAgents(bus);
    const found = all.filter(({ description }) => description.id === id);
    const [one] = found;
    const obstacle = obstacleOf(bus, found) ?? servingObstacle(found, load);
    if (one !== undefined && obstacle === undefined) return [one];
    if (performance.now() >= endMs || obstacle?.isLasting) {
      throw new UsageError(
        obstacle?.message ?? `No agent at ${bus.name} is called ${id} (there: ${namesOf(all)}): ` +
            `start it with deno task agent --nats … --id ${id} --serve`,
      );
    }
    using pause = after(QUIET_MS, signal);
    await pause.over;
  }
}

/** Why an agent cannot have the servers that others drive. */
function servingObstacle(
  [one]: readonly FoundAgent[],
  load: readonly FoundAgent[],
): { readonly message: string; readonly isLasting: boolean } | undefined {
  if (one === undefined) return undefined;
  const { id, serves, host } = one.description;
  if (serves === undefined) {
    return {
      message: `The agent ${id} starts no servers: start it with --serve`,
      isLasting: true,
    };
  }
  const other = load.find(({ description }) => description.host !== host);
  if (!LOOPBACK.has(serves) || other === undefined) return undefined;
  return {
    message:
      `The agent ${id} starts servers at ${serves}, which ${other.description.id} on another ` +
      "machine does not reach: start it with --serve-address and an address of its network",
    isLasting: true,
  };
}

const LOOPBACK = rangesOf(["127.0.0.0/8", "::1"]);

function namesOf(agents: readonly FoundAgent[]): string {
  return agents.map(({ description: { id } }) => id).join(", ") || "none";
}

/** Between two looks for agents, in milliseconds. */
const QUIET_MS = 300;

/** Why agents cannot be taken. */
function obstacleOf(
  bus: Bus,
  agents: readonly FoundAgent[],
): { readonly message: string; readonly isLasting: boolean } | undefined {
  const descriptions = agents.map(({ description }) => description);
  for (const { id, version, dialect, instance } of descriptions) {
    if (version !== VERSION || dialect !== DIALECT) {
      const message = `The agent ${id} runs wsmark ${version}, and this is ${VERSION}: ` +
        "start it with the same version";
      return { message, isLasting: true };
    }
    if (descriptions.some((one) => one.id === id && one.instance !== instance)) {
      const message =
        `Two agents at ${bus.name} are called ${id}: end one, or give it another --id`;
      return { message, isLasting: true };
    }
  }
  const busy = descriptions.find(({ session }) => session !== null);
  if (busy === undefined) return undefined;
  const message =
    `The agent ${busy.id} works for another run: wait for its end, or choose others ` +
    "with --agents-pick";
  return { message, isLasting: false };
}

function shortageOf(
  bus: Bus,
  all: readonly FoundAgent[],
  chosen: readonly FoundAgent[],
  { needed, pick, ids, server }: {
    readonly needed: number;
    readonly pick: readonly string[];
    readonly ids: readonly string[] | undefined;
    readonly server: string | undefined;
  },
): string {
  if (ids !== undefined) {
    const missing = ids.filter((id) => chosen.every(({ description }) => description.id !== id));
    return `The run needs the agents that it began with, and ${missing.join(", ")} ${
      missing.length === 1 ? "is" : "are"
    } not at ${bus.name} (there: ${namesOf(all)}): start ${
      missing.length === 1 ? "it" : "them"
    } with --id`;
  }
  const labelled = pick.length === 0 ? "" : ` with ${pick.join(" and ")}`;
  const other = server === undefined ? "" : `, and ${server} has the servers`;
  return `There ${
    chosen.length === 1 ? "is" : "are"
  } ${chosen.length} of ${needed} agents${labelled} ` +
    `at ${bus.name} (there: ${namesOf(all)}${other}): start more with deno task agent --nats …`;
}
