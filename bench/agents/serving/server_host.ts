/** The agent that has the servers of a run, as the coordinator has it. */

import type { ServerEntry } from "../../../servers/types.ts";
import type { Agent } from "../../../measure/model/result.ts";
import { endpointAt } from "../../../clients/wire/transport/endpoint.ts";
import { compareClock } from "../../generator/together/clock.ts";
import type { ServerSampler } from "../../generator/together/server_samples.ts";
import { after } from "../../process/delay.ts";
import type { ServerProcess } from "../../process/ready.ts";
import { type StartOptions, startServer } from "../../process/server_process.ts";
import { UsageError } from "../../usage.ts";
import { GONE_MS } from "../broker/connect.ts";
import type { Bus } from "../bus.ts";
import { clockOf, give } from "../list.ts";
import type { News, Order } from "../messages.ts";
import type { TakenAgent } from "../remote_generator.ts";

/** What starts the servers of a run on another machine; disposing removes what it made here. */
export interface ServerHost extends AsyncDisposable {
  /** The agent. */
  readonly agent: Agent;
  /** PEM file of the certificate that its servers show. */
  readonly certificate: string;
  /** Why servers of the list cannot be started there, by their ids. */
  readonly missing: { readonly [id: string]: string };
  /**
   * Starts a server there, or looks for one that runs already.
   *
   * @throws {Error} if it does not get ready
   */
  start(entry: ServerEntry, options?: StartOptions): Promise<ServerProcess>;
}

/** Takes the news of a work. */
export interface Hears {
  readonly work: string;
  hear(news: News): void;
}

/** How long an agent may take to look for what starts its servers, in milliseconds. */
const OFFER_MS = 30_000;
/** How long it may take to stop one, in milliseconds. */
const STOP_MS = 15_000;
/** How long its server may take to get ready unless it is said, and what its news may take, in milliseconds. */
const PATIENCE_MS = 10_000;
const NEWS_MS = 5000;
/** How long it may take to say that it is there, and until it is known to be lost, in milliseconds. */
const ANSWER_MS = 1500;
const SURE_MS = GONE_MS + 2000;

type ServerNews = News["news"];
type WorkOrder = Extract<Order, { work: string }>;

/**
 * Prepares an agent that has been taken.
 *
 * @param taken gives it as it is taken now: it may have been lost, and have come back
 * @param listen has a work hear its news, until it is disposed of
 * @throws {UsageError} if it starts no servers
 */
