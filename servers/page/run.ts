/**
 * A run of messages over one connection as a state machine, without a timer or a socket. Replies and latencies are
 * counted by the same code as in wsmark's own trials.
 */

import { Histogram } from "../../measure/record/histogram.ts";
import { IntegrityLedger } from "../../measure/record/integrity.ts";
import type { IntegrityCounts } from "../../measure/model/result.ts";
import type { Judge, MessageOf } from "./messages.ts";

/** How long messages are sent without a pause, in milliseconds: half a frame at 60 a second. */
export const SLICE_MS = 8;
/** While this many bytes wait in the browser to be sent, no more messages are sent. */
export const MOST_BUFFERED = 1024 * 1024;
/** The time between two looks for progress, in milliseconds. */
export const LOOK_MS = 100;
/** After how many looks in a row without anything sent or received a run ends: after 3 s. */
export const QUIET_LOOKS = 30;

/** How a run ended: with all replies; with replies that did not come; by the user; with the connection. */
export type RunEnd = "complete" | "silent" | "stopped" | "closed";

export interface RunOptions {
  readonly count: number;
  readonly message: MessageOf;
  readonly judge: Judge;
  readonly now: () => number;
  readonly send: (text: string) => void;
  readonly buffered: () => number;
}

/** What a run has shown so far. */
export interface SessionOutcome {
  /** Messages that were to be sent. */
  readonly count: number;
  /** Replies that were received, correct or not. */
  readonly received: number;
  readonly counts: IntegrityCounts;
  /** From the first send to the last reply, in milliseconds; undefined if there was no reply. */
  readonly tookMs: number | undefined;
  /** From the send of a message to its reply, for correct replies, in nanoseconds. */
  readonly latency: Histogram;
  /** How the run ended; undefined while it goes on. */
  readonly end: RunEnd | undefined;
}

export class Run {
  readonly #options: RunOptions;
  readonly #ledger = new IntegrityLedger(1);
  readonly #latency = new Histogram();
  readonly #sentMs: Float64Array;
  #toSend: number;
  #sent = 0;
  #received = 0;
  #firstMs = 0;
  #lastMs = 0;
  #quietLooks = 0;
  #buffered = 0;
  #end: RunEnd | undefined;
  #wasStopped = false;

  /** Nothing is sent before {@linkcode Run.sendSlice}. */
  constructor(options: RunOptions) {
    this.#options = options;
    this.#toSend = options.count;
    this.#sentMs = new Float64Array(options.count);
  }

  /** How it ended; undefined while it goes on. */
  get end(): RunEnd | undefined {
    return this.#end;
  }

  get sent(): number {
    return this.#sent;
  }

  get received(): number {
    return this.#received;
  }

  /**
   * Sends for {@linkcode SLICE_MS}.
   *
   * @returns `more` for another slice at once; `full` for one later, because the connection takes no more now; `done`
   */
  sendSlice(): "more" | "full" | "done" {
    const { now, buffered } = this.#options;
    let time = now();
    const until = time + SLICE_MS;
    if (this.#sent === 0) this.#firstMs = time;
    while (this.#sent < this.#toSend && this.#end === undefined) {
      if (buffered() >= MOST_BUFFERED) return "full";
      if (time >= until) return "more";
      this.#send(time);
      time = now();
    }
    return "done";
  }

  #send(time: number): void {
    const sequence = this.#ledger.send(0);
    this.#sentMs[sequence] = time;
    this.#sent++;
    this.#quietLooks = 0;
    this.#options.send(this.#options.message(sequence));
  }

  receive(reply: string): void {
    if (this.#end !== undefined) return;
    const time = this.#options.now();
    this.#received++;
    this.#lastMs = time;
    this.#quietLooks = 0;
    const { sequence, isRight } = this.#options.judge(reply, this.#ledger.expected(0));
    if (isRight) {
      this.#ledger.answer(0, sequence);
      this.#record(sequence, time);
    } else {
      this.#ledger.corrupt(0, sequence);
    }
    this.#endWhenComplete();
  }

  /** The latency of a message counts once, however many replies it gets. */
  #record(sequence: number, time: number): void {
    if (!(sequence < this.#sent)) return;
    const sentMs = this.#sentMs[sequence]!;
    if (Number.isNaN(sentMs)) return;
    this.#sentMs[sequence] = NaN;
    this.#latency.record(Math.max(0, Math.round((time - sentMs) * 1e6)));
  }

  /** Not while a message was passed over: its reply may be late. */
  #endWhenComplete(): void {
    if (this.#sent < this.#toSend || this.#ledger.outstanding > 0) return;
    if (this.#ledger.counts().lost === 0) this.#finish("complete");
  }

  /**
   * Checks for progress since the last look; to be called every {@linkcode LOOK_MS}. Looks are counted and not time: a
   * page that was frozen has not waited.
   */
  look(): void {
    const buffered = this.#options.buffered();
    if (buffered !== this.#buffered) this.#quietLooks = 0;
    this.#buffered = buffered;
    if (++this.#quietLooks > QUIET_LOOKS) this.#finish("silent");
  }

  /** Sends no more and waits for the outstanding replies; the second time it waits no longer. */
  stop(): void {
    if (this.#wasStopped || this.#sent === this.#toSend) return this.#finish("stopped");
    this.#wasStopped = true;
    this.#toSend = this.#sent;
    this.#endWhenComplete();
  }

  /** The connection is gone: outstanding replies are lost. */
  closed(): void {
    this.#finish("closed");
  }

  #finish(end: RunEnd): void {
    this.#end ??= this.#wasStopped && end === "complete" ? "stopped" : end;
  }

  /** What it has shown so far; a message without a reply counts as lost. */
  outcome(): SessionOutcome {
    return {
      count: this.#options.count,
      received: this.#received,
      counts: this.#ledger.counts(),
      tookMs: this.#received === 0 ? undefined : this.#lastMs - this.#firstMs,
      latency: this.#latency,
      end: this.#end,
    };
  }
}
