/** An agent: takes orders of one coordinator at a time, and makes its load. The states are in `messages.ts`. */

import { describeMachine } from "../machine/machine.ts";
import { chooseEngine } from "../plan/client/engine.ts";
import { startGenerator } from "../generator/process.ts";
import { clockMs } from "../generator/together/clock.ts";
import { shown } from "../../measure/text/shown.ts";
import { VERSION } from "../version.ts";
import { GONE_MS } from "./broker/connect.ts";
import type { Bus, Content } from "./bus.ts";
import { type AgentIdentity, describeAgent } from "./host.ts";
import { holdLease } from "./lease.ts";
import {
  aliveOf,
  type Answer,
  decode,
  DIALECT,
  encode,
  encodePart,
  Order,
  ordersOf,
} from "./messages.ts";
import { startOwnReference } from "./own_reference.ts";
import { announce } from "./service.ts";
import type { Hosted, Hosting } from "./serving/hosting.ts";
import { tellerOf } from "./teller.ts";
import { beginWork, type Work } from "./work.ts";

/** The client that agents drive: it connects to the address that was checked and to no other. */
const CLIENT = "wire";
/** What an answer has in addition to its bytes of a report, at most. */
const HEAD_BYTES = 1024;
/** How long a coordinator may take to say that it is alive, in milliseconds: one of many agents is busy at times. */
const ANSWER_MS = 1000;
/** One runs while the last one ends and the next one starts; more than that nobody needs. */
const MOST_WORKS = 4;
/** All of a run are started at the same time, to describe themselves. */
const MOST_SERVERS = 100;

/** What only an agent that starts servers is told. */
type ServerOrder = Extract<
  Order,
  { order: "offer" | "serve" | "watch" | "sample" | "window" | "sampled" }
>;

/** What an agent needs. */
export interface AgentOptions {
  readonly bus: Bus;
  readonly identity: AgentIdentity;
  /**
   * Finds the address that a URL is driven at, and refuses what may not be driven.
   *
   * @throws {Error} with the reason
   */
  readonly addressOf: (url: string) => Promise<string>;
  /** Starts servers of the list; absent if it starts none. */
  readonly hosting?: Hosting | undefined;
  /** Gets each line that the agent says. */
  readonly say: (line: string) => void;
}

interface Session {
  readonly id: string;
  readonly works: Map<string, Work>;
  readonly servers: Map<string, Hosted>;
  readonly over: AbortController;
  /** Resolves when nobody watches for its coordinator any more, to why that is gone; undefined if it is not. */
  readonly watched: Promise<string | undefined>;
}

