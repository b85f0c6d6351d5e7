/**
 * A log-linear histogram of durations in integer nanoseconds, with three significant digits from 1 ns to 68 s.
 *
 * The buckets are those of HdrHistogram with a lowest discernible value of 1 and three significant digits
 * (http://hdrhistogram.org): below 2048 one bucket a nanosecond, above it 1024 buckets an octave. So a conversion to
 * the exchange format (`hdr.ts`) loses nothing, and histograms are merged by adding their counts.
 */

import type { Figure, Statistic } from "../model/result.ts";

/** Below this a bucket is one nanosecond wide. */
const LINEAR = 2048;
/** Buckets in each octave above. */
const PER_OCTAVE = LINEAR / 2;
/** The largest value that is recorded as it is, in nanoseconds: 2^36 − 1, about 68.7 s. */
export const HIGHEST_NS: number = 2 ** 36 - 1;
const BUCKETS = bucketOf(HIGHEST_NS) + 1;

/** Number of the bucket that holds a value of 0 to {@linkcode HIGHEST_NS}. */
function bucketOf(ns: number): number {
  if (ns < LINEAR) return ns | 0;
  // clz32 works on 32 bits: a larger value is brought into them first.
  const drop = ns < 2 ** 31 ? 0 : 16;
  const low = drop === 0 ? ns | 0 : Math.floor(ns / 2 ** 16);
  const shift = 21 - Math.clz32(low);
  return LINEAR + (drop + shift - 1) * PER_OCTAVE + (low >>> shift) - PER_OCTAVE;
}

/** Smallest value of a bucket, in nanoseconds. */
function lowestOf(bucket: number): number {
  if (bucket < LINEAR) return bucket;
  return (PER_OCTAVE + (bucket & (PER_OCTAVE - 1))) * widthOf(bucket);
}

/** Width of a bucket, in nanoseconds. */
function widthOf(bucket: number): number {
  // A shift costs a tenth of a power; there are 26 octaves.
  return bucket < LINEAR ? 1 : 1 << (((bucket - LINEAR) / PER_OCTAVE | 0) + 1);
}

/** Largest value of a bucket, in nanoseconds. */
function highestOf(bucket: number): number {
  return lowestOf(bucket) + widthOf(bucket) - 1;
}

/** The value that stands for a bucket in a mean, as HdrHistogram chooses it. */
function middleOf(bucket: number): number {
  return lowestOf(bucket) + (widthOf(bucket) >> 1);
}

/** Place of a percentile among so many values in ascending order, from 1. */
function rankOf(percentile: number, total: number): number {
  // 99.9 % of 1,000 is 999.0000000000001 in binary: without the rounding the rank would be one too high.
  return Math.max(1, Math.ceil(Number(((percentile / 100) * total).toPrecision(12))));
}

/** Statistics of the values that {@linkcode Histogram.moveTo} moved, in nanoseconds; NaN if there were none. */
export interface Moved {
  /** The arithmetic mean. */
  readonly mean: number;
  /** The median. */
  readonly p50: number;
  /** 99th percentile. */
  readonly p99: number;
  /** The largest. */
  readonly max: number;
}

