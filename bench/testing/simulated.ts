/**
 * An exchange with a server that is a function, under a clock that only goes when nothing else is to be done: a
 * trial of an hour takes milliseconds, and its figures can be computed on paper.
 */

import type { Client } from "../../clients/types.ts";
import type { Timed } from "../../scenarios/traffic/types.ts";
import { ClientExchange } from "../generator/exchange/client_exchange.ts";
import { Exchange } from "../generator/exchange/exchange.ts";
import type { ExchangeOptions } from "../generator/exchange/options.ts";

interface Event {
  readonly atMs: number;
  readonly handle: () => void;
}

/** A clock that only goes when nothing else is to be done. */
export class SimulatedClock {
  readonly #events: Event[] = [];
  #nowMs = 0;
  #stop = { fromMs: Infinity, toMs: Infinity };

  /** Milliseconds since it began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Stands still once: nothing happens between two moments. */
  standStill(fromMs: number, toMs: number): void {
    this.#stop = { fromMs, toMs };
  }

  #passTo(atMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, atMs);
    if (this.#nowMs < this.#stop.fromMs) return;
    this.#nowMs = Math.max(this.#nowMs, this.#stop.toMs);
    this.#stop = { fromMs: Infinity, toMs: Infinity };
  }

  /** Has something done at a time, after what is to be done at the same. */
  at(atMs: number, handle: () => void): void {
    const place = this.#events.findLastIndex((event) => event.atMs <= atMs) + 1;
    this.#events.splice(place, 0, { atMs, handle });
  }

  /** Goes on until a condition holds, for `ms` at most; whether it holds. What is due is called. */
  until(ms: number, condition: () => boolean, { pace, due }: Timed): boolean {
    const endMs = this.#nowMs + ms;
    while (!condition()) {
      const eventMs = this.#events[0]?.atMs ?? Infinity;
      const dueMs = pace.nextMs;
      const nextMs = Math.min(eventMs, dueMs);
      this.#passTo(Math.min(nextMs, endMs));
      if (nextMs > endMs) return false;
      if (eventMs <= dueMs) this.#events.shift()!.handle();
      else due(this.#nowMs);
    }
    return true;
  }
}

/** An exchange under a simulated clock. */
export class SimulatedExchange extends Exchange {
  readonly #clock = new SimulatedClock();
  readonly #answerMs: (arrivedMs: number) => number;

  /** @param answerMs when the server answers a message that arrives at a time; replies keep their order */
  constructor(options: ExchangeOptions, answerMs: (arrivedMs: number) => number) {
    super(options);
    this.#answerMs = answerMs;
  }

  now(): number {
    return this.#clock.nowMs;
  }

  /** Has the client stand still once: nothing of it happens between two moments. */
  standStill(fromMs: number, toMs: number): void {
    this.#clock.standStill(fromMs, toMs);
  }

  protected connectSlot(number: number): void {
    this.#clock.at(this.now(), () => this.opened(number));
  }

  protected closeSlot(number: number): void {
    this.#clock.at(this.now(), () => this.closed(number, ""));
  }

  protected sendSlot(number: number, count: number): void {
    for (let left = count; left > 0; left--) this.#send(number);
  }

  #send(number: number): void {
    const sequence = this.sending.note(number, 1, this.now());
    const { groups } = this;
    const start = groups?.speakerOf(number, 0) ?? number;
    for (let receiver = start; receiver < start + (groups?.members ?? 1); receiver++) {
      const stream = groups?.streamTo(receiver, number - start) ?? receiver;
      this.#clock.at(this.#answerMs(this.now()), () => {
        this.replies.nowMs[0] = this.now();
        this.replies.note(receiver, stream, sequence, 2);
      });
    }
  }

  protected override pingSlot(number: number): void {
    const sequence = this.pings.send(number);
    this.#clock.at(
      this.#answerMs(this.now()),
      () => this.replies.notePong(number, sequence, this.now()),
    );
  }

  protected override keepPace(): Promise<void> {
    return Promise.resolve();
  }

  override until(ms: number, condition: () => boolean): Promise<boolean> {
    return Promise.resolve(this.#clock.until(ms, condition, this.timed));
  }
}

/** An exchange over a client library that goes by a simulated clock, as its server does. */
export class SimulatedClientExchange extends ClientExchange {
  readonly #clock: SimulatedClock;

  /** @param client whose server uses the same clock */
  constructor(client: Pick<Client, "connect">, clock: SimulatedClock, options: ExchangeOptions) {
    super(client, options);
    this.#clock = clock;
  }

  override now(): number {
    return this.#clock.nowMs;
  }

  protected override keepPace(): Promise<void> {
    return Promise.resolve();
  }

  override until(ms: number, condition: () => boolean): Promise<boolean> {
    const isOver = (): boolean => this.failed !== undefined || condition();
    const holds = this.#clock.until(ms, isOver, this.timed);
    return this.failed === undefined ? Promise.resolve(holds) : Promise.reject(this.failed);
  }
}

/**
 * A server that answers one message after another, each after `serviceMs`, and stands still for `stallMs` at the
 * begin of each `everyMs`.
 */
export function stallingServer(
  { serviceMs, stallMs, everyMs }: { serviceMs: number; stallMs: number; everyMs: number },
): (arrivedMs: number) => number {
  let freeMs = 0;
  return (arrivedMs) => {
    const startMs = Math.max(arrivedMs, freeMs);
    const inPeriodMs = startMs % everyMs;
    freeMs = startMs + Math.max(0, stallMs - inPeriodMs) + serviceMs;
    return freeMs;
  };
}