/** Starts an agent; disposing ends its load and its announcement. */
export function startAgent(
  { bus, identity, addressOf, hosting, say }: AgentOptions,
): AsyncDisposable {
  const { instance } = identity;
  let session: Session | undefined;
  const done: Answer = { answer: "done" };

  async function respond(content: Content): Promise<Content> {
    let order: Order;
    try {
      order = decode(content, Order);
    } catch (error) {
      return encode(refused(shown((error as Error).message)));
    }
    if (order.order !== "fetch") return encode(await obey(order));
    const work = session?.id === order.session ? session.works.get(order.work) : undefined;
    const part = work?.part(order.window, order.from, bus.mostBytes - HEAD_BYTES);
    return part === undefined ? encode(refused("it has no such report")) : encodePart(part);
  }

  async function obey(order: Exclude<Order, { order: "fetch" }>): Promise<Answer> {
    if (order.order === "clock") return { answer: "clock", atMs: clockMs() };
    if (order.order === "describe") return { answer: "description", description: describe() };
    if (order.order === "take") return take(order);
    if (session?.id !== order.session) return refused("that session is over");
    switch (order.order) {
      case "release":
        await end("its run is over");
        return done;
      case "start":
        return start(session, order);
      case "connect":
        return await connect(session, order);
      case "run":
        session.works.get(order.work)?.run(order.window, order.startMs);
        return done;
      case "learn":
        session.works.get(order.work)?.learn(order.window, order.messages);
        return done;
      case "stop":
        await Promise.all([
          session.works.get(order.work)?.stop(),
          session.servers.get(order.work)?.stop(order.signal),
        ]);
        session.works.delete(order.work);
        session.servers.delete(order.work);
        return done;
      default:
        return hosting === undefined
          ? refused("it starts no servers: start it with --serve")
          : await host(hosting, session, order);
    }
  }

  async function host(
    hosting: Hosting,
    { id, servers }: Session,
    order: ServerOrder,
  ): Promise<Answer> {
    if (order.order === "offer") return hosting.offer;
    const { work } = order;
    switch (order.order) {
      case "serve":
      case "watch":
        if (servers.has(work)) return done;
        if (servers.size >= MOST_SERVERS) return refused(`it has ${servers.size} servers already`);
        try {
          servers.set(
            work,
            order.order === "watch"
              ? hosting.watch(order)
              : hosting.serve(order, tellerOf(bus, instance, id, work)),
          );
          if (order.order === "serve") say(`starts the server ${order.server}`);
          return done;
        } catch (error) {
          return refused(shown((error as Error).message));
        }
      case "sample":
        servers.get(work)?.sample(order.window);
        return done;
      case "window":
        servers.get(work)?.window(order.window, order.startMs, order.lengthMs);
        return done;
      case "sampled": {
        const samples = await servers.get(work)?.sampled(order.window) ?? null;
        return { answer: "sampled", samples };
      }
    }
  }

  function describe(): ReturnType<typeof describeAgent> {
    return describeAgent(identity, session?.id ?? null);
  }

  function take({ session: id, version, dialect }: Extract<Order, { order: "take" }>): Answer {
    if (version !== VERSION || dialect !== DIALECT) {
      return refused(`it runs wsmark ${VERSION}, and the coordinator ${version}`);
    }
    if (session !== undefined && session.id !== id) return refused("it works for another run");
    if (session === undefined) {
      const over = new AbortController();
      const watched = watchCoordinator(id, over.signal);
      session = { id, works: new Map(), servers: new Map(), over, watched };
      say("taken by a run");
      watched.then((reason) =>
        reason !== undefined && session?.id === id ? end(reason) : undefined
      );
    }
    return { answer: "taken", description: describe(), machine: describeMachine() };
  }

  function start(
    { id, works }: Session,
    { work, title, client, trusted, hasReference, ...options }: Extract<Order, { order: "start" }>,
  ): Answer {
    if (works.has(work)) return done;
    if (client !== CLIENT) return refused(`agents drive the client ${CLIENT} alone`);
    if (works.size >= MOST_WORKS) return refused(`it has ${works.size} trials under way already`);
    const file = trusted === undefined ? undefined : temporaryFile(trusted);
    const tell = tellerOf(bus, instance, id, work);
    works.set(
      work,
      beginWork({
        title,
        generator: startGenerator(client, { ...options, trusted: file?.path }),
        tell,
        ...(hasReference && { reference: startOwnReference() }),
        ended: (line) => say(`${shown(title)}: ${shown(line)}`),
        ...(file !== undefined && { dispose: file[Symbol.dispose] }),
      }),
    );
    return done;
  }

  async function connect(
    { works }: Session,
    { work, window, task }: Extract<Order, { order: "connect" }>,
  ): Promise<Answer> {
    try {
      const engine = chooseEngine(task.engine);
      const one = works.get(work);
      // Its own server is no target that somebody has named.
      if (one?.hasReference) {
        one.connect(window, { ...task, engine: engine.id });
        return done;
      }
      const address = await addressOf(task.url);
      one?.connect(window, { ...task, engine: engine.id, address });
      return done;
    } catch (error) {
      return refused(shown((error as Error).message));
    }
  }

  function watchCoordinator(id: string, signal: AbortSignal): Promise<string | undefined> {
    const content = encode({ from: instance });
    return holdLease({
      ask: () => bus.ask(aliveOf(id), content, ANSWER_MS),
      isSteady: () => bus.steadyMs > GONE_MS,
      hasLoad: () => session !== undefined && session.works.size + session.servers.size > 0,
      signal,
    });
  }

  async function end(reason: string): Promise<void> {
    const ended = session;
    session = undefined;
    if (ended === undefined) return;
    ended.over.abort();
    const all = [...ended.works.values(), ...ended.servers.values()];
    await Promise.all(all.map((one) => one.stop()));
    await ended.watched;
    say(`ready: ${reason}`);
  }

  const orders = bus.answer(ordersOf(instance), respond);
  const announced = announce(bus, {
    instance,
    version: VERSION,
    metadata: { id: identity.id, host: identity.host },
    subject: ordersOf(instance),
  });
  return {
    async [Symbol.asyncDispose]() {
      announced[Symbol.dispose]();
      orders[Symbol.dispose]();
      await end("the agent ends");
    },
  };
}

function refused(reason: string): Answer {
  return { answer: "refused", reason };
}

/** A file with a text that nobody else can read. */
function temporaryFile(text: string): Disposable & { readonly path: string } {
  const path = Deno.makeTempFileSync({ prefix: "wsmark-agent-", suffix: ".pem" });
  Deno.writeTextFileSync(path, text);
  return { path, [Symbol.dispose]: () => Deno.removeSync(path) };
}
