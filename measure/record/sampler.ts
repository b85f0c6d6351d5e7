/** Keeps some of the latencies of a window as they are, evenly over its messages, however many there will be. */

import { seededRandom } from "./random.ts";
import type { LatencySamples } from "../model/result.ts";

/**
 * Keeps one message of so many, each at a random place among them, so that messages that take turns over connections
 * have all the same chance. When there is no room any more, every second one is forgotten and half as many are kept
 * from then on.
 */
export class Sampler {
  readonly #atMs: Float64Array;
  readonly #latencyNs: Float64Array;
  readonly #random = seededRandom(1);
  #count = 0;
  #every = 1;
  #place = 0;
  #next = 0;

  /** @param capacity how many are kept at the most; 0 for none */
  constructor(capacity: number) {
    // An even number can be halved.
    this.#atMs = new Float64Array(2 * Math.ceil(capacity / 2));
    this.#latencyNs = new Float64Array(this.#atMs.length);
  }

  /** Forgets all. */
  clear(): void {
    this.#count = 0;
    this.#every = 1;
    this.#place = this.#next = 0;
  }

  /** Notes that a message was answered, and tells whether it is to be kept; {@linkcode Sampler.keep} follows then. */
  isNext(): boolean {
    if (this.#atMs.length === 0) return false;
    const isNext = this.#place === this.#next;
    if (++this.#place < this.#every) return isNext;
    this.#place = 0;
    this.#next = Math.floor(this.#random() * this.#every);
    return isNext;
  }

  /**
   * Keeps a message.
   *
   * @param atMs when its reply came, in milliseconds since the window began
   * @param latencyNs in nanoseconds
   */
  keep(atMs: number, latencyNs: number): void {
    if (this.#count === this.#atMs.length) this.#thin();
    this.#atMs[this.#count] = atMs;
    this.#latencyNs[this.#count++] = latencyNs;
  }

  #thin(): void {
    this.#count /= 2;
    for (let place = 0; place < this.#count; place++) {
      this.#atMs[place] = this.#atMs[2 * place]!;
      this.#latencyNs[place] = this.#latencyNs[2 * place]!;
    }
    this.#every *= 2;
  }

  /** What was kept; undefined where that is nothing. Times are given to 1 µs, latencies to 1 ns. */
  get samples(): LatencySamples | undefined {
    if (this.#count === 0) return undefined;
    const rounded = (values: Float64Array, factor: number): number[] =>
      Array.from(values.subarray(0, this.#count), (value) => Math.round(value) / factor);
    return {
      every: this.#every,
      atMs: rounded(this.#atMs.map((ms) => ms * 1e3), 1e3),
      latencyMs: rounded(this.#latencyNs, 1e6),
    };
  }
}
