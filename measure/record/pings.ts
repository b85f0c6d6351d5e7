/**
 * The account of a trial's pings: which were due when, and whether their pongs came.
 *
 * @module
 */

import type { Recorder } from "./recorder.ts";
import type { PingCounts } from "../model/result.ts";

/** Of how many of the last pings of a connection it is known when they were due; a power of two. */
const KEPT = 8;

/**
 * Follows the pings of every connection. Those of a connection are numbered from 0 in the order of their times. A pong
 * settles its ping and all before it, as a peer may answer only the last one (RFC 6455 §5.5.3). No object is made for
 * any of them.
 */
export class PingAccount {
  /** Pings that are due or sent, and have no pong yet. */
  outstanding = 0;
  readonly #recorder: Recorder;
  readonly #dueMs: Float64Array;
  readonly #due: Uint32Array;
  readonly #sent: Uint32Array;
  readonly #answered: Uint32Array;

  /**
   * @param connections how many connections there are at the most
   * @param recorder is told of each pong
   */
  constructor(connections: number, recorder: Recorder) {
    this.#recorder = recorder;
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

  /** Notes a pong; one for no ping that waits for it is nothing, as anyone may send it. */
  answer(connection: number, sequence: number, nowMs: number): void {
    const first = this.#answered[connection]!;
    if (sequence < first || sequence >= this.#sent[connection]!) return;
    this.#answered[connection] = sequence + 1;
    this.outstanding -= sequence + 1 - first;
    const known = Math.max(first, this.#due[connection]! - KEPT);
    for (let one = known; one <= sequence; one++) {
      this.#recorder.ping(this.#dueMs[connection * KEPT + (one & KEPT - 1)]!, nowMs);
    }
  }

  /** The account so far; undefined where no ping was due. */
  get counts(): PingCounts | undefined {
    const due = this.#due.reduce((sum, count) => sum + count, 0);
    return due === 0 ? undefined : { due, answered: due - this.outstanding };
  }
}
