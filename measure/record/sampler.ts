/** Keeps some latencies of a window as they are: an even sample of its messages, however many there will be. */

import { seededRandom } from "./random.ts";
import type { LatencySamples } from "../model/result.ts";

/**
 * Keeps one message out of every so many, at a random place among these, so that all connections that take turns have
 * the same chance. When it is full, it forgets every second message and keeps half as many from then on.
 */
export class Sampler {
  readonly #atMs: Float64Array;
  readonly #latencyNs: Float64Array;
  readonly #random = seededRandom(1);
  #count = 0;
  #every = 1;
  #place = 0;
  #next = 0;

  /** @param capacity the most messages that are kept; 0 for none */
  constructor(capacity: number) {
    // An even number can be halved.
    this.#atMs = new Float64Array(2 * Math.ceil(capacity / 2));
    this.#latencyNs = new Float64Array(this.#atMs.length);
  }

  clear(): void {
    this.#count = 0;
    this.#every = 1;
    this.#place = this.#next = 0;
  }

  /**
   * Notes that messages were answered, unless one of them is to be kept.
   *
   * @returns whether they are noted; else {@linkcode Sampler.take} is to be called for them
   */
  pass(count: number): boolean {
    if (this.#atMs.length === 0) return true;
    const place = this.#place + count;
    if (place >= this.#every || this.#place <= this.#next && this.#next < place) return false;
    this.#place = place;
    return true;
  }

  /** Notes messages that were answered at `atMs`, in milliseconds since the window began, and keeps what is to be kept. */
  take(count: number, atMs: number, latencyNs: number): void {
    for (let left = count; left > 0;) {
      const step = Math.min(left, this.#every - this.#place);
      const isKept = this.#place <= this.#next && this.#next < this.#place + step;
      this.#place += step;
      left -= step;
      if (this.#place === this.#every) {
        this.#place = 0;
        this.#next = Math.floor(this.#random() * this.#every);
      }
      if (isKept) this.#keep(atMs, latencyNs);
    }
  }

  #keep(atMs: number, latencyNs: number): void {
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

  /** What was kept; undefined if nothing was. Times are rounded to 1 µs, latencies to 1 ns. */
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
