/**
 * The exchange of messages in one trial, whatever carries them: joins a traffic, a payload, a recorder and a ledger.
 *
 * @module
 */

import { altered, type Payload } from "../load/payload.ts";
import type { Load, Traffic } from "../load/types.ts";
import { IntegrityLedger } from "../measure/integrity.ts";
import { Recorder } from "../measure/recorder.ts";
import { after } from "./after.ts";

/** What is exchanged, and with whom. */
export interface ExchangeOptions {
  /** Where to. */
  readonly url: string;
  /** Makes the traffic. */
  readonly traffic: (load: Load) => Traffic;
  /** Makes the messages and checks the replies. */
  readonly payload: Payload;
  /** What the timeline follows. */
  readonly timeline: "replies" | "handshakes";
}

/** What is in one of the places that a traffic has for connections. */
const STATE = { free: 0, opening: 1, open: 2, closing: 3 } as const;

/** Handshakes under way at once while the first connections are opened: below common listen backlogs. */
const OPENING = 64;

/** The exchange of messages in one trial. Its owner moves it through the phases; a subclass carries the messages. */
export abstract class Exchange implements Load {
  /** What was recorded. */
  readonly recorder: Recorder;
  /** The account of all replies. */
  readonly ledger: IntegrityLedger;
  /** What decides what is sent. */
  readonly traffic: Traffic;
  /** Makes the messages and checks the replies. */
  readonly payload: Payload;
  /** Called when a batch is done, before the next one begins. */
  batchEnded: () => void = () => {};
  /** Connections that are open. */
  openCount = 0;
  /** Connections that are open, opening or closing. */
  busyCount = 0;
  /** Called whenever a connection has opened or closed, a batch is done, or nothing is outstanding any more. */
  protected changed: () => void = () => {};

  readonly #states: Uint8Array;
  readonly #startedMs: Float64Array;
  /** Send time of each message that may still be answered, by connection and number; at the end, of an unknown one. */
  readonly #sentMs: Float64Array;
  readonly #ring: number;
  /** When the reply at hand came; in an array, as a number with a fraction is an object wherever it is passed on. */
  readonly #replyMs = new Float64Array(1);
  readonly #failure = Promise.withResolvers<never>();
  /** What made the exchange fail. */
  protected failed: Error | undefined;
  #phase: "connecting" | "running" | "ending" = "connecting";
  #firstUnopened = 0;

  /** Prepares an exchange; nothing is opened yet. */
  constructor({ traffic, payload, timeline }: ExchangeOptions) {
    this.payload = payload;
    this.traffic = traffic(this);
    const { slots, depth } = this.traffic;
    this.recorder = new Recorder(slots, timeline);
    this.ledger = new IntegrityLedger(slots);
    this.#states = new Uint8Array(slots);
    this.#startedMs = new Float64Array(slots);
    // Four times what can be outstanding: a late reply still finds when its message was sent.
    this.#ring = 2 ** Math.ceil(Math.log2(Math.max(4, depth * 4)));
    this.#sentMs = new Float64Array(slots * this.#ring + 1);
    this.#sentMs[this.places] = NaN;
    // Nobody may be waiting at the moment when it fails.
    this.#failure.promise.catch(() => {});
  }

  /** Milliseconds of a monotonic clock. */
  abstract now(): number;
  /** Begins to open a connection; {@linkcode Exchange.opened} or {@linkcode Exchange.closed} follows. */
  protected abstract connectSlot(number: number): void;
  /** Begins to close a connection; {@linkcode Exchange.closed} follows. */
  protected abstract closeSlot(number: number): void;
  /** Sends the next message on a connection, now or as soon as there is room. */
  abstract send(number: number): void;

