/** The agents of a run, as the coordinator has them: taken for its session, and watched. */

import type { Agent } from "../../measure/model/result.ts";
import type { Generator, GeneratorOptions } from "../generator/process.ts";
import { GONE_MS } from "./broker/connect.ts";
import { type Bus, SilenceError } from "./bus.ts";
import { hostKey } from "./host.ts";
import { type AgentChoice, chooseAgents, type FoundAgent, give } from "./list.ts";
import {
  aliveOf,
  decode,
  decodeNews,
  type Description,
  DIALECT,
  Heartbeat,
  newsOf,
} from "./messages.ts";
import { RemoteGenerator, type TakenAgent } from "./remote_generator.ts";
import { after } from "../process/delay.ts";
import { UsageError } from "../usage.ts";
import { VERSION } from "../version.ts";

/** The agents of a run; disposing releases them, which ends what they do. */
export interface Fleet extends AsyncDisposable {
  /** The server that they are reached by, without secrets. */
  readonly nats: string;
  /** The agents, in the order in which they share trials. */
  readonly agents: readonly Agent[];
  /** Starts a generator on one of them; `title` is what it is about, for the agent's own output. */
  start(index: number, title: string, client: string, options: GeneratorOptions): Generator;
}

/** How long an agent may be silent before somebody looks, in milliseconds. */
const SILENCE_MS = 1500;
const LOOK_MS = 300;

/**
 * Takes the agents of a run.
 *
 * @param signal gives up waiting for them
 * @throws {UsageError} if there are too few, or one cannot be taken
 */
export async function takeAgents(
  bus: Bus,
  choice: AgentChoice,
  signal?: AbortSignal,
): Promise<Fleet> {
  const found = await chooseAgents(bus, choice, signal);
  const session = crypto.randomUUID();
  const all = new AsyncDisposableStack();
  const heardMs = new Map<string, number>();
  const works = new Map<string, RemoteGenerator>();

  all.use(bus.answer(aliveOf(session), (content) => {
    heardMs.set(decode(content, Heartbeat).from, performance.now());
    return NOTHING;
  }));
  all.use(bus.answer(newsOf(session), (content) => {
    const { news, part } = decodeNews(content);
    heardMs.set(news.from, performance.now());
    works.get(news.work)?.hear(news, part);
    return NOTHING;
  }));
  all.defer(async () => {
    await Promise.all(
      found.map(({ description: { instance } }) =>
        give(bus, instance, { order: "release", session }, RELEASE_MS).catch(() => {})
      ),
    );
  });
  try {
    const here = await hostKey();
    const agents = await Promise.all(found.map((one) => take(bus, one, session, here)));
    const watching = new AbortController();
    all.defer(() => watching.abort());
    const taken = found.map(({ description }): TakenAgent => ({
      id: description.id,
      instance: description.instance,
      session,
      lost: watch(bus, description, session, () => heardMs.get(description.instance), watching),
    }));
    return {
      nats: bus.name,
      agents,
      start(index, title, client, options) {
        const generator = new RemoteGenerator(bus, taken[index]!, title, client, options);
        works.set(generator.work, generator);
        generator.stopped.then(() => works.delete(generator.work));
        return generator;
      },
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    };
  } catch (error) {
    await all.disposeAsync();
    throw error;
  }
}

const NOTHING = new Uint8Array();
/** How long an agent is told that the run is over, in milliseconds: it notices anyway. */
const RELEASE_MS = 2000;

async function take(
  bus: Bus,
  { description: { id, labels, host, instance }, clock }: FoundAgent,
  session: string,
  here: string,
): Promise<Agent> {
  const order = { order: "take", session, version: VERSION, dialect: DIALECT } as const;
  const answer = await give(bus, instance, order).catch((error: Error) => {
    throw new UsageError(`The agent ${id} cannot be taken: ${error.message}. See whether it runs`);
  });
  if (answer.answer !== "taken") {
    const reason = answer.answer === "refused" ? answer.reason : "it does not say why";
    throw new UsageError(`The agent ${id} cannot be taken: ${reason}. Choose others, or wait`);
  }
  return {
    id,
    ...(Object.keys(labels).length > 0 && { labels }),
    host,
    isHere: host === here,
    clockOffsetMs: clock.offsetMs,
    clockErrorMs: clock.errorMs,
    roundTripMs: 2 * clock.errorMs,
    machine: answer.machine.map(({ unit, ...fact }) => ({
      ...fact,
      ...(unit !== undefined && { unit }),
    })),
  };
}

/** Waits until an agent is lost. */
async function watch(
  bus: Bus,
  { instance }: Description,
  session: string,
  heard: () => number | undefined,
  { signal }: AbortController,
): Promise<string> {
  const sinceMs = performance.now();
  while (!signal.aborted) {
    using pause = after(LOOK_MS);
    await pause.over;
    const silentMs = performance.now() - Math.max(sinceMs, heard() ?? 0);
    if (silentMs <= SILENCE_MS) continue;
    if (bus.steadyMs === 0) {
      if (silentMs > GONE_MS) return `NATS at ${bus.name} has been away for ${GONE_MS / 1000} s`;
      continue;
    }
    try {
      const answer = await give(bus, instance, { order: "describe" }, LOOK_MS);
      const isOurs = answer.answer === "description" && answer.description.session === session;
      if (!isOurs) return "it has left the run: it could not reach the coordinator for a while";
    } catch (error) {
      if (error instanceof SilenceError && error.isGone && bus.steadyMs > GONE_MS) {
        return error.message;
      }
    }
    if (performance.now() - Math.max(sinceMs, heard() ?? 0) > GONE_MS) {
      return `it was not heard for ${GONE_MS / 1000} s: it is stopped, or cut off from NATS`;
    }
  }
  return "the run is over";
}
