/** An agent: takes orders of one coordinator at a time, and makes its load. The states are in `messages.ts`. */

import { describeMachine } from "../machine/machine.ts";
import { chooseEngine } from "../plan/client/engine.ts";
import { startGenerator } from "../generator/process.ts";
import type { GeneratorTask } from "../generator/messages.ts";
import { clockMs } from "../generator/together/clock.ts";
import { after } from "../process/delay.ts";
import { shown } from "../../measure/text/shown.ts";
import { VERSION } from "../version.ts";
import { GONE_MS } from "./broker/connect.ts";
import { type Bus, SilenceError } from "./bus.ts";
import { type AgentIdentity, describeAgent } from "./host.ts";
import {
  aliveOf,
  type Answer,
  decode,
  DIALECT,
  encode,
  HEARTBEAT_MS,
  Order,
  ordersOf,
} from "./messages.ts";
import { announce } from "./service.ts";
import { tellerOf } from "./teller.ts";
import { beginWork, type Work } from "./work.ts";

/** The client that agents drive: it connects to the address that was checked and to no other. */
const CLIENT = "wire";
/** How long a coordinator may take to say that it is alive, in milliseconds: one of many agents is busy at times. */
const ANSWER_MS = 1000;
/** One runs while the last one ends and the next one starts; more than that nobody needs. */
const MOST_WORKS = 4;

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
  /** Gets each line that the agent says. */
  readonly say: (line: string) => void;
}

interface Session {
  readonly id: string;
  readonly works: Map<string, Work>;
  readonly over: AbortController;
  /** Resolves when nobody watches for its coordinator any more, to why that is gone; undefined if it is not. */
  readonly watched: Promise<string | undefined>;
}

/** Starts an agent; disposing ends its load and its announcement. */
export function startAgent({ bus, identity, addressOf, say }: AgentOptions): AsyncDisposable {
  const { instance } = identity;
  let session: Session | undefined;
  const done: Answer = { answer: "done" };

  async function obey(content: Uint8Array): Promise<Answer> {
    let order: Order;
    try {
      order = decode(content, Order);
    } catch (error) {
      return refused(shown((error as Error).message));
    }
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
        return await connect(session, order.work, order.task);
      case "run":
        session.works.get(order.work)?.run(order.startMs);
        return done;
      case "stop":
        await session.works.get(order.work)?.stop();
        session.works.delete(order.work);
        return done;
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
      session = { id, works: new Map(), over, watched };
      say("taken by a run");
      watched.then((reason) =>
        reason !== undefined && session?.id === id ? end(reason) : undefined
      );
    }
    return { answer: "taken", description: describe(), machine: describeMachine() };
  }

  function start(
    { id, works }: Session,
    { work, title, client, trusted, ...options }: Extract<Order, { order: "start" }>,
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
        ended: (line) => say(`${shown(title)}: ${shown(line)}`),
        ...(file !== undefined && { dispose: file[Symbol.dispose] }),
      }),
    );
    return done;
  }

  async function connect({ works }: Session, work: string, task: GeneratorTask): Promise<Answer> {
    try {
      const engine = chooseEngine(task.engine);
      const address = await addressOf(task.url);
      works.get(work)?.connect({ ...task, engine: engine.id, address });
      return done;
    } catch (error) {
      return refused(shown((error as Error).message));
    }
  }

  /**
   * Asks whether the coordinator is there until it is gone.
   *
   * @param signal ends it
   * @returns why it is gone; undefined if the signal was aborted
   */
  async function watchCoordinator(id: string, signal: AbortSignal): Promise<string | undefined> {
    const content = encode({ from: instance });
    let heardMs = performance.now();
    while (!signal.aborted) {
      try {
        await bus.ask(aliveOf(id), content, ANSWER_MS);
        heardMs = performance.now();
      } catch (error) {
        const isGone = error instanceof SilenceError && error.isGone && bus.steadyMs > GONE_MS;
        if (isGone) return "its coordinator is gone";
        if (performance.now() - heardMs > GONE_MS) {
          return `its coordinator was not heard for ${GONE_MS / 1000} s`;
        }
      }
      using pause = after(HEARTBEAT_MS, signal);
      await pause.over.catch(() => {});
    }
    return undefined;
  }

  async function end(reason: string): Promise<void> {
    const ended = session;
    session = undefined;
    if (ended === undefined) return;
    ended.over.abort();
    await Promise.all([...ended.works.values()].map((work) => work.stop()));
    await ended.watched;
    say(`ready: ${reason}`);
  }

  const orders = bus.answer(ordersOf(instance), async (content) => encode(await obey(content)));
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