export async function serverHostOf(
  bus: Bus,
  agent: Agent,
  taken: () => TakenAgent,
  listen: (one: Hears) => Disposable,
): Promise<ServerHost> {
  const { id } = agent;
  let prepared: string | undefined;
  await using made = new AsyncDisposableStack();
  const certificate = await Deno.makeTempFile({ prefix: "wsmark-servers-", suffix: ".pem" });
  made.defer(() => Deno.remove(certificate));

  /** Asks what it can start; one that was started anew shows another certificate. */
  async function prepare(): Promise<{ readonly [id: string]: string }> {
    const { instance, session } = taken();
    const offer = await give(bus, instance, { order: "offer", session }, OFFER_MS)
      .catch((error: Error) => ({ answer: "refused" as const, reason: error.message }));
    if (offer.answer !== "offer") {
      const reason = offer.answer === "refused" ? offer.reason : "it does not say what it starts";
      throw new UsageError(`The agent ${id} cannot have the servers: ${reason}`);
    }
    prepared = instance;
    await Deno.writeTextFile(certificate, offer.certificate);
    return offer.missing;
  }

  async function begin(): Promise<RemoteServer> {
    const now = taken();
    if (now.instance !== prepared) await prepare();
    return new RemoteServer(bus, now, listen);
  }

  const missing = await prepare();
  const kept = made.move();
  return {
    agent,
    certificate,
    missing,
    async start(entry, options = {}) {
      const { launch } = entry;
      if (launch.by === "contract") {
        const { port = 0, patienceMs = PATIENCE_MS, transport: { tls, deflate } = {} } = options;
        const remote = await begin();
        return await remote.start({
          order: "serve",
          ...remote.names,
          server: entry.id,
          port,
          isSecure: tls !== undefined,
          ...(deflate !== undefined && { deflate }),
          patienceMs,
        }, options.signal);
      }
      if (launch.by !== "url" || launch.pid === undefined) return await startServer(entry, options);
      const { pid, ...at } = launch;
      const found = await startServer({ ...entry, launch: at }, options);
      const remote = await begin();
      return await remote.watch(found, pid);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** A server on an agent. */
class RemoteServer implements Hears {
  readonly work: string = crypto.randomUUID();
  readonly #bus: Bus;
  readonly #taken: TakenAgent;
  readonly #listening: Disposable;
  /** Counts the windows in which it is sampled. */
  #window = 0;
  readonly #ready = Promise.withResolvers<Extract<ServerNews, { kind: "ready" }>>();
  readonly #ended = Promise.withResolvers<string>();

  constructor(bus: Bus, taken: TakenAgent, listen: (one: Hears) => Disposable) {
    this.#bus = bus;
    this.#taken = taken;
    this.#listening = listen(this);
    // Nobody may wait for it any more.
    this.#ready.promise.catch(() => {});
  }

  get names(): { readonly session: string; readonly work: string } {
    return { session: this.#taken.session, work: this.work };
  }

  hear({ news }: News): void {
    if (news.kind === "ready") this.#ready.resolve(news);
    if (news.kind === "failed") this.#ready.reject(new Error(this.#named(news.reason)));
    if (news.kind === "ended") this.#ended.resolve(news.reason);
  }

  /** Has the agent start it. */
  async start(
    order: Extract<Order, { order: "serve" }>,
    signal?: AbortSignal,
  ): Promise<ServerProcess> {
    try {
      await this.#order(order);
      using late = after(order.patienceMs + NEWS_MS, signal);
      const { url, runtime, library, notes, descriptors } = await Promise.race([
        this.#ready.promise,
        this.#lost(),
        late.over.then((): never => {
          throw new Error(this.#named(`${order.server} is not ready`));
        }),
      ]);
      return this.#process({
        ready: {
          url,
          runtime,
          library,
          notes,
          pid: { absent: `the server's process is on the agent ${this.#taken.id}` },
        },
        ...(descriptors !== null && { descriptors }),
        ended: this.#ended.promise,
      });
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  /** Has the agent sample one that runs already. */
  async watch(found: ServerProcess, pid: number): Promise<ServerProcess> {
    const { port } = endpointAt(found.ready.url);
    try {
      await this.#order({ order: "watch", ...this.names, pid, port });
      return this.#process(found);
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  #process(known: Omit<ServerProcess, "stop">): ServerProcess {
    return {
      ...known,
      lost: this.#taken.lost,
      whyLost: () => this.#whyLost(),
      sample: () => this.#sample(),
      stop: (signal) => this.#stop(signal),
    };
  }

  /** An agent that does not answer is given as long as it takes to be sure of that. */
  async #whyLost(): Promise<string | undefined> {
    const { instance, lost } = this.#taken;
    try {
      await give(this.#bus, instance, { order: "describe" }, ANSWER_MS);
      return undefined;
    } catch {
      using enough = after(SURE_MS);
      const reason = await Promise.race([lost, enough.over]);
      return typeof reason === "string" ? reason : undefined;
    }
  }

  /** Takes the sample before the first connection of a window. */
  async #sample(): Promise<ServerSampler> {
    const { instance } = this.#taken;
    const names = { ...this.names, window: ++this.#window };
    const clock = await compareClock(() => clockOf(this.#bus, instance));
    await this.#order({ order: "sample", ...names });
    let timed: Promise<unknown> | undefined;
    return {
      during: (startMs, lengthMs) => {
        const theirsMs = startMs + clock.offsetMs;
        timed = this.#order({ order: "window", ...names, startMs: theirsMs, lengthMs });
        // It shows at the end.
        timed.catch(() => {});
      },
      finish: async () => {
        await timed;
        const answer = await give(this.#bus, instance, { order: "sampled", ...names });
        return answer.answer === "sampled" ? answer.samples ?? undefined : undefined;
      },
      [Symbol.dispose]: () => {},
    };
  }

  /** Gives an order; rejects if the agent refuses it, does not answer, or is lost. */
  async #order(order: WorkOrder): Promise<void> {
    const answer = await Promise.race([
      give(this.#bus, this.#taken.instance, order).catch((error: Error): never => {
        throw new Error(this.#named(error.message));
      }),
      this.#lost(),
    ]);
    if (answer.answer === "refused") throw new Error(this.#named(answer.reason));
  }

  async #lost(): Promise<never> {
    throw new Error(await this.#taken.lost);
  }

  async #stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void> {
    const order = { order: "stop", ...this.names, ...(signal && { signal }) } as const;
    await Promise.race([
      give(this.#bus, this.#taken.instance, order, STOP_MS).catch(() => {}),
      this.#taken.lost,
    ]);
    this.#listening[Symbol.dispose]();
  }

  #named(reason: string): string {
    return `The agent ${this.#taken.id}, which has the server: ${reason}`;
  }
}
