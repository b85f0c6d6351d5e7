/** When a message that is sent to many has reached its first and its last receiver. */

import { type Account, type AccountKind, WindowAccount } from "./account.ts";
import { Histogram } from "../histogram.ts";

/** How long messages that are sent to many take to their receivers. */
export const DELIVERIES = {
  name: "deliveries",
  about: "How long messages that are sent to many take to their receivers.",
  counts: {},
  histograms: {
    firstReceiver: {
      title: "First receiver",
      prefix: "first.",
      name: "First receiver",
      question: "How long do the slowest messages take to their first receiver?",
    },
    lastReceiver: {
      title: "Last receiver",
      prefix: "last.",
      name: "Last receiver",
      question: "How long do the slowest messages take to their last receiver?",
    },
    skew: {
      title: "Skew",
      prefix: "skew.",
      name: "Skew",
      question: "How long is it at most from the first to the last receiver?",
    },
  },
} as const satisfies AccountKind;

const NS_PER_MS = 1e6;

/**
 * Follows the messages that are on their way, which each sender numbers in the order in which it sends them. If all places
 * of a sender are taken, a new message replaces its oldest one, which is then no longer followed.
 */
export class DeliveryAccount extends WindowAccount implements Account {
  readonly kind = DELIVERIES;
  /** Of the messages that were sent in the window: to the first that had it, to the last, and between the two. */
  readonly histograms = {
    firstReceiver: new Histogram(),
    lastReceiver: new Histogram(),
    skew: new Histogram(),
  };
  readonly #receivers: number;
  readonly #mask: number;
  readonly #numbers: Float64Array;
  readonly #left: Uint32Array;
  readonly #sentMs: Float64Array;
  readonly #firstMs: Float64Array;

  /**
   * @param senders how many send
   * @param receivers how many get each message
   * @param places how many messages of each sender can be followed, a power of two
   */
  constructor(senders: number, receivers: number, places: number) {
    super();
    this.#receivers = receivers;
    this.#mask = places - 1;
    const all = senders * places;
    this.#numbers = new Float64Array(all).fill(-1);
    this.#left = new Uint32Array(all);
    this.#sentMs = new Float64Array(all);
    this.#firstMs = new Float64Array(all);
  }

  #place(sender: number, sequence: number): number {
    return sender * (this.#mask + 1) + (sequence & this.#mask);
  }

  send(sender: number, sequence: number, nowMs: number): void {
    const place = this.#place(sender, sequence);
    this.#numbers[place] = sequence;
    this.#left[place] = this.#receivers;
    this.#sentMs[place] = nowMs;
  }

  /**
   * Notes that one more receiver has a message.
   *
   * @returns whether it was the last one
   */
  deliver(sender: number, sequence: number, nowMs: number): boolean {
    const place = this.#place(sender, sequence);
    if (this.#numbers[place] !== sequence || this.#left[place] === 0) return false;
    if (this.#left[place] === this.#receivers) this.#firstMs[place] = nowMs;
    if (--this.#left[place]! > 0) return false;
    if (this.inWindow(this.#sentMs[place]!)) this.#record(place, nowMs);
    return true;
  }

  #record(place: number, lastMs: number): void {
    const { firstReceiver, lastReceiver, skew } = this.histograms;
    const sentMs = this.#sentMs[place]!;
    const firstMs = this.#firstMs[place]!;
    firstReceiver.record(Math.floor((firstMs - sentMs) * NS_PER_MS));
    lastReceiver.record(Math.floor((lastMs - sentMs) * NS_PER_MS));
    skew.record(Math.floor((lastMs - firstMs) * NS_PER_MS));
  }

  counts(): undefined {}
}
