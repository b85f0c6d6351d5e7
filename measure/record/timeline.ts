/** The window in slices of the same length, each with its count and its latencies. */

import { Histogram } from "./histogram.ts";
import type { TimelineSlice } from "../model/result.ts";

/** Length of a slice of the timeline by default, in milliseconds. */
export const SLICE_MS = 100;
/** A shorter rest at the end of the window is not a slice: its rate would mean nothing. */
const SHORTEST_SLICE_MS = 10;
const NS_PER_MS = 1e6;

/** Collects slices. A duration is recorded once, in the open slice; when this is closed it is moved into the whole. */
export class Timeline {
  /** When the open slice ends, in milliseconds: {@linkcode Timeline.advance} is due then. */
  nextMs = Infinity;
  /** How many events the open slice has. */
  count = 0;
  /** How many messages a schedule meant to be sent in it. */
  offered = 0;
  /** Whether there is a schedule. */
  isScheduled = false;
  /** How many connections are open. */
  connections = 0;
  readonly #whole: Histogram;
  readonly #slice = new Histogram();
  readonly #slices: TimelineSlice[] = [];
  readonly #closed: ((slices: readonly TimelineSlice[]) => void) | undefined;
  readonly #sliceMs: number;
  #startMs = 0;
  #sliceStartMs = 0;

  /**
   * @param whole what the slices are merged into
   * @param closed called with slices as they are closed, except for the last ones of the window
   * @param sliceMs length of a slice, in milliseconds
   */
  constructor(
    whole: Histogram,
    closed?: (slices: readonly TimelineSlice[]) => void,
    sliceMs: number = SLICE_MS,
  ) {
    this.#whole = whole;
    this.#closed = closed;
    this.#sliceMs = sliceMs;
  }

  /** Opens the first slice, and forgets all others. */
  begin(nowMs: number): void {
    this.#slice.clear();
    this.#slices.length = 0;
    this.count = this.offered = 0;
    this.#startMs = nowMs;
    this.#sliceStartMs = nowMs;
    this.nextMs = nowMs + this.#sliceMs;
  }

  /** Counts a duration in the open slice, in nanoseconds, as often as it occurred. */
  record(ns: number, count: number = 1): void {
    this.#slice.record(ns, count);
  }

  /** Closes every slice that has ended by `nowMs`. */
  advance(nowMs: number): void {
    const known = this.#slices.length;
    this.#closeUntil(nowMs);
    if (this.#closed !== undefined) this.#closed(this.#slices.slice(known));
  }

  #closeUntil(nowMs: number): void {
    while (nowMs >= this.nextMs) this.#close(this.nextMs);
  }

  /** Closes the last slice, unless it is shorter than 10 ms. */
  end(nowMs: number): void {
    this.#closeUntil(nowMs);
    if (nowMs - this.#sliceStartMs >= SHORTEST_SLICE_MS) this.#close(nowMs);
    else this.#slice.moveTo(this.#whole);
    this.nextMs = Infinity;
  }

  #close(endMs: number): void {
    const { mean, p50, p99, max } = this.#slice.moveTo(this.#whole);
    const inMs = (ns: number): number | null => Number.isNaN(ns) ? null : ns / NS_PER_MS;
    this.#slices.push({
      atMs: this.#sliceStartMs - this.#startMs,
      lengthMs: endMs - this.#sliceStartMs,
      count: this.count,
      connections: this.connections,
      ...(this.isScheduled && { offered: this.offered }),
      meanMs: inMs(mean),
      p50Ms: inMs(p50),
      p99Ms: inMs(p99),
      maxMs: inMs(max),
    });
    this.count = this.offered = 0;
    this.#sliceStartMs = endMs;
    this.nextMs = endMs + this.#sliceMs;
  }

  /** The slices that are closed. */
  get slices(): readonly TimelineSlice[] {
    return this.#slices;
  }
}
