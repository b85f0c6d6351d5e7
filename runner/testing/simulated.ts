/**
 * An exchange with a server that is a function, under a clock that only goes when nothing else is to be done: a
 * trial of an hour takes milliseconds, and its figures can be computed on paper.
 *
 * @module
 */

import { Exchange, type ExchangeOptions } from "../exchange.ts";

interface Event {
  readonly atMs: number;
  readonly handle: () => void;
}

/** An exchange under a clock of its own. */
export class SimulatedExchange extends Exchange {
  readonly #events: Event[] = [];
  readonly #answerMs: (arrivedMs: number) => number;
  #nowMs = 0;
  #stop = { fromMs: Infinity, toMs: Infinity };

  /** @param answerMs when the server answers a message that arrives at a time; replies keep their order */
  constructor(options: ExchangeOptions, answerMs: (arrivedMs: number) => number) {
    super(options);
    this.#answerMs = answerMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** Has the client stand still once: nothing of it happens between two moments. */
  standStill(fromMs: number, toMs: number): void {
    this.#stop = { fromMs, toMs };
  }

  #passTo(atMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, atMs);
    if (this.#nowMs < this.#stop.fromMs) return;
    this.#nowMs = Math.max(this.#nowMs, this.#stop.toMs);
    this.#stop = { fromMs: Infinity, toMs: Infinity };
  }

  #at(atMs: number, handle: () => void): void {
    const place = this.#events.findLastIndex((event) => event.atMs <= atMs) + 1;
    this.#events.splice(place, 0, { atMs, handle });
  }

  protected connectSlot(number: number): void {
    this.#at(this.#nowMs, () => this.opened(number));
  }

  protected closeSlot(number: number): void {
    this.#at(this.#nowMs, () => this.closed(number, ""));
  }

  protected sendSlot(number: number): void {
    const sequence = this.noteSend(number, this.#nowMs);
    const receivers = this.traffic.isBroadcast ? this.traffic.slots : 1;
    for (let place = 0; place < receivers; place++) {
      const receiver = this.traffic.isBroadcast ? place : number;
      this.#at(this.#answerMs(this.#nowMs), () => {
        this.noteReply(receiver, this.ledger.expected(receiver), sequence, this.#nowMs, 2);
      });
    }
  }

  protected override pingSlot(number: number): void {
    const sequence = this.pings.send(number);
    this.#at(this.#answerMs(this.#nowMs), () => this.notePong(number, sequence, this.#nowMs));
  }

  protected override keepPace(): Promise<void> {
    return Promise.resolve();
  }

  override until(ms: number, condition: () => boolean): Promise<boolean> {
    const endMs = this.#nowMs + ms;
    const { pace } = this.traffic;
    while (!condition()) {
      const eventMs = this.#events[0]?.atMs ?? Infinity;
      const dueMs = pace?.nextMs ?? Infinity;
      const nextMs = Math.min(eventMs, dueMs);
      this.#passTo(Math.min(nextMs, endMs));
      if (nextMs > endMs) return Promise.resolve(false);
      if (eventMs <= dueMs) this.#events.shift()!.handle();
      else this.traffic.due!(this.#nowMs);
    }
    return Promise.resolve(true);
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
