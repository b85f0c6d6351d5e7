/** Statistics of small samples. */

/** The ends of an interval, in the unit of the figure. */
export interface Interval {
  /** The lower end: at most {@linkcode Interval.high}. */
  readonly low: number;
  /** The upper end. */
  readonly high: number;
}

/**
 * The largest of any number of values: as arguments of Math.max, 130,000 of them overflow the stack.
 *
 * @param least what it is at least, and for no values
 * @returns NaN if one of them is NaN
 */
export function largest(values: Iterable<number>, least: number = -Infinity): number {
  let most = least;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/**
 * The smallest of any number of values: see {@linkcode largest}.
 *
 * @param most what it is at most, and for no values
 * @returns NaN if one of them is NaN
 */
export function smallest(values: Iterable<number>, most: number = Infinity): number {
  let least = most;
  for (const value of values) least = Math.min(least, value);
  return least;
}

/** The copy in which {@linkcode median} moves its values. */
let scratch = new Float64Array(64);

/**
 * The median: the middle value, or the mean of the two in the middle. It is called thousands
 * of times, so it does not sort and allocates nothing: Hoare, "Algorithm 65: Find", Communications of
 * the ACM 4(7), 1961.
 *
 * @returns NaN for no values or if one of them is NaN
 */
export function median(values: ArrayLike<number>): number {
  const count = values.length;
  if (count === 0) return NaN;
  if (count > scratch.length) scratch = new Float64Array(2 * count);
  for (let index = 0; index < count; index++) {
    const value = values[index]!;
    if (Number.isNaN(value)) return NaN;
    scratch[index] = value;
  }
  const middle = count >> 1;
  partition(scratch, count, middle);
  if (count % 2 === 1) return scratch[middle]!;
  let below = scratch[0]!;
  for (let index = 1; index < middle; index++) below = Math.max(below, scratch[index]!);
  return (below + scratch[middle]!) / 2;
}

/** Puts the value of rank `middle` in its place, smaller ones before it and larger ones after it. */
function partition(values: Float64Array, count: number, middle: number): void {
  let [first, last] = [0, count - 1];
  while (first < last) {
    const pivot = values[middle]!;
    let [low, high] = [first, last];
    while (low <= high) {
      while (values[low]! < pivot) low++;
      while (values[high]! > pivot) high--;
      if (low > high) break;
      const value = values[low]!;
      values[low++] = values[high]!;
      values[high--] = value;
    }
    if (high < middle) first = low;
    if (low > middle) last = high;
  }
}

/**
 * The value below which a share `q` of the values lies, by linear interpolation between the two
 * nearest: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
 * Statistician 50(4), 1996, which is numpy's default.
 *
 * @param q 0 (the least) to 1 (the most)
 * @returns NaN for no values or if one of them is NaN
 * @throws {RangeError} for a share outside 0…1 or NaN
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantileOfSorted(new Float64Array(values).sort(), q);
}

/**
 * {@linkcode quantile} of values that are sorted already.
 *
 * @param sorted ascending, NaN last, as a typed array sorts
 * @throws {RangeError} for a share outside 0…1 or NaN
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (!(q >= 0 && q <= 1)) {
    throw new RangeError(`Cannot take a quantile as 'q' must be from 0 to 1: received ${q}`);
  }
  const last = sorted.length - 1;
  if (last < 0 || Number.isNaN(sorted[last]!)) return NaN;
  const [low, high] = [sorted[Math.floor(last * q)]!, sorted[Math.ceil(last * q)]!];
  // Without the test two equal infinities would make NaN.
  return low === high ? low : low + (high - low) * (last * q % 1);
}
