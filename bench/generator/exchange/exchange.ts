/**
 * The exchange of messages in one trial, whatever carries them: its connections and its phases. What is sent and what
 * comes back is in `sending.ts` and `replies.ts`, what is counted in `books.ts`.
 */

import type { CompressionAccount } from "../../../measure/record/accounts/compression.ts";
import type { PingAccount } from "../../../measure/record/accounts/pings.ts";
import type { IntegrityLedger } from "../../../measure/record/integrity.ts";
import type { Recorder } from "../../../measure/record/recorder.ts";
import type { Payload } from "../../../scenarios/payload/payload.ts";
import { opening, type OpeningRate } from "../../../scenarios/traffic/timing/opening.ts";
import type {
  Groups,
  Load,
  RestartSignal,
  Timed,
  Traffic,
} from "../../../scenarios/traffic/types.ts";
import { after } from "../../process/delay.ts";
import { Books } from "./books.ts";
import type { GroupNumbers } from "./groups.ts";
import type { ExchangeOptions, Part } from "./options.ts";
import { Replies } from "./replies.ts";
import { followSchedule } from "./schedule.ts";
import { Sending } from "./sending.ts";

/** What is in one of the places that a traffic has for connections. */
const STATE = { free: 0, opening: 1, open: 2, closing: 3 } as const;

const ONLY: Part = { index: 0, of: 1 };

/** Handshakes under way at once while the first connections are opened: below common listen backlogs. */
const OPENING = 64;

/** Never asks for anything. */
const NEVER: Timed = { pace: { of: "pauses", nextMs: Infinity, intendedMs: NaN }, due() {} };

/** The exchange of messages in one trial. Its owner moves it through the phases; a subclass carries the messages. */
export abstract class Exchange implements Load, Disposable {
  readonly recorder: Recorder;
  /** The account of all replies, by connection; where there are {@linkcode groups}, by stream. */
  readonly ledger: IntegrityLedger;
  /** The groups of connections that get each other's messages; undefined if each has its own replies. */
  protected readonly groups: GroupNumbers | undefined;
  /** How many connections are measured: those with the numbers below. */
  readonly measured: number;
  readonly pings: PingAccount;
  /** The account of compressed bytes; undefined if nothing is compressed. */
  protected readonly compression: CompressionAccount | undefined;
  readonly traffic: Traffic;
  readonly payload: Payload;
  /** Called when a batch is done, before the next one begins. */
  batchEnded: () => void = () => {};
  openCount = 0;
  /** Connections that are open, opening or closing. */
  busyCount = 0;
  /** Called when a connection has opened or closed, a batch is done, or nothing is outstanding any more. */
  protected changed: () => void = () => {};

  protected readonly sending: Sending;
  protected readonly replies: Replies;
  protected failed: Error | undefined;
  /** What is to be called at its times. */
  protected timed: Timed = NEVER;

  readonly #books: Books;
  readonly #states: Uint8Array;
  readonly #startedMs: Float64Array;
  readonly #part: Part;
  readonly #failure = Promise.withResolvers<never>();
  #phase: "connecting" | "running" | "ending" = "connecting";
  #firstUnopened = 0;
  readonly #openingRate: OpeningRate | undefined;
  readonly #restart: ExchangeOptions["restart"];

