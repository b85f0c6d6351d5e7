/**
 * The account of the connections that stand beside the measured ones and send as much as the server takes.
 *
 * @module
 */

import { largest } from "../judge/statistics.ts";

/** What such connections send at the most. */
export interface BulkLimit {
  /** How many connections there are. */
  readonly connections: number;
  /** The most messages that each sends. */
  readonly messages: number;
  /** Payload of each message, in bytes. */
  readonly size: number;
}

/** What became of the connections that stand beside the measured ones and send as much as the server takes. */
export interface BulkCounts extends BulkLimit {
  /** Messages that the server took from all of them: what lies in buffers of the two systems is among it. */
  readonly taken: number;
  /** When it took the last of these, in milliseconds since the window began; null where it took none. */
  readonly takenMs: number | null;
  /** Connections that the server closed. */
  readonly closed: number;
  /** Messages without a reply on these, which are not counted as lost. */
  readonly abandoned: number;
  /** When the last reply came, in milliseconds since the window ended; null where none came after it. */
  readonly lateMs: number | null;
}

/** Keeps the account of one trial. All times are milliseconds of one monotonic clock. */
export class BulkAccount {
  readonly #limit: BulkLimit;
  #taken = 0;
  #takenMs = NaN;
  #repliedMs = NaN;
  #closed = 0;
  #abandoned = 0;

  constructor(limit: BulkLimit) {
    this.#limit = limit;
  }

  /** Notes a message as taken. */
  take(nowMs: number): void {
    this.#taken++;
    this.#takenMs = nowMs;
  }

  /** Notes a reply. */
  reply(nowMs: number): void {
    this.#repliedMs = nowMs;
  }

  /** Notes a connection as closed by the server, with so many messages unanswered. */
  close(unanswered: number): void {
    this.#closed++;
    this.#abandoned += unanswered;
  }

  /** The account so far. */
  counts(windowStartMs: number, windowEndMs: number): BulkCounts {
    return {
      ...this.#limit,
      taken: this.#taken,
      takenMs: this.#taken === 0 ? null : this.#takenMs - windowStartMs,
      closed: this.#closed,
      abandoned: this.#abandoned,
      lateMs: this.#repliedMs > windowEndMs ? this.#repliedMs - windowEndMs : null,
    };
  }
}

/**
 * Puts the accounts of generators together that shared a trial.
 *
 * @returns undefined where there are none
 */
export function mergeBulk(all: readonly BulkCounts[]): BulkCounts | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const sum = (name: "connections" | "taken" | "closed" | "abandoned"): number =>
    all.reduce((total, one) => total + one[name], 0);
  const latest = (name: "takenMs" | "lateMs"): number | null => {
    const known = all.map((one) => one[name]).filter((ms) => ms !== null);
    return known.length === 0 ? null : largest(known);
  };
  return {
    ...first,
    connections: sum("connections"),
    taken: sum("taken"),
    takenMs: latest("takenMs"),
    closed: sum("closed"),
    abandoned: sum("abandoned"),
    lateMs: latest("lateMs"),
  };
}
