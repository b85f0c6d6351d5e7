/**
 * The exchange of messages in one trial: joins a client, a traffic, a payload, a recorder and a ledger.
 *
 * @module
 */

import type { Client, Connection, Message } from "../clients/types.ts";
import { altered, type Payload } from "../load/payload.ts";
import type { Load, Traffic } from "../load/types.ts";
import { IntegrityLedger } from "../measure/integrity.ts";
import { Recorder } from "../measure/recorder.ts";

/** What is exchanged, with whom. */
export interface ExchangeOptions {
  /** Opens the connections. */
  readonly client: Client;
  /** Where to. */
  readonly url: string;
  /** Makes the traffic. */
  readonly traffic: (load: Load) => Traffic;
  /** Makes the messages and checks the replies. */
  readonly payload: Payload;
  /** What the timeline follows. */
  readonly timeline: "replies" | "handshakes";
}

/** Handshakes under way at once while the first connections are opened: below common listen backlogs. */
const OPENING = 64;

/** One of the places that a traffic has for connections, with the one that is in it. */
interface Slot {
  connection: Connection | undefined;
  state: "free" | "opening" | "open" | "closing";
  /** Send time of each message that may still be answered, by its number. */
  readonly sentMs: Float64Array;
  /** The message itself. */
  readonly messages: Message[];
}

/** The exchange of messages in one trial. Its owner moves it through the phases. */
export class Exchange implements Load {
  /** What was recorded. */
  readonly recorder: Recorder;
  /** The account of all replies. */
  readonly ledger: IntegrityLedger;
  /** What decides what is sent. */
  readonly traffic: Traffic;
  /** Rejects when a connection cannot be opened or is closed by the server. */
  readonly failure: Promise<never>;
  /** Called whenever a connection has opened or closed, a batch is done, or nothing is outstanding any more. */
  changed: () => void = () => {};
  /** Called when a batch is done, before the next one begins. */
  batchEnded: () => void = () => {};
  /** Connections that are open. */
  openCount = 0;
  /** Connections that are open, opening or closing. */
  busyCount = 0;

  readonly #client: Client;
  readonly #url: string;
  readonly #payload: Payload;
  readonly #slots: readonly Slot[];
  readonly #mask: number;
  readonly #fail: (reason: Error) => void;
  #phase: "connecting" | "running" | "ending" = "connecting";
  #firstUnopened = 0;

  /** Prepares an exchange; nothing is opened yet. */
  constructor({ client, url, traffic, payload, timeline }: ExchangeOptions) {
    this.#client = client;
    this.#url = url;
    this.#payload = payload;
    this.traffic = traffic(this);
    const { slots, depth } = this.traffic;
    this.recorder = new Recorder(slots, timeline);
    this.ledger = new IntegrityLedger(slots);
    // Four times what can be outstanding: a late reply still finds when its message was sent.
    const ring = 2 ** Math.ceil(Math.log2(Math.max(4, depth * 4)));
    this.#mask = ring - 1;
    this.#slots = Array.from({ length: slots }, () => ({
      connection: undefined,
      state: "free",
      sentMs: new Float64Array(ring),
      messages: new Array<Message>(ring),
    }));
    const { promise, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting at the moment when it fails.
    promise.catch(() => {});
    this.failure = promise;
    this.#fail = reject;
  }

  /** Milliseconds of a monotonic clock. */
  now(): number {
    return performance.now();
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
    for (const [number, { state }] of this.#slots.entries()) {
      if (state === "open") this.close(number);
    }
  }

  /** Opens a connection. */
  open(number: number): void {
    const slot = this.#slots[number]!;
    slot.state = "opening";
    this.busyCount++;
    const startedMs = this.now();
    slot.connection = this.#client.connect(this.#url, {
      opened: () => this.#opened(number, slot, startedMs),
      received: (message) => this.#received(number, slot, message),
      closed: (code, reason) => this.#closed(number, slot, code, reason),
    });
  }

  #opened(number: number, slot: Slot, startedMs: number): void {
    const nowMs = this.now();
    slot.state = "open";
    this.openCount++;
    if (this.#phase === "ending") this.close(number);
    else if (this.#phase === "connecting") this.#openFirst();
    else {
      this.recorder.handshake(startedMs, nowMs);
      this.traffic.opened?.(number, nowMs);
    }
    this.changed();
  }

  #closed(number: number, slot: Slot, code: number, reason: string): void {
    const { state } = slot;
    slot.state = "free";
    slot.connection = undefined;
    this.busyCount--;
    if (state !== "opening") this.openCount--;
    if (this.#phase === "ending" || state === "closing") {
      if (this.#phase === "running") this.traffic.closed?.(number, this.now());
      return this.changed();
    }
    const total = this.#slots.length;
    const what = state === "opening"
      ? `Connection ${number + 1} of ${total} could not be opened`
      : `The server closed connection ${number + 1} of ${total}`;
    this.#fail(new Error(`${what}: code ${code}${reason && `, ${reason}`}`));
  }

  /** Sends the next message on a connection. */
  send(number: number): void {
    const slot = this.#slots[number]!;
    const sequence = this.ledger.send(number);
    const message = this.#payload.message(number, sequence);
    const nowMs = this.now();
    slot.sentMs[sequence & this.#mask] = nowMs;
    slot.messages[sequence & this.#mask] = message;
    this.recorder.send(nowMs);
    slot.connection!.send(message);
  }

  #received(number: number, slot: Slot, message: Message): void {
    const nowMs = this.now();
    const { ledger } = this;
    const mask = this.#mask;
    const expected = ledger.expected(number);
    const due = slot.messages[expected & mask]!;
    const answered = this.#payload.check(message, number, expected, due);
    const released = answered >= 0
      ? ledger.answer(number, answered)
      : ledger.corrupt(number, altered(answered));
    const known = answered >= 0 && answered > expected - mask / 2;
    this.recorder.reply(number, known ? slot.sentMs[answered & mask]! : NaN, nowMs, message.length);
    if (released === 0) return;
    this.traffic.replied(number, released, nowMs);
    if (ledger.outstanding === 0) this.changed();
  }

  /** Closes a connection. */
  close(number: number): void {
    const slot = this.#slots[number]!;
    slot.state = "closing";
    slot.connection!.close();
  }

  /** Notes a batch as complete. */
  batchDone(startedMs: number, endedMs: number): void {
    this.recorder.batch(startedMs, endedMs);
    this.batchEnded();
    this.changed();
  }
}