  /** @param mayOvertake whether replies may come in any order */
  constructor(options: ExchangeOptions, mayOvertake: boolean = false) {
    this.payload = options.payload;
    this.#part = options.part ?? ONLY;
    this.#openingRate = options.opening;
    this.#restart = options.restart;
    this.traffic = options.traffic(this);
    this.#books = new Books(this.traffic, options, mayOvertake);
    ({
      recorder: this.recorder,
      ledger: this.ledger,
      groups: this.groups,
      measured: this.measured,
      pings: this.pings,
      compression: this.compression,
    } = this.#books);
    this.sending = new Sending(this.#books, this.traffic);
    this.replies = new Replies(this.#books, this.sending, this.traffic, this.payload, () => {
      if (this.isSettled) this.changed();
    });
    this.#states = new Uint8Array(this.traffic.slots);
    this.#startedMs = new Float64Array(this.traffic.slots);
    // Nobody may be waiting at the moment when it fails.
    this.#failure.promise.catch(() => {});
  }

  /** Milliseconds of a monotonic clock. */
  abstract now(): number;
  /** Begins to open a connection; {@linkcode Exchange.opened} or {@linkcode Exchange.closed} follows. */
  protected abstract connectSlot(number: number): void;
  /** Begins to close a connection; {@linkcode Exchange.closed} follows. */
  protected abstract closeSlot(number: number): void;
  /** Sends the next messages on a connection, now or as soon as there is room. */
  protected abstract sendSlot(number: number, count: number): void;

  /** The number of a connection that no other generator of the trial has. */
  protected connectionId(number: number): number {
    return number * this.#part.of + this.#part.index;
  }

  /**
   * The number of its group: its own if nobody else gets its messages. No other generator has that group, unless its
   * members are shared.
   */
  protected groupId(number: number): number {
    const { groups } = this;
    if (groups === undefined) return this.connectionId(number);
    const group = groups.groupOf(number);
    return groups.isShared ? group : this.connectionId(group);
  }

  /** Whether those who speak to its connections are here, or at another generator; undefined if none are anywhere else. */
  get shared(): Groups["shared"] {
    return this.traffic.groups?.shared;
  }

  /** Whether all that the traffic has asked to be sent has been. */
  get isAllSent(): boolean {
    return this.sending.unsent === 0;
  }

  /** How many messages the first connection has sent. */
  get said(): number {
    return this.ledger.sent(0);
  }

  /** Takes how many messages were sent elsewhere to each connection here. */
  hear(count: number): void {
    this.replies.tell(count);
  }

  /** Takes back the messages of a connection that were not sent yet; there are none if they are sent at once. */
  withdraw(_number: number): void {}

  /** Stops reading a connection; not every client can. */
  pause(_number: number): void {
    throw new Error("The client cannot leave a connection unread");
  }

  /** Breaks a connection off, and tells nobody; not every client can. */
  protected cutSlot(_number: number): void {
    throw new Error("This client cannot break a connection off: use the client wire");
  }

  cut(number: number): void {
    this.cutSlot(number);
    this.#states[number] = STATE.free;
    this.busyCount--;
    this.recorder.open(this.now(), --this.openCount);
    this.#books.abandon(number);
  }

  restart(signal: RestartSignal): void {
    if (this.#restart === undefined) throw new Error("Nobody can start the server again");
    this.#restart(signal);
  }

  /** Reads a paused connection on. */
  resume(_number: number): void {}

  /** Sends the next ping on a connection, now or as soon as there is room. */
  protected pingSlot(_number: number): void {
    throw new Error("This client sends no pings: use the client wire");
  }

  /** How long the first connections may take to open, in milliseconds, if the protocol says so. */
  get openingMs(): number | undefined {
    return undefined;
  }

  /** What the opening of a connection waits for, as the end of a sentence; empty if nothing is known. */
  get awaited(): string {
    return "";
  }

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

  [Symbol.dispose](): void {}

  protected fail(reason: Error): void {
    this.failed ??= reason;
    this.#failure.reject(reason);
  }

  /** How long it takes at least to begin to open the connections that the traffic starts with, in milliseconds. */
  get connectingMs(): number {
    const { rate, share: { of = 1 } = {} } = this.#openingRate ?? { rate: Infinity };
    return this.traffic.connections * of * 1000 / rate;
  }

  /** Begins to open the connections that the traffic starts with. */
  connect(): void {
    this.#books.pushes?.compareClocks(() => this.now());
    if (this.#openingRate !== undefined) {
      const { connections } = this.traffic;
      const connecting = opening(connections, this.#openingRate, () => this.#openFirst());
      connecting.start(this.now());
      return this.#follow(connecting);
    }
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
    const { pace, due } = this.traffic;
    if (pace !== undefined && due !== undefined) this.#follow({ pace, due });
  }

  #follow(timed: Timed): void {
    this.timed = timed;
    this.keepPace(timed);
  }

  /** Calls what is due at its times, until nothing will be any more. */
  protected keepPace(timed: Timed): Promise<void> {
    const isOver = (): boolean =>
      this.failed !== undefined || this.#phase === "ending" || this.timed !== timed;
    return followSchedule(timed, () => this.now(), isOver)
      .catch((error) => this.fail(error));
  }

  /** Sends what is due by now, so that a phase neither begins nor ends with what belongs to the one before. */
  catchUp(): void {
    this.traffic.due?.(this.now());
  }

  /** Connections that are being opened. */
  get openingCount(): number {
    return this.busyCount - this.openCount;
  }

  /** Whether there is nothing to wait for: all is sent, all is answered, and the traffic has nothing pending. */
  get isSettled(): boolean {
    return this.sending.unsent === 0 && this.ledger.outstanding === 0 &&
      this.pings.outstanding === 0 &&
      (this.traffic.pending ?? 0) === 0 && (this.#books.pushes?.isSettled(this.now()) ?? true);
  }

  /** Whether something is to come on a connection: always, if the server sends by itself. */
  isDue(number: number): boolean {
    return this.#books.pushes !== undefined || this.ledger.due(number) > 0;
  }

  /** Sends the next messages on a connection, now or as soon as there is room. */
  send(number: number, count: number = 1): void {
    // The server may have closed one of those that are not measured.
    if (number >= this.measured && this.#states[number] !== STATE.open) return;
    this.sending.offer(number, count);
    this.sendSlot(number, count);
  }

  /** Sends a ping on a connection, now or as soon as there is room. */
  ping(number: number): void {
    this.pings.due(number, this.traffic.pace!.intendedMs);
    this.pingSlot(number);
  }

  /** Gives up what is due. */
  drop(): void {
    this.sending.drop();
  }

  /** Stops the traffic; from now on a connection that is closed is no failure. */
  end(): void {
    this.traffic.stop();
    this.#phase = "ending";
  }

  disconnect(): void {
    for (const [number, state] of this.#states.entries()) {
      if (state === STATE.open) this.close(number);
    }
  }

  open(number: number): void {
    this.#books.pushes?.open(number);
    this.#states[number] = STATE.opening;
    const nowMs = this.now();
    this.#startedMs[number] = nowMs;
    this.sending.open(number, nowMs);
    this.busyCount++;
    this.connectSlot(number);
  }

  close(number: number): void {
    this.#states[number] = STATE.closing;
    this.closeSlot(number);
  }

  batchDone(startedMs: number, endedMs: number): void {
    this.#books.batches.finish(startedMs, endedMs);
    this.batchEnded();
    this.changed();
  }

  /** To be called when a connection has opened. */
  protected opened(number: number): void {
    const nowMs = this.now();
    this.#states[number] = STATE.open;
    this.recorder.open(nowMs, ++this.openCount);
    if (this.#phase === "ending") this.close(number);
    else if (this.#phase === "connecting") {
      if (this.#openingRate === undefined) this.#openFirst();
    } else {
      this.recorder.handshake(this.#startedMs[number]!, nowMs);
      this.traffic.opened?.(number, nowMs);
    }
    this.changed();
  }

  /** To be called when a connection has closed or could not be opened; `why` is the reason in words. */
  protected closed(number: number, why: string): void {
    const state = this.#states[number];
    this.#states[number] = STATE.free;
    this.busyCount--;
    if (state !== STATE.opening) this.recorder.open(this.now(), --this.openCount);
    if (this.#phase === "ending" || state === STATE.closing) {
      if (this.#phase === "running") this.traffic.closed?.(number, this.now());
      return this.changed();
    }
    if (number >= this.measured && state === STATE.open && this.#phase === "running") {
      this.#books.abandon(number);
      return this.changed();
    }
    if (this.#phase === "running" && this.traffic.lost !== undefined) {
      this.#books.abandon(number);
      if (this.traffic.lost(number, this.now())) return this.changed();
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
}
