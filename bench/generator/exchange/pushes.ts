/** Takes what a server sends by itself: finds out which message of its stream each is, and when it was made. */

import type { PushAccount } from "../../../measure/record/accounts/pushes.ts";
import type { IntegrityLedger } from "../../../measure/record/integrity.ts";
import { type PushReader, pushReader, type PushRule } from "../../../protocols/messages/push.ts";

/** What is known of streams before they begin. */
export interface StreamOptions {
  /** Where messages have their number and time; when left out, each is taken as it comes. */
  readonly rule?: PushRule | undefined;
  /** Set if the first message of a connection has the number 0; else the first that comes is the first of its stream. */
  readonly isFromZero?: boolean | undefined;
  /** Set if the server is on this machine, so that its clock is the same. */
  readonly isHere?: boolean | undefined;
}

/** A number that is so much further than the last one is no number of the stream. */
const FURTHEST = 100_000;
/** How long after the window a message is waited for that others have overtaken, in milliseconds. */
const GRACE_MS = 1000;
/** How often two clocks are compared: that which took the least time counts. */
const COMPARISONS = 20;

/** The streams of all connections. */
export class Pushes {
  readonly #reader: PushReader | undefined;
  readonly #isFromZero: boolean;
  readonly #isHere: boolean;
  readonly #account: PushAccount;
  readonly #ledger: IntegrityLedger;
  /** Number of the first message of each connection; NaN before it came. */
  readonly #firsts: Float64Array;
  /** What is added to a time of the exchange to have milliseconds since 1970. */
  readonly #epochMs = new Float64Array(1);

  constructor(
    connections: number,
    account: PushAccount,
    ledger: IntegrityLedger,
    { rule, isFromZero = false, isHere = false }: StreamOptions = {},
  ) {
    this.#reader = rule && pushReader(rule);
    this.#isFromZero = isFromZero;
    this.#isHere = isHere;
    this.#account = account;
    this.#ledger = ledger;
    this.#firsts = new Float64Array(connections).fill(isFromZero ? 0 : NaN);
  }

  /** Compares the clock of the exchange with that of the system; to be called before anything comes. */
  compareClocks(now: () => number): void {
    let leastMs = Infinity;
    for (let left = COMPARISONS; left > 0; left--) {
      const beforeMs = now();
      const epochMs = performance.timeOrigin + performance.now();
      const tookMs = now() - beforeMs;
      if (tookMs >= leastMs) continue;
      leastMs = tookMs;
      this.#epochMs[0] = epochMs - beforeMs - tookMs / 2;
    }
  }

  /** A connection begins, with the stream of the one before it over. */
  open(number: number): void {
    if (!this.#isFromZero) this.#firsts[number] = NaN;
  }

  /** Whether the window is over. */
  get isOver(): boolean {
    return this.#account.overMs !== Infinity;
  }

  /** Whether all came, or was waited for long enough, of what others have overtaken. */
  isSettled(nowMs: number): boolean {
    return this.#ledger.missing === 0 || nowMs >= this.#account.overMs + GRACE_MS;
  }

  /**
   * Takes a message.
   *
   * @returns whether it is one of its stream
   */
  take(number: number, nowMs: number, buffer: Uint8Array, start: number, end: number): boolean {
    const reader = this.#reader;
    if (reader === undefined) {
      this.#account.arrive(number, nowMs, NaN);
      return true;
    }
    if (!reader.read(buffer, start, end)) return false;
    if (reader.hasNumbers) {
      if (this.isOver) this.#fill(number);
      else this.#count(number);
    }
    const madeMs = reader.found[1]!;
    const ageMs = Number.isNaN(madeMs) || this.#isHere
      ? nowMs + this.#epochMs[0]! - madeMs
      : Infinity;
    this.#account.arrive(number, nowMs, ageMs);
    return true;
  }

  /** Counts a message by its number: those before it that did not come are missing. */
  #count(number: number): void {
    const ledger = this.#ledger;
    const sequence = this.#sequence(number);
    const sent = ledger.sent(number);
    if (sequence - sent > FURTHEST) return void ledger.corrupt(number, -1);
    if (sequence >= sent) ledger.send(number, sequence + 1 - sent);
    ledger.answer(number, sequence);
  }

  /** The window is over: only what is before the last message that came in it is looked at. */
  #fill(number: number): void {
    const sequence = this.#sequence(number);
    if (sequence < this.#ledger.sent(number)) this.#ledger.answer(number, sequence);
  }

  #sequence(number: number): number {
    const found = this.#reader!.found[0]!;
    if (Number.isNaN(this.#firsts[number]!)) this.#firsts[number] = found;
    return found - this.#firsts[number]!;
  }
}
