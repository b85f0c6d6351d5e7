/** The account of a trial's pings: which were due when, and whether their pongs came. */

import { type Account, type AccountKind, type CountsOf, WindowAccount } from "./account.ts";
import { Histogram } from "../histogram.ts";

/** What became of the pings of a trial: warm-up, window and drain. */
export const PINGS = {
  name: "pings",
  about: "What became of the pings: warm-up, window and drain; absent if none was due.",
  counts: {
    due: { title: "Pings due", about: "Meant to be sent.", together: "sum" },
    answered: { title: "Pings answered", about: "Answered by a pong.", together: "sum" },
  },
  histograms: {
    pingTime: {
      title: "Ping",
      prefix: "ping.",
      name: "Ping time",
      question: "How long do the slowest pings wait for their pongs?",
    },
  },
} as const satisfies AccountKind;

/** For how many of the last pings of a connection the due time is kept; a power of two. */
const KEPT = 8;

const NS_PER_MS = 1e6;

/**
 * Follows the pings of every connection, which are numbered from 0 in the order of their times. A pong settles its ping
 * and all before it, because a peer may answer only the last one (RFC 6455 §5.5.3). None of it allocates.
 */
export class PingAccount extends WindowAccount implements Account {
  readonly kind = PINGS;
  /** From the time at which a ping was meant to be sent to its pong, of those that were due in the window. */
  readonly histograms = { pingTime: new Histogram() };
  /** Pings that are due or sent, and have no pong yet. */
  outstanding = 0;
  readonly #dueMs: Float64Array;
  readonly #due: Uint32Array;
  readonly #sent: Uint32Array;
  readonly #answered: Uint32Array;

  /** @param connections the most connections that there are */
  constructor(connections: number) {
    super();
    this.#dueMs = new Float64Array(connections * KEPT);
    this.#due = new Uint32Array(connections);
    this.#sent = new Uint32Array(connections);
    this.#answered = new Uint32Array(connections);
  }

  /** Notes that a ping is due on a connection. */
  due(connection: number, dueMs: number): void {
    this.outstanding++;
    this.#dueMs[connection * KEPT + (this.#due[connection]!++ & KEPT - 1)] = dueMs;
  }

  /** Notes that the next ping of a connection is sent, and returns its number. */
  send(connection: number): number {
    return this.#sent[connection]!++;
  }

  /** Notes a pong; one that answers no waiting ping is ignored, because a peer may send it unasked. */
  answer(connection: number, sequence: number, nowMs: number): void {
    const first = this.#answered[connection]!;
    if (sequence < first || sequence >= this.#sent[connection]!) return;
    this.#answered[connection] = sequence + 1;
    this.outstanding -= sequence + 1 - first;
    const known = Math.max(first, this.#due[connection]! - KEPT);
    for (let one = known; one <= sequence; one++) {
      const dueMs = this.#dueMs[connection * KEPT + (one & KEPT - 1)]!;
      if (this.isDue(dueMs)) {
        this.histograms.pingTime.record(Math.floor((nowMs - dueMs) * NS_PER_MS));
      }
    }
  }

  counts(): CountsOf<typeof PINGS> | undefined {
    const due = this.#due.reduce((sum, count) => sum + count, 0);
    return due === 0 ? undefined : { due, answered: due - this.outstanding };
  }
}
