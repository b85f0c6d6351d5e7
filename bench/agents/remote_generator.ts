/** A generator on an agent: what is one process here is a work there. */

import { decode, decodePart, encode, type News, type Order, ordersOf } from "./messages.ts";
import { certificateOf } from "../process/tls/certificate.ts";
import type { Bus } from "./bus.ts";
import { clockOf, give } from "./list.ts";
import { checkedReport } from "./report_schema.ts";
import { PULSE } from "./teller.ts";
import type { InTurn } from "../process/turns.ts";
import type { ClockAnswer } from "../generator/together/clock.ts";
import type {
  GeneratorConnected,
  GeneratorFailure,
  GeneratorReport,
  GeneratorTask,
} from "../generator/messages.ts";
import type { Generator, GeneratorNews, GeneratorOptions } from "../generator/process.ts";

type WorkNews = News["news"];

/** An order about a work. */
type WorkOrder = Extract<Order, { work: string }>;

/** How long an agent is asked to stop a work, in milliseconds: it does so by itself when the session is over. */
const STOP_MS = 3000;

/** An agent that has been taken. */
export interface TakenAgent {
  readonly id: string;
  readonly instance: string;
  readonly session: string;
  /** Resolves to a sentence that says why it is lost; never if it is not. */
  readonly lost: Promise<string>;
}

/** An agent, and how it is reached. */
export interface Reached {
  readonly bus: Bus;
  readonly taken: TakenAgent;
  /** What reports are fetched by, with those of other agents. */
  readonly inTurn: InTurn;
}

/** Drives a generator on an agent. */
export class RemoteGenerator implements Generator {
  /** Id of the agent. */
  readonly agent: string;
  /** Tells its work from others. */
  readonly work: string = crypto.randomUUID();
  /** Resolves when it has been stopped. */
  readonly stopped: Promise<void>;
  readonly #bus: Bus;
  readonly #inTurn: InTurn;
  readonly #taken: TakenAgent;
  readonly #started: Promise<void>;
  readonly #stopped = Promise.withResolvers<void>();
  /** The window that it is at, from 1: a search has many. */
  #window = 0;
  #connected = Promise.withResolvers<GeneratorConnected | GeneratorFailure>();
  #reported = Promise.withResolvers<GeneratorReport | GeneratorFailure>();
  #failure: GeneratorFailure | undefined;
  #lastNumber = 0;
  #clockErrorMs = 0;
  #listener: GeneratorNews = {};

  /** Has the agent start a generator. */
  constructor(
    { bus, taken, inTurn }: Reached,
    title: string,
    client: string,
    { isPaced = false, connections = 0, hasReference = false, trusted }: GeneratorOptions,
  ) {
    this.#bus = bus;
    this.#inTurn = inTurn;
    this.#taken = taken;
    this.agent = taken.id;
    this.stopped = this.#stopped.promise;
    taken.lost.then((sentence) => this.#end(sentence));
    this.#started = this.#order({
      order: "start",
      ...this.#names,
      title,
      client,
      isPaced,
      connections,
      hasReference,
      ...(trusted !== undefined && { trusted: certificateOf(Deno.readTextFileSync(trusted)) }),
    });
    // A failure shows when it is to connect.
    this.#started.catch(() => {});
  }

  get #names(): { readonly session: string; readonly work: string } {
    return { session: this.#taken.session, work: this.work };
  }

  async connect(task: GeneratorTask): Promise<GeneratorConnected | GeneratorFailure> {
    const window = ++this.#window;
    if (window > 1) {
      this.#connected = Promise.withResolvers();
      this.#reported = Promise.withResolvers();
      if (this.#failure !== undefined) return this.#failure;
    }
    try {
      await this.#started;
      await this.#order({ order: "connect", ...this.#names, window, task });
    } catch (error) {
      this.#fail((error as Error).message);
    }
    return await this.#connected.promise;
  }

  async clock(): Promise<ClockAnswer> {
    const { atMs } = await clockOf(this.#bus, this.#taken.instance);
    return { atMs, errorMs: this.#clockErrorMs };
  }

  async run(
    news: GeneratorNews = {},
    startMs?: number,
  ): Promise<GeneratorReport | GeneratorFailure> {
    this.#listener = news;
    try {
      const atMs = startMs ?? (await this.clock()).atMs;
      await this.#order({
        order: "run",
        ...this.#names,
        window: this.#window,
        startMs: atMs,
      });
    } catch (error) {
      this.#fail((error as Error).message);
    }
    return await this.#reported.promise;
  }

  learn(messages: number): void {
    this.#order({ order: "learn", ...this.#names, window: this.#window, messages })
      .catch((error: Error) => this.#fail(error.message));
  }

  async stop(): Promise<void> {
    const order = { order: "stop", ...this.#names } as const;
    await this.#started.catch(() => {});
    await give(this.#bus, this.#taken.instance, order, STOP_MS).catch(() => {});
    this.#fail("it was stopped");
    this.#stopped.resolve();
  }

  /** Takes news of its work. */
  hear({ number, news }: News): void {
    if (number !== PULSE) {
      // Told again, as the answer was lost.
      if (number <= this.#lastNumber) return;
      this.#lastNumber = number;
    }
    this.#take(news);
  }

  #take(news: WorkNews): void {
    switch (news.kind) {
      case "connected":
        this.#clockErrorMs = news.clockErrorMs;
        return this.#connected.resolve({ state: "connected" });
      case "failed":
        return this.#fail(news.reason);
      case "drained":
        return this.#listener.drained?.();
      case "said":
        return this.#listener.said?.(news.messages);
      case "restart":
        return this.#listener.restart?.(news.signal);
      case "pulse":
        return this.#listener.pulse?.(news.pulse);
      case "report":
        this.#inTurn(() => this.#fetch(news.size)).catch((error: Error) =>
          this.#fail(error.message)
        );
        return;
    }
  }

  /** Fetches the report of the window, and reads it. */
  async #fetch(size: number): Promise<void> {
    const bytes = new Uint8Array(size);
    const { instance, lost } = this.#taken;
    const order = { order: "fetch", ...this.#names, window: this.#window } as const;
    for (let from = 0; from < size;) {
      const content = encode({ ...order, from } satisfies Order);
      const answer = await Promise.race([this.#bus.ask(ordersOf(instance), content), lost]);
      // It has failed already.
      if (typeof answer === "string") return;
      const part = decodePart(answer);
      if (part.length === 0 || part.length > size - from) {
        throw new SyntaxError(`its report does not have ${size} bytes`);
      }
      bytes.set(part, from);
      from += part.length;
    }
    this.#reported.resolve(decode(bytes, checkedReport));
  }

  #fail(reason: string): void {
    this.#end(`The agent ${this.agent}: ${reason}`);
  }

  #end(sentence: string): void {
    const failure = this.#failure ??= { state: "failed", reason: sentence };
    this.#connected.resolve(failure);
    this.#reported.resolve(failure);
  }

  /** Gives an order; rejects if the agent refuses it, does not answer, or is lost. */
  async #order(order: WorkOrder): Promise<void> {
    const { instance, lost } = this.#taken;
    const answer = await Promise.race([give(this.#bus, instance, order), lost]);
    // It has failed already.
    if (typeof answer === "string") return;
    if (answer.answer === "refused") throw new Error(answer.reason);
  }
}
