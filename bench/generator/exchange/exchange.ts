/**
 * The exchange of messages in one trial, whatever carries them: joins a traffic, a payload, a recorder and a ledger.
 */

import type { ConnectOptions } from "../../../clients/types.ts";
import { altered, type Payload, UNREADABLE } from "../../../scenarios/payload/payload.ts";
import { Resemblance } from "../../../scenarios/payload/resemblance.ts";
import type {
  Load,
  Pace,
  RestartSignal,
  Timed,
  Traffic,
} from "../../../scenarios/traffic/types.ts";
import { type Account, type Hooked, listenerOf } from "../../../measure/record/accounts/account.ts";
import { BatchAccount } from "../../../measure/record/accounts/batches.ts";
import { CompressionAccount } from "../../../measure/record/accounts/compression.ts";
import { DeliveryAccount } from "../../../measure/record/accounts/deliveries.ts";
import { IntegrityLedger } from "../../../measure/record/integrity.ts";
import { PingAccount } from "../../../measure/record/accounts/pings.ts";
import { Recorder, type TimelineKind } from "../../../measure/record/recorder.ts";
import { UnaskedAccount } from "../../../measure/record/accounts/unasked.ts";
import { opening, type OpeningRate } from "../../../scenarios/traffic/timing/opening.ts";
import type { TimelineSlice } from "../../../measure/model/result.ts";
import type { CaseParameters } from "../../../scenarios/parameters.ts";
import { after } from "../../process/delay.ts";
import { GroupNumbers } from "./groups.ts";
import { followSchedule } from "./schedule.ts";

/** One of the generators that share a trial. */
export interface Part {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** What is exchanged, and with whom. */
export interface ExchangeOptions {
  readonly url: string;
  readonly traffic: (load: Load) => Traffic;
  /** Makes the messages and checks the replies. */
  readonly payload: Payload;
  /** What the timeline follows. */
  readonly timeline: TimelineKind;
  /** How messages are compressed; not at all when left out. Only own frames are. */
  readonly deflate?: CaseParameters["deflate"];
  /** At which rate the first connections are opened; as fast as the server takes them when left out. */
  readonly opening?: OpeningRate;
  /** How many single latencies are kept; none when left out. */
  readonly samples?: number;
  /** Has the server stopped with a signal and started again. */
  readonly restart?: ((signal: RestartSignal) => void) | undefined;
  /** Length of the slices of the timeline in milliseconds; 100 when left out. */
  readonly sliceMs?: number | undefined;
  /** How connections are opened, in addition to the URL. */
  readonly connect?: ConnectOptions | undefined;
  /** Which of the generators of a trial this is, and how many there are; the only one when left out. */
  readonly part?: Part | undefined;
  /** Gets the slices of the timeline as they are closed. */
  readonly closed?: ((slices: readonly TimelineSlice[]) => void) | undefined;
}

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

  readonly #states: Uint8Array;
  readonly #startedMs: Float64Array;
  /** Send time of each message that may still be answered, by connection and number; the last one is of unknown ones. */
  readonly #sentMs: Float64Array;
  readonly #ring: number;
  readonly #part: Part;
  /** What follows a schedule. */
  readonly #paced: Exclude<Pace["of"], "pauses"> | undefined;
  /** What is to be called at its times. */
  protected timed: Timed = NEVER;
  /** When each of these messages, or its connection, was meant to begin; empty if there is no schedule. */
  readonly #intendedMs: Float64Array;
  /** When each connection was meant to be opened, if a schedule says so. */
  readonly #openingMs: Float64Array;
  /** The messages on their way to all connections of a group. */
  readonly #deliveries: DeliveryAccount | undefined;
  readonly #batches = new BatchAccount();
  /** Accounts that count each message, each reply, and each connection that the server has closed. */
  readonly #sentTo: Hooked<"sent"> | undefined;
  readonly #repliedTo: Hooked<"replied"> | undefined;
  readonly #abandonedTo: Hooked<"abandoned"> | undefined;
  /** Messages of each connection that were meant to be sent, whether they are sent yet or not. */
  readonly #intended: Float64Array;
  /** When the current reply came; in an array, because a number with a fraction is an object wherever it is passed on. */
  protected readonly replyMs: Float64Array = new Float64Array(1);
  #unsent = 0;
  readonly #resemblance: Resemblance;
  readonly #failure = Promise.withResolvers<never>();
  protected failed: Error | undefined;
  #phase: "connecting" | "running" | "ending" = "connecting";
  #firstUnopened = 0;
  readonly #openingRate: OpeningRate | undefined;
  readonly #restart: ExchangeOptions["restart"];

