/** The account of the messages that a schedule meant to be sent in the window: each is sent, dropped or left unsent. */

import { type Account, type AccountKind, type CountsOf, WindowAccount } from "./account.ts";
import { Histogram } from "../histogram.ts";
import type { Interruptions } from "../interruptions.ts";

/** What became of the messages that a schedule meant to be sent in the window. */
export const ARRIVALS = {
  name: "arrivals",
  about:
    "What became of the messages that a schedule meant to be sent in the window: each is sent, dropped or left " +
    "unsent; absent if there was no schedule.",
  counts: {
    offered: { title: "Offered", about: "Meant to be sent in the window.", together: "sum" },
    sent: { title: "Offered and sent", about: "Sent, even if after the window.", together: "sum" },
    late: { title: "Late", about: "Sent more than 1 ms after the intended time.", together: "sum" },
    dropped: {
      title: "Dropped",
      about: "Given up at their time, because too many messages were unanswered.",
      together: "sum",
    },
    answered: {
      title: "Offered and answered",
      about: "Answered, even if after the window.",
      together: "sum",
    },
  },
  histograms: {
    pacingError: {
      title: "Pacing error",
      prefix: "pacing.",
      name: "Pacing error",
      question: "How late does the client send?",
    },
    ownPacingError: {
      title: "Own pacing error",
      prefix: "pacing.own.",
      name: "Own pacing error",
      question: "How late does the client send, apart from the time in which it had no CPU?",
    },
  },
} as const satisfies AccountKind;

const NS_PER_MS = 1e6;
/** A message that is sent later than this after its intended time counts as late, in milliseconds. */
export const LATE_SEND_MS = 1;

/** Keeps the account of one trial. */
export class ArrivalAccount extends WindowAccount implements Account {
  readonly kind = ARRIVALS;
  /** From the time at which a message was meant to be sent to its actual send, and that without the machine's part. */
  readonly histograms = { pacingError: new Histogram(), ownPacingError: new Histogram() };
  /** Tells the machine's part; undefined if nothing can. */
  interruptions: Interruptions | undefined;
  #offered = 0;
  #sent = 0;
  #late = 0;
  #dropped = 0;
  #answered = 0;

  override begin(nowMs: number): void {
    super.begin(nowMs);
    this.#offered =
      this.#sent =
      this.#late =
      this.#dropped =
      this.#answered =
        0;
  }

  /** Notes that a message is meant to be sent at a time. */
  offer(intendedMs: number): void {
    if (this.isDue(intendedMs)) this.#offered++;
  }

  /** Notes that a message that was meant to be sent is not. */
  drop(intendedMs: number): void {
    if (this.isDue(intendedMs)) this.#dropped++;
  }

  /** Notes when a message that was meant to be sent at a time was sent. */
  pace(intendedMs: number, nowMs: number): void {
    if (!this.isDue(intendedMs)) return;
    this.#sent++;
    if (nowMs - intendedMs > LATE_SEND_MS) this.#late++;
    this.histograms.pacingError.record(Math.floor((nowMs - intendedMs) * NS_PER_MS));
    if (this.interruptions === undefined) return;
    const ownMs = this.interruptions.own(nowMs - intendedMs);
    this.histograms.ownPacingError.record(Math.floor(ownMs * NS_PER_MS));
  }

  /**
   * Notes replies.
   *
   * @param intendedMs when their messages were meant to be sent; NaN without a schedule
   * @returns whether that was in the window
   */
  answer(intendedMs: number, count: number = 1): boolean {
    if (!this.isDue(intendedMs)) return false;
    this.#answered += count;
    return true;
  }

  counts(): CountsOf<typeof ARRIVALS> | undefined {
    if (this.#offered === 0) return undefined;
    return {
      offered: this.#offered,
      sent: this.#sent,
      late: this.#late,
      dropped: this.#dropped,
      answered: this.#answered,
    };
  }
}
