/**
 * Statistics of small samples.
 *
 * @module
 */

/**
 * The median: the middle value, or the mean of the two in the middle.
 *
 * @returns NaN for no values
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle)
    ? (sorted[middle - 1]! + sorted[middle]!) / 2
    : sorted[Math.floor(middle)]!;
}