/**
 * Counts durations by size. {@linkcode Histogram.record} allocates nothing.
 *
 * @example
 * ```ts
 * import { Histogram } from "@wsmark/wsmark";
 * import assert from "node:assert/strict";
 *
 * const histogram = new Histogram();
 * for (const ns of [1000, 1200, 1900]) histogram.record(ns);
 * assert.equal(histogram.percentile(50), 1200);
 * ```
 */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #first = BUCKETS;
  #last = -1;
  #total = 0;

  /** Values recorded. */
  get count(): number {
    return this.#total;
  }

  /**
   * Counts a value; one above {@linkcode HIGHEST_NS} counts as that.
   *
   * @param ns a duration in nanoseconds; a fraction is cut off
   * @param count how often it occurred
   * @throws {RangeError} for a negative duration or NaN, which only a faulty clock can give
   */
  record(ns: number, count: number = 1): void {
    if (!(ns >= 0)) throw new RangeError(`Cannot record a duration below zero: received ${ns} ns`);
    this.#count(bucketOf(ns > HIGHEST_NS ? HIGHEST_NS : ns), count);
  }

  #count(bucket: number, count: number): void {
    this.#counts[bucket]! += count;
    this.#total += count;
    if (bucket < this.#first) this.#first = bucket;
    if (bucket > this.#last) this.#last = bucket;
  }

  /** Adds the counts of another histogram to this one. */
  merge(other: Histogram): void {
    for (let bucket = other.#first; bucket <= other.#last; bucket++) {
      const count = other.#counts[bucket]!;
      if (count > 0) this.#count(bucket, count);
    }
  }

  /**
   * Adds all values to another histogram and forgets them here: in one pass, because a generator makes it ten times a
   * second between two messages.
   *
   * @returns the statistics of what was moved, the same as those of the getters and of
   * {@linkcode Histogram.percentile}
   */
  moveTo(other: Histogram): Moved {
    const [from, to] = [this.#counts, other.#counts];
    const [total, last, max] = [this.#total, this.#last, this.max];
    const [middleRank, highRank] = [rankOf(50, total), rankOf(99, total)];
    let [middle, high] = [NaN, NaN];
    let seen = 0;
    let sum = 0;
    for (let bucket = this.#first; bucket <= last; bucket++) {
      const count = from[bucket]!;
      if (count === 0) continue;
      from[bucket] = 0;
      to[bucket]! += count;
      sum += count * middleOf(bucket);
      if (seen < middleRank && seen + count >= middleRank) middle = highestOf(bucket);
      if (seen < highRank && seen + count >= highRank) high = highestOf(bucket);
      seen += count;
    }
    other.#total += total;
    other.#first = Math.min(other.#first, this.#first);
    other.#last = Math.max(other.#last, last);
    this.clear();
    return { mean: sum / total, p50: middle, p99: high, max };
  }

  /** Forgets all values. */
  clear(): void {
    if (this.#last >= 0) this.#counts.fill(0, this.#first, this.#last + 1);
    this.#first = BUCKETS;
    this.#last = -1;
    this.#total = 0;
  }

  /**
   * The smallest value that at least `percentile` per cent of the values do not exceed (nearest rank), as the largest
   * value of its bucket.
   *
   * @param percentile above 0, up to 100
   * @returns nanoseconds; NaN for an empty histogram
   */
  percentile(percentile: number): number {
    if (this.#total === 0) return NaN;
    const rank = rankOf(percentile, this.#total);
    let seen = 0;
    for (let bucket = this.#first; bucket <= this.#last; bucket++) {
      seen += this.#counts[bucket]!;
      if (seen >= rank) return highestOf(bucket);
    }
    return highestOf(this.#last);
  }

  /** The largest value in nanoseconds, as the largest of its bucket; NaN for an empty histogram. */
  get max(): number {
    return this.#last < 0 ? NaN : highestOf(this.#last);
  }

  /** The smallest value in nanoseconds, as the smallest of its bucket; NaN for an empty histogram. */
  get min(): number {
    return this.#last < 0 ? NaN : lowestOf(this.#first);
  }

  /** The arithmetic mean in nanoseconds; NaN for an empty histogram. */
  get mean(): number {
    let sum = 0;
    for (let bucket = this.#first; bucket <= this.#last; bucket++) {
      sum += this.#counts[bucket]! * middleOf(bucket);
    }
    return sum / this.#total;
  }

  /** The standard deviation of the values (divided by n) in nanoseconds; NaN for an empty histogram. */
  get standardDeviation(): number {
    const mean = this.mean;
    let sum = 0;
    for (let bucket = this.#first; bucket <= this.#last; bucket++) {
      sum += this.#counts[bucket]! * (middleOf(bucket) - mean) ** 2;
    }
    return Math.sqrt(sum / this.#total);
  }

  /** Pairs of a bucket's smallest value in nanoseconds and its count, ascending, without the empty ones. */
  *entries(): Generator<[ns: number, count: number]> {
    for (let bucket = this.#first; bucket <= this.#last; bucket++) {
      const count = this.#counts[bucket]!;
      if (count > 0) yield [lowestOf(bucket), count];
    }
  }

  /**
   * Adds pairs as {@linkcode Histogram.entries} gives them.
   *
   * @throws {RangeError} for a value outside 0…{@linkcode HIGHEST_NS} or a count that is not a positive integer
   */
  add(entries: Iterable<readonly [ns: number, count: number]>): void {
    for (const [ns, count] of entries) {
      if (!(ns >= 0 && ns <= HIGHEST_NS)) {
        throw new RangeError(`Cannot place a duration outside 0…${HIGHEST_NS} ns: received ${ns}`);
      }
      if (!Number.isSafeInteger(count) || count < 1) {
        throw new RangeError(`Cannot count what is not a positive integer: received ${count}`);
      }
      this.#count(bucketOf(ns), count);
    }
  }

  /** Makes a histogram of pairs: see {@linkcode Histogram.add}. */
  static from(entries: Iterable<readonly [ns: number, count: number]>): Histogram {
    const histogram = new Histogram();
    histogram.add(entries);
    return histogram;
  }
}

const NS_PER_MS = 1e6;

/**
 * Reads a statistic off a histogram.
 *
 * @param histogram undefined if nothing was recorded
 * @returns milliseconds, or why there is no figure
 */
export function readStatistic(histogram: Histogram | undefined, statistic: Statistic): Figure {
  if (histogram === undefined || histogram.count === 0) {
    return { absent: "nothing was recorded in the window" };
  }
  return (typeof statistic === "string"
    ? histogram[statistic]
    : histogram.percentile(statistic.percentile)) / NS_PER_MS;
}