  /** Waits for a condition, at most for `ms`; rejects when the exchange has failed. */
  async until(ms: number, condition: () => boolean): Promise<boolean> {
    if (condition()) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.changed = () => {
      if (condition()) resolve(true);
    };
    using late = after(ms);
    return await Promise.race([promise, late.over.then(() => false), this.#failure.promise]);
  }

  /** Ends the exchange with an error. */
  protected fail(reason: Error): void {
    this.failed ??= reason;
    this.#failure.reject(reason);
  }

  /** Begins to open the connections that the traffic starts with. */
  connect(): void {
    while (this.#firstUnopened < OPENING && this.#openFirst());
  }

  #openFirst(): boolean {
    if (this.#firstUnopened === this.traffic.connections) return false;
    this.open(this.#firstUnopened++);
    return true;
  }

  /** Starts the traffic; its first connections must be open. */
  start(nowMs: number): void {
    this.#phase = "running";
    this.traffic.start(nowMs);
  }

  /** Stops the traffic; from now on a connection that is closed is no failure. */
  end(): void {
    this.traffic.stop();
    this.#phase = "ending";
  }

  /** Begins to close all connections. */
  disconnect(): void {
    for (const [number, state] of this.#states.entries()) {
      if (state === STATE.open) this.close(number);
    }
  }

  /** Opens a connection. */
  open(number: number): void {
    this.#states[number] = STATE.opening;
    this.#startedMs[number] = this.now();
    this.busyCount++;
    this.connectSlot(number);
  }

  /** Closes a connection. */
  close(number: number): void {
    this.#states[number] = STATE.closing;
    this.closeSlot(number);
  }

  /** Notes a batch as complete. */
  batchDone(startedMs: number, endedMs: number): void {
    this.recorder.batch(startedMs, endedMs);
    this.batchEnded();
    this.changed();
  }

  /** To be called when a connection has opened. */
  protected opened(number: number): void {
    const nowMs = this.now();
    this.#states[number] = STATE.open;
    this.openCount++;
    if (this.#phase === "ending") this.close(number);
    else if (this.#phase === "connecting") this.#openFirst();
    else {
      this.recorder.handshake(this.#startedMs[number]!, nowMs);
      this.traffic.opened?.(number, nowMs);
    }
    this.changed();
  }

  /**
   * To be called when a connection has closed or could not be opened.
   *
   * @param why what is known of the reason, in words
   */
  protected closed(number: number, why: string): void {
    const state = this.#states[number];
    this.#states[number] = STATE.free;
    this.busyCount--;
    if (state !== STATE.opening) this.openCount--;
    if (this.#phase === "ending" || state === STATE.closing) {
      if (this.#phase === "running") this.traffic.closed?.(number, this.now());
      return this.changed();
    }
    const which = `connection ${number + 1} of ${this.#states.length}`;
    this.fail(
      new Error(
        state === STATE.opening
          ? `C${which.slice(1)} could not be opened: ${why}`
          : `The server closed ${which}: ${why}`,
      ),
    );
  }

  /** Number of places that {@linkcode Exchange.place} gives. */
  protected get places(): number {
    return this.#sentMs.length - 1;
  }

  /** Where to keep what belongs to a message while it may be answered: messages that are far apart share a place. */
  protected place(number: number, sequence: number): number {
    return number * this.#ring + (sequence & this.#ring - 1);
  }

  /**
   * To be called for each message that is sent.
   *
   * @returns its number on its connection
   */
  protected noteSend(number: number, nowMs: number): number {
    const sequence = this.ledger.send(number);
    this.#sentMs[this.place(number, sequence)] = nowMs;
    this.recorder.send(nowMs);
    return sequence;
  }

  /**
   * To be called for each reply.
   *
   * @param answered what {@linkcode Payload.check} said of it
   * @param bytes its payload in bytes
   */
  protected noteReply(
    number: number,
    expected: number,
    answered: number,
    nowMs: number,
    bytes: number,
  ): void {
    this.#replyMs[0] = nowMs;
    this.#settle(number, expected, answered, bytes);
  }

  #settle(number: number, expected: number, answered: number, bytes: number): void {
    const nowMs = this.#replyMs[0]!;
    const released = answered >= 0
      ? this.ledger.answer(number, answered)
      : this.ledger.corrupt(number, altered(answered));
    const known = answered >= 0 && answered > expected - this.#ring / 2;
    const sentMs = this.#sentMs[known ? this.place(number, answered) : this.places]!;
    this.recorder.reply(number, sentMs, nowMs, bytes);
    if (released === 0) return;
    this.traffic.replied(number, released, nowMs);
    if (this.ledger.outstanding === 0) this.changed();
  }
}
