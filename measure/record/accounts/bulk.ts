/** The account of the connections beside the measured ones, which send as much as the server takes. */

import type { BulkLimit } from "../../model/result.ts";
import { type Account, type AccountKind, type CountsOf, WindowAccount } from "./account.ts";

/** What became of the connections beside the measured ones. */
export const BULK = {
  name: "bulk",
  about:
    "What became of the connections beside the measured ones, which send as much as the server takes; " +
    "absent if there were none.",
  counts: {
    connections: { title: "Beside", about: "How many connections there are.", together: "sum" },
    messages: {
      title: "Messages of each beside",
      about: "The most messages that each sends.",
      together: "same",
    },
    size: {
      title: "Payload of these",
      about: "Payload of each message, in bytes.",
      together: "same",
    },
    taken: {
      title: "Taken of those beside",
      about:
        "Messages that the server took from all of them, with those in the buffers of the two systems.",
      together: "sum",
    },
    takenMs: {
      title: "Last taken after",
      about:
        "When it took the last of these, in milliseconds since the window began; null if it took none.",
      unit: "ms",
      together: "largest",
    },
    closed: {
      title: "Closed beside",
      about: "Connections that the server closed.",
      together: "sum",
    },
    abandoned: {
      title: "Unanswered on closed ones",
      about: "Messages without a reply on these, which are not counted as lost.",
      together: "sum",
    },
    lateMs: {
      title: "Last reply beside after the window",
      about:
        "When the last reply came, in milliseconds since the window ended; null if none came after it.",
      unit: "ms",
      together: "largest",
    },
  },
  histograms: {},
} as const satisfies AccountKind;

/** Keeps the account of one trial. */
export class BulkAccount extends WindowAccount implements Account {
  readonly kind = BULK;
  readonly histograms = {};
  readonly #limit: BulkLimit;
  readonly #first: number;
  #taken = 0;
  #takenMs = NaN;
  #repliedMs = NaN;
  #closed = 0;
  #abandoned = 0;

  /** @param first number of the first connection beside the measured ones */
  constructor(limit: BulkLimit, first: number) {
    super();
    this.#limit = limit;
    this.#first = first;
  }

  sent(connection: number, nowMs: number): void {
    if (connection < this.#first) return;
    this.#taken++;
    this.#takenMs = nowMs;
  }

  replied(connection: number, nowMs: number): void {
    if (connection >= this.#first) this.#repliedMs = nowMs;
  }

  abandoned(_connection: number, unanswered: number): void {
    this.#closed++;
    this.#abandoned += unanswered;
  }

  counts(): CountsOf<typeof BULK> {
    return {
      ...this.#limit,
      taken: this.#taken,
      takenMs: this.#taken === 0 ? null : this.#takenMs - this.startMs,
      closed: this.#closed,
      abandoned: this.#abandoned,
      lateMs: this.#repliedMs > this.endMs ? this.#repliedMs - this.endMs : null,
    };
  }
}
