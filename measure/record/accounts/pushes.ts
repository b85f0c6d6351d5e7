/** The account of streams: messages that the server sends by itself, on each connection at its own pace. */

import { type Account, type AccountKind, type CountsOf, WindowAccount } from "./account.ts";
import { Histogram } from "../histogram.ts";

/** What came on streams. */
export const PUSHES = {
  name: "pushes",
  about:
    "What came in the window on streams of messages that the server sends by itself; absent if there are none.",
  counts: {
    silent: {
      title: "Silent",
      about: "Connections on which nothing came.",
      together: "sum",
    },
    untimed: {
      title: "Without a time",
      about: "Messages without a time of the server.",
      together: "sum",
    },
    foreign: {
      title: "Of another clock",
      about:
        "Messages with a time that is not of this machine's clock: their server is elsewhere, or the time is more than a minute away.",
      together: "sum",
    },
  },
  histograms: {
    gap: {
      title: "Gap",
      prefix: "gap.",
      name: "Gap",
      question: "How long are the longest gaps between messages, looked at once a millisecond?",
    },
    age: {
      title: "Age",
      prefix: "age.",
      name: "Age",
      question: "How old are the oldest messages when they arrive?",
    },
  },
} as const satisfies AccountKind;

const NS_PER_MS = 1e6;
/** A time that is further away is not of the same clock, in milliseconds. */
const FURTHEST_MS = 60_000;
/** By how much a message may seem to come before it was made, as two readings of a clock differ, in milliseconds. */
const NEGATIVE_MS = 1;

/** Follows the streams of all connections. */
export class PushAccount extends WindowAccount implements Account {
  readonly kind = PUSHES;
  /**
   * Each stream is looked at once a millisecond: the gap in which it then is, from the message before to the one after.
   * So a stop of a second counts as much as a second of gaps of a millisecond, and what is sent all at once after it does
   * not hide it. A gap counts as long as it is at the end of the window if it is still open, and from its start if
   * nothing came before. And the ages, from the time in a message to its arrival.
   */
  readonly histograms: { readonly gap: Histogram; readonly age: Histogram } = {
    gap: new Histogram(),
    age: new Histogram(),
  };
  readonly #lastMs: Float64Array;
  readonly #came: Float64Array;
  #untimed = 0;
  #foreign = 0;

  /** @param connections each with its stream */
  constructor(connections: number) {
    super();
    this.#lastMs = new Float64Array(connections).fill(NaN);
    this.#came = new Float64Array(connections);
  }

  /** When the window ended; Infinity before. */
  get overMs(): number {
    return this.endMs;
  }

  override begin(nowMs: number): void {
    super.begin(nowMs);
    this.#came.fill(0);
    this.#untimed = this.#foreign = 0;
  }

  override end(nowMs: number): void {
    for (let connection = 0; connection < this.#lastMs.length; connection++) {
      this.#endGap(connection, nowMs);
    }
    super.end(nowMs);
  }

  /** Records the gap that a connection is in, for each millisecond of the window in it. */
  #endGap(connection: number, nowMs: number): void {
    const lastMs = this.#lastMs[connection]!;
    const fromMs = lastMs > this.startMs ? lastMs : this.startMs;
    const looks = Math.floor(nowMs) - Math.floor(fromMs);
    if (looks <= 0) return;
    const gapMs = nowMs - (Number.isNaN(lastMs) ? fromMs : lastMs);
    this.histograms.gap.record(Math.floor(gapMs * NS_PER_MS), looks);
  }

  /**
   * Notes a message.
   *
   * @param ageMs NaN if it has no time, Infinity if its time is of another machine's clock
   */
  arrive(connection: number, nowMs: number, ageMs: number): void {
    if (this.inWindow(nowMs)) {
      this.#endGap(connection, nowMs);
      this.#came[connection]!++;
      if (Number.isNaN(ageMs)) this.#untimed++;
      else if (ageMs < -NEGATIVE_MS || ageMs > FURTHEST_MS) this.#foreign++;
      else this.histograms.age.record(Math.floor(Math.max(0, ageMs) * NS_PER_MS));
    }
    this.#lastMs[connection] = nowMs;
  }

  counts(): CountsOf<typeof PUSHES> {
    const silent = this.#came.reduce((count, came) => count + Number(came === 0), 0);
    return { silent, untimed: this.#untimed, foreign: this.#foreign };
  }
}
