/** The agents of a run, as the coordinator has them: taken for its session, and watched. */

import type { Agent } from "../../measure/model/result.ts";
import type { Generator, GeneratorOptions } from "../generator/process.ts";
import { GONE_MS } from "./broker/connect.ts";
import { type Bus, SilenceError } from "./bus.ts";
import { hostKey } from "./host.ts";
import {
  type AgentChoice,
  chooseAgents,
  chooseServerAgent,
  findAgents,
  type FoundAgent,
  give,
} from "./list.ts";
import { type Hears, type ServerHost, serverHostOf } from "./serving/server_host.ts";
import { aliveOf, decode, type Description, DIALECT, Heartbeat, News, newsOf } from "./messages.ts";
import { RemoteGenerator, type TakenAgent } from "./remote_generator.ts";
import { takingTurns } from "../process/turns.ts";
import type { Away } from "../contact/away.ts";
import { after } from "../process/delay.ts";
import { UsageError } from "../usage.ts";
import { VERSION } from "../version.ts";

/** The agents of a run; disposing releases them, which ends what they do. */
export interface Fleet extends AsyncDisposable {
  /** The server that they are reached by, without secrets. */
  readonly nats: string;
  /** The agents, in the order in which they share trials. */
  readonly agents: readonly Agent[];
  /** Has the servers of the list; absent if they are started on this machine. */
  readonly host?: ServerHost;
  /** Starts a generator on one of them; `title` is what it is about, for the agent's own output. */
  start(index: number, title: string, client: string, options: GeneratorOptions): Generator;
  /**
   * Takes agents again that were lost and have come back, and waits for those that have not.
   *
   * @returns why one is missing after a while; undefined if all are there, or the signal was aborted
   */
  recover(signal: AbortSignal): Promise<Away | undefined>;
}

/** How long an agent may be silent before somebody looks, in milliseconds. */
const SILENCE_MS = 1500;
const LOOK_MS = 300;
/** How long a lost agent is waited for, in milliseconds. */
const AWAY_MS = 10_000;
/** How long an agent is told that the run is over, in milliseconds: it notices anyway. */
const RELEASE_MS = 2000;

/** Reports that are fetched at the same time: what comes of the agents meanwhile does not wait for those of all. */
const AT_ONCE = 4;

const NOTHING = new Uint8Array();

