/** A straight line through noisy values that a few outliers do not change. */

import { median } from "./statistics.ts";

/**
 * The slope of the line by Theil and Sen: the median of the slopes through all pairs of points (Sen, "Estimates of the
 * Regression Coefficient Based on Kendall's Tau", Journal of the American Statistical Association 63, 1968). Up to 29 %
 * of the values may be arbitrary without moving it far.
 *
 * @param xs where the values were taken; pairs at one place are left out
 * @param ys the values, one for each of `xs`
 * @returns units of y for one of x; NaN for fewer than two places
 * @throws {RangeError} for lists of different lengths
 */
export function theilSen(xs: readonly number[], ys: readonly number[]): number {
  if (xs.length !== ys.length) {
    throw new RangeError(
      `Cannot lay a line as there must be as many places as values: received ${xs.length} and ` +
        `${ys.length}`,
    );
  }
  const slopes: number[] = [];
  for (let left = 0; left < xs.length; left++) {
    for (let right = left + 1; right < xs.length; right++) {
      const run = xs[right]! - xs[left]!;
      if (run !== 0) slopes.push((ys[right]! - ys[left]!) / run);
    }
  }
  return median(slopes);
}
