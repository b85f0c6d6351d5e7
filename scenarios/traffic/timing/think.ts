/** Thinking: the pause of a user between a reply and the next message. */

import { seededRandom } from "../../../measure/record/random.ts";
import { Pauses } from "./pauses.ts";
import type { Think } from "./texts.ts";

/** Connections whose users think, each until it is to send. */
export class Thinkers {
  readonly #pauses = new Pauses();
  readonly #random: () => number;
  readonly #leastMs: number;
  readonly #rangeMs: number;

  /** @param seed determines how long they think */
  constructor({ leastMs, mostMs }: Think, seed: number) {
    this.#random = seededRandom(seed);
    this.#leastMs = leastMs;
    this.#rangeMs = mostMs - leastMs;
  }

  /** When the next one has thought enough; Infinity if none thinks. */
  get nextMs(): number {
    return this.#pauses.nextMs;
  }

  /** A user has got a reply. */
  begin(connection: number, nowMs: number): void {
    this.#pauses.add(connection, nowMs + this.#leastMs + this.#random() * this.#rangeMs);
  }

  /** A user is amid a thought at the start: else all would send at once, and again after the first pause. */
  join(connection: number, nowMs: number): void {
    const wholeMs = this.#leastMs + this.#random() * this.#rangeMs;
    this.#pauses.add(connection, nowMs + this.#random() * wholeMs);
  }

  /** The connection that is to send by now; -1 if there is none. A connection that comes twice sends twice. */
  take(nowMs: number): number {
    return this.#pauses.nextMs <= nowMs ? this.#pauses.take() : -1;
  }
}