  /** @param mayOvertake whether replies may come in any order */
  constructor(options: ExchangeOptions, mayOvertake: boolean = false) {
    const { traffic, payload, timeline, samples, sliceMs, closed, deflate } = options;
    this.payload = payload;
    this.#part = options.part ?? ONLY;
    this.#openingRate = options.opening;
    this.#restart = options.restart;
    this.#resemblance = new Resemblance(payload.reply ?? payload);
    this.traffic = traffic(this);
    const { slots, depth, groups, beside = 0 } = this.traffic;
    // Four times what can be outstanding: a late reply still finds when its message was sent.
    this.#ring = 2 ** Math.ceil(Math.log2(Math.max(4, depth * 4)));
    this.measured = slots - beside;
    this.pings = new PingAccount(slots);
    this.compression = deflate && new CompressionAccount();
    this.groups = groups && new GroupNumbers(groups);
    const senders = this.groups?.senders(slots) ?? slots;
    this.#deliveries = groups && new DeliveryAccount(senders, groups.members, this.#ring);
    this.ledger = new IntegrityLedger(this.groups?.streams(slots) ?? slots, mayOvertake);
    const accounts: readonly Account[] = [
      this.pings,
      this.compression,
      this.#deliveries,
      this.#batches,
      new UnaskedAccount(this.ledger),
      ...this.traffic.accounts ?? [],
    ].filter((account) => account !== undefined);
    this.#sentTo = listenerOf(accounts, "sent");
    this.#repliedTo = listenerOf(accounts, "replied");
    this.#abandonedTo = listenerOf(accounts, "abandoned");
    this.recorder = new Recorder(slots, { timeline, samples, sliceMs, closed, accounts });
    this.#states = new Uint8Array(slots);
    this.#startedMs = new Float64Array(slots);
    this.#sentMs = new Float64Array(senders * this.#ring + 1);
    this.#sentMs[this.places] = NaN;
    const { of = "pauses" } = this.traffic.pace ?? {};
    this.#paced = of === "pauses" ? undefined : of;
    this.#intendedMs = new Float64Array(this.#paced === undefined ? 0 : this.#sentMs.length);
    if (this.#intendedMs.length > 0) this.#intendedMs[this.places] = NaN;
    this.#intended = new Float64Array(slots);
    this.#openingMs = new Float64Array(slots);
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

  /** The number of its group: its own if nobody else gets its messages. */
  protected groupId(number: number): number {
    return this.groups?.groupOf(number) ?? this.connectionId(number);
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
    this.#abandon(number);
  }

  restart(signal: RestartSignal): void {
    if (this.#restart === undefined) throw new Error("Nobody can start the server again");
    this.#restart(signal);
  }

  /** Nobody will answer what is unanswered on a connection. */
  #abandon(number: number): void {
    const unanswered = this.ledger.abandon(number);
    this.#abandonedTo?.abandoned(number, unanswered);
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
    return this.#unsent === 0 && this.ledger.outstanding === 0 && this.pings.outstanding === 0 &&
      (this.traffic.pending ?? 0) === 0;
  }

  /** Sends the next messages on a connection, now or as soon as there is room. */
  send(number: number, count: number = 1): void {
    // The server may have closed one of those that are not measured.
    if (number >= this.measured && this.#states[number] !== STATE.open) return;
    if (this.#paced === "messages") {
      const pace = this.traffic.pace!;
      const sender = this.groups?.senderAt(number) ?? number;
      for (let left = count; left > 0; left--) {
        this.#intendedMs[this.place(sender, this.#intended[number]!++)] = pace.intendedMs;
        this.recorder.offer(pace.intendedMs);
      }
      this.#unsent += count;
    }
    this.sendSlot(number, count);
  }

  /** Sends a ping on a connection, now or as soon as there is room. */
  ping(number: number): void {
    this.pings.due(number, this.traffic.pace!.intendedMs);
    this.pingSlot(number);
  }

  /** Gives up what is due. */
  drop(): void {
    const { intendedMs } = this.traffic.pace!;
    this.recorder.offer(intendedMs);
    this.recorder.arrivals.drop(intendedMs);
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
    this.#states[number] = STATE.opening;
    const nowMs = this.now();
    this.#startedMs[number] = nowMs;
    if (this.#paced === "connections") {
      const { intendedMs } = this.traffic.pace!;
      this.#openingMs[number] = intendedMs;
      this.recorder.offer(intendedMs);
      this.recorder.arrivals.pace(intendedMs, nowMs);
    }
    this.busyCount++;
    this.connectSlot(number);
  }

  close(number: number): void {
    this.#states[number] = STATE.closing;
    this.closeSlot(number);
  }

  batchDone(startedMs: number, endedMs: number): void {
    this.#batches.finish(startedMs, endedMs);
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
      this.#abandon(number);
      return this.changed();
    }
    if (this.#phase === "running" && this.traffic.lost !== undefined) {
      this.#abandon(number);
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

  /** Number of places that {@linkcode Exchange.place} gives. */
  protected get places(): number {
    return this.#sentMs.length - 1;
  }

  /** Where to keep what belongs to a message while it may be answered: messages that are far apart share a place. */
  protected place(sender: number, sequence: number): number {
    return sender * this.#ring + (sequence & this.#ring - 1);
  }

  /** To be called when messages are sent together; returns the number of the first on its connection. */
  protected noteSends(number: number, count: number, nowMs: number): number {
    const { groups } = this;
    const sender = groups?.senderAt(number) ?? number;
    const first = groups === undefined
      ? this.ledger.send(number, count)
      : this.#sendToGroup(groups, number, count);
    for (let sequence = first; sequence < first + count; sequence++) {
      if (groups !== undefined) this.#deliveries!.send(sender, sequence, nowMs);
      const place = this.place(sender, sequence);
      this.#sentMs[place] = nowMs;
      if (this.#sentTo !== undefined) this.#sentTo.sent(number, nowMs);
      if (this.#paced === "messages") {
        this.recorder.arrivals.pace(this.#intendedMs[place]!, nowMs);
      } else if (this.#paced === "connections") this.#intendedMs[place] = this.#openingMs[number]!;
    }
    if (this.#paced === "messages") this.#unsent -= count;
    if (number < this.measured) this.recorder.send(nowMs, count);
    return first;
  }

  /** Notes messages as sent to all of a group; returns the number of the first, which all streams of a speaker share. */
  #sendToGroup(groups: GroupNumbers, number: number, count: number): number {
    const start = groups.speakerOf(number, 0);
    let first = 0;
    for (let receiver = start; receiver < start + groups.members; receiver++) {
      first = this.ledger.send(groups.streamTo(receiver, number - start), count);
    }
    return first;
  }

  /**
   * To be called for what came on a connection: finds out which message it answers, and notes it.
   *
   * @param isRightType whether it is text or bytes as the messages are
   * @param buffer has it from `start` to before `end`
   * @returns whether it was compared with a message: nothing is known of any other
   */
  protected noteMessage(
    number: number,
    isRightType: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const { payload, groups, ledger } = this;
    const speakers = groups?.speakers ?? 1;
    for (let speaker = 0; isRightType && speaker < speakers; speaker++) {
      const stream = groups?.streamTo(number, speaker) ?? number;
      const origin = groups?.speakerOf(number, speaker) ?? number;
      const answered = payload.check(buffer, start, end, origin, ledger.expected(stream));
      if (answered !== UNREADABLE) {
        this.noteReply(number, stream, answered, end - start);
        return true;
      }
    }
    return this.#noteUnreadable(number, buffer, start, end);
  }

  /**
   * To be called for each reply.
   *
   * @param stream where it is accounted for: its connection, or a stream of its group
   * @param answered what {@linkcode Payload.check} said of it
   * @param bytes its payload in bytes
   */
  protected noteReply(
    number: number,
    stream: number,
    answered: number,
    bytes: number,
  ): void {
    const { ledger } = this;
    if (this.canTakeMany && answered === ledger.expected(stream) && ledger.due(stream) > 0) {
      return this.#settleNext(number, 1, bytes);
    }
    this.#settle(number, stream, answered, bytes);
  }

  /** What names no message: a spoilt reply if it is like one that is due, else something that nobody may have asked for. */
  #noteUnreadable(
    number: number,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const { groups, ledger } = this;
    const stream = groups?.streamTo(number, 0) ?? number;
    const origin = groups?.speakerOf(number, 0) ?? number;
    const isLike = this.#resemblance.isLike(buffer, start, end, origin, ledger.expected(stream));
    if (isLike) this.noteReply(number, stream, UNREADABLE, end - start);
    else ledger.stray(stream);
    return isLike;
  }

  /** Whether replies may be noted together by {@linkcode Exchange.noteReplies}. */
  protected get canTakeMany(): boolean {
    return this.#deliveries === undefined;
  }

  /**
   * To be called for right replies that came together, in order, to the messages that are due next.
   *
   * @param count how many they are, at most as many as are due
   * @param bytes the payload of all of them in bytes
   */
  protected noteReplies(number: number, count: number, bytes: number): void {
    this.#settleNext(number, count, bytes);
  }

  /** To be called for each pong; `sequence` is -1 for one that answers no ping. */
  protected notePong(number: number, sequence: number, nowMs: number): void {
    this.pings.answer(number, sequence, nowMs);
    if (this.isSettled) this.changed();
  }

  /** Notes that one more member has a message of its group, unless it is altered; returns whether it was the last. */
  #delivered(sender: number, sequence: number): boolean {
    return sequence >= 0 && this.#deliveries!.deliver(sender, sequence, this.replyMs[0]!);
  }

  #settleNext(number: number, count: number, bytes: number): void {
    const nowMs = this.replyMs[0]!;
    const first = this.ledger.expected(number);
    this.ledger.answerNext(number, count);
    if (number < this.measured) this.#recordReplies(number, first, count, bytes);
    if (this.#repliedTo !== undefined) {
      for (let left = count; left > 0; left--) this.#repliedTo.replied(number, nowMs);
    }
    this.traffic.replied(number, count, nowMs);
    if (this.isSettled) this.changed();
  }

  /** Records replies: those whose messages were sent at the same time together, unless each has a time of its own. */
  #recordReplies(number: number, first: number, count: number, bytes: number): void {
    const times = this.#sentMs;
    const { recorder } = this;
    const { timesMs } = recorder;
    const isPaced = this.#paced !== undefined;
    timesMs[1] = this.replyMs[0]!;
    for (let done = 0; done < count;) {
      const place = this.place(number, first + done);
      const sentMs = times[place]!;
      let alike = 1;
      if (!isPaced) {
        while (done + alike < count && times[this.place(number, first + done + alike)] === sentMs) {
          alike++;
        }
      }
      timesMs[0] = sentMs;
      timesMs[2] = isPaced ? this.#intendedMs[place]! : NaN;
      recorder.noteReplies(number, done === 0 ? bytes : 0, alike);
      done += alike;
    }
  }

  #settle(number: number, stream: number, answered: number, bytes: number): void {
    const nowMs = this.replyMs[0]!;
    const { ledger } = this;
    const released = answered >= 0
      ? ledger.answer(stream, answered)
      : ledger.corrupt(stream, altered(answered));
    const sender = this.groups?.senderOf(stream) ?? number;
    const known = answered >= 0 && answered >= ledger.sent(stream) - this.#ring;
    const place = known ? this.place(sender, answered) : this.places;
    // What is sent to a group is answered when the last one has it; a copy that comes twice is not a delivery.
    const isWhole = this.groups === undefined || released > 0 && this.#delivered(sender, answered);
    const intendedMs = this.#paced === undefined || !isWhole ? NaN : this.#intendedMs[place]!;
    if (number < this.measured) {
      this.recorder.reply(number, this.#sentMs[place]!, nowMs, bytes, intendedMs);
    }
    if (this.#repliedTo !== undefined) this.#repliedTo.replied(number, nowMs);
    if (released === 0) return;
    this.traffic.replied(this.groups?.originOf(stream) ?? number, released, nowMs);
    if (this.isSettled) this.changed();
  }
}