/** The place of an agent in a run. */
interface Place {
  readonly taken: TakenAgent;
  /** Why it is lost, as a sentence; undefined as long as it is not. */
  reason: string | undefined;
}

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
  const { server } = choice;
  const found = await chooseAgents(bus, choice, signal);
  const serving = server === undefined ? [] : await chooseServerAgent(bus, server, found, signal);
  const everyone = [...found, ...serving];
  const session = crypto.randomUUID();
  const heardMs = new Map<string, number>();
  const works = new Map<string, Hears>();
  const places: Place[] = [];
  const watching: Promise<void>[] = [];
  const inTurn = takingTurns(AT_ONCE);
  const over = new AbortController();
  await using all = new AsyncDisposableStack();

  all.use(bus.answer(aliveOf(session), (content) => {
    heardMs.set(decode(content, Heartbeat).from, performance.now());
    return NOTHING;
  }));
  all.use(bus.answer(newsOf(session), (content) => {
    const news = decode(content, News);
    heardMs.set(news.from, performance.now());
    works.get(news.work)?.hear(news);
    return NOTHING;
  }));
  all.defer(async () => {
    const instances = everyone.map(({ description }) => description.instance);
    const taken = places.map(({ taken: { instance } }) => instance);
    const order = { order: "release", session } as const;
    await Promise.all(
      [...new Set([...instances, ...taken])].map((instance) =>
        give(bus, instance, order, RELEASE_MS).catch(() => {})
      ),
    );
  });
  all.defer(async () => {
    over.abort();
    await Promise.all(watching);
  });

  /** Puts an agent that has been taken to its place, and watches it from now on. */
  function put(index: number, { id, instance }: Description): void {
    const lost = Promise.withResolvers<string>();
    const place: Place = {
      taken: { id, instance, session, lost: lost.promise },
      reason: undefined,
    };
    places[index] = place;
    const heard = (): number | undefined => heardMs.get(instance);
    watching.push(
      watch(bus, place.taken, heard, over.signal).then((reason) => {
        if (reason === undefined) return;
        place.reason = reason;
        lost.resolve(reason);
      }),
    );
  }

  const here = await hostKey();
  const taken = await Promise.all(everyone.map((one) => take(bus, one, session, here)));
  for (const [index, { description }] of everyone.entries()) put(index, description);
  const agents = taken.slice(0, found.length);
  const [serverAgent] = taken.slice(found.length);
  const host = serverAgent &&
    all.use(await serverHostOf(bus, serverAgent, () => places[found.length]!.taken, listen));

  /** Has a work hear its news, until it is disposed of. */
  function listen(one: Hears): Disposable {
    works.set(one.work, one);
    return { [Symbol.dispose]: () => works.delete(one.work) };
  }

  async function recover(signal: AbortSignal): Promise<Away | undefined> {
    const endMs = performance.now() + AWAY_MS;
    // Whoever watches them may not have noticed yet.
    await Promise.all(places.map(async (place) => {
      place.reason ??= await absenceOf(bus, place.taken);
    }));
    for (;;) {
      if (places.every(({ reason }) => reason === undefined)) return undefined;
      const there = await findAgents(bus).catch(() => []);
      for (const [index, place] of places.entries()) {
        if (place.reason === undefined) continue;
        const one = there.find(({ description: { id, session: other } }) =>
          id === place.taken.id && (other === null || other === session)
        );
        if (one === undefined) continue;
        const { instance } = one.description;
        // Whatever it still does is of a trial that has failed.
        await give(bus, instance, { order: "release", session }, RELEASE_MS).catch(() => {});
        const isTaken = await take(bus, one, session, here).then(() => true, () => false);
        if (isTaken) put(index, one.description);
      }
      const missing = places.find(({ reason }) => reason !== undefined);
      if (missing === undefined || signal.aborted) return undefined;
      if (performance.now() > endMs) {
        return { reason: missing.reason!, forMs: AWAY_MS };
      }
      using pause = after(LOOK_MS, signal);
      await pause.over.catch(() => {});
    }
  }

  const kept = all.move();
  return {
    nats: bus.name,
    agents,
    ...(host !== undefined && { host }),
    start(index, title, client, options) {
      const generator = new RemoteGenerator(
        { bus, taken: places[index]!.taken, inTurn },
        title,
        client,
        options,
      );
      const listening = listen(generator);
      generator.stopped.then(() => listening[Symbol.dispose]());
      return generator;
    },
    recover,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

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

/** Why an agent is not there for the run, as a sentence; undefined if it is. */
async function absenceOf(
  bus: Bus,
  { id, instance, session }: Omit<TakenAgent, "lost">,
): Promise<string | undefined> {
  try {
    const answer = await give(bus, instance, { order: "describe" }, SILENCE_MS);
    const isOurs = answer.answer === "description" && answer.description.session === session;
    return isOurs ? undefined : `The agent ${id} ${LEFT}`;
  } catch (error) {
    return bus.steadyMs === 0
      ? `NATS at ${bus.name} is away`
      : `The agent ${id}: ${(error as Error).message}`;
  }
}

const LEFT = "has left the run: it could not reach the coordinator for a while";

/** Waits until an agent is lost; resolves to a sentence, or to undefined if the signal was aborted. */
async function watch(
  bus: Bus,
  { id, instance, session }: Omit<TakenAgent, "lost">,
  heard: () => number | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  let sinceMs = performance.now();
  while (!signal.aborted) {
    const lookedMs = performance.now();
    using pause = after(LOOK_MS, signal);
    await pause.over.catch(() => {});
    // What came while this process was busy, or stood still, has not been read yet.
    const lateMs = performance.now() - lookedMs - LOOK_MS;
    sinceMs = Math.max(sinceMs, heard() ?? 0) + Math.max(0, lateMs);
    const silentMs = performance.now() - sinceMs;
    if (silentMs <= SILENCE_MS) continue;
    if (bus.steadyMs === 0) {
      if (silentMs > GONE_MS) return `NATS at ${bus.name} has been away for ${GONE_MS / 1000} s`;
      continue;
    }
    try {
      const answer = await give(bus, instance, { order: "describe" }, LOOK_MS);
      const isOurs = answer.answer === "description" && answer.description.session === session;
      if (!isOurs) return `The agent ${id} ${LEFT}`;
    } catch (error) {
      if (error instanceof SilenceError && error.isGone && bus.steadyMs > GONE_MS) {
        return `The agent ${id}: ${error.message}`;
      }
    }
    if (performance.now() - Math.max(sinceMs, heard() ?? 0) > GONE_MS) {
      return `The agent ${id} was not heard for ${GONE_MS / 1000} s: it is stopped, or cut off ` +
        "from NATS";
    }
  }
  return undefined;
}
