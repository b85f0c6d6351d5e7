/**
 * Where a series changes its level: E-divisive means, by D. S. Matteson and N. A. James, "A Nonparametric Approach for
 * Multiple Change Point Analysis of Multivariate Data", Journal of the American Statistical Association 109, 2014, with
 * one dimension and the exponent 1. It assumes no distribution and no number of changes. MongoDB finds regressions by it
 * (Daly et al., "The Use of Change Point Detection to Identify Software Performance Regressions in a Continuous
 * Integration System", ICPE 2020), without the search over where the second level ends, which is here as in the paper.
 */

import { seededRandom, shuffled } from "../record/random.ts";

/** A change of level. */
export interface ChangePoint {
  /** Index of the first value of the new level. */
  readonly index: number;
  /** Share of random orders of the values in which as great a change is found; at least 1 / (permutations + 1). */
  readonly p: number;
}

/** What decides what is found. */
export interface ChangePointOptions {
  /** The greatest {@linkcode ChangePoint.p} that is a change; 0.01 when left out. */
  readonly significance?: number;
  /** How many random orders are tried; 499 when left out. */
  readonly permutations?: number;
  /** The fewest values of a level; 2 when left out. */
  readonly least?: number;
  /** Seed of the random orders; 1 when left out. */
  readonly seed?: number;
}

/** How much two levels differ, and where the second begins. */
interface Split {
  readonly index: number;
  readonly statistic: number;
}

/**
 * Finds the changes of level of a series, in their order. Equal values in, equal changes out.
 *
 * It looks for the greatest one, then for the greatest one within the parts before and after it, as long as fewer than
 * `significance` of random orders of the values within these parts show as great a one. Takes about n² × permutations
 * steps for n values.
 *
 * @param values in the order of time; finite
 */
export function changePoints(
  values: readonly number[],
  { significance = 0.01, permutations = 499, least = 2, seed = 1 }: ChangePointOptions = {},
): ChangePoint[] {
  const random = seededRandom(seed);
  const found: ChangePoint[] = [];
  for (;;) {
    const parts = partsBetween(values, found);
    const best = greatest(parts, least);
    if (best === undefined) return found;
    let asGreat = 0;
    const most = significance * (permutations + 1);
    for (let tried = 0; tried < permutations && asGreat + 1 <= most; tried++) {
      const orders = parts.map(({ from, values }) => ({ from, values: shuffled(values, random) }));
      if ((greatest(orders, least)?.statistic ?? 0) >= best.statistic) asGreat++;
    }
    const p = (asGreat + 1) / (permutations + 1);
    if (p > significance) return found;
    found.push({ index: best.index, p });
    found.sort((a, b) => a.index - b.index);
  }
}

interface Part {
  readonly from: number;
  readonly values: readonly number[];
}

/** The parts of a series between changes. */
function partsBetween(values: readonly number[], found: readonly ChangePoint[]): Part[] {
  const starts = [0, ...found.map(({ index }) => index)];
  return starts.map((from, at) => ({ from, values: values.slice(from, starts[at + 1]) }));
}

function greatest(parts: readonly Part[], least: number): Split | undefined {
  let best: Split | undefined;
  for (const { from, values } of parts) {
    const split = splitOf(values, least);
    if (split === undefined || best !== undefined && split.statistic <= best.statistic) continue;
    best = { index: from + split.index, statistic: split.statistic };
  }
  return best;
}

/**
 * Where a series falls into two levels, the second of which may end before the series does: where the statistic
 * Q = mn / (m + n) × (2 × mean distance between the two − mean distance within each) of the paper is greatest.
 *
 * @returns undefined if there are fewer than 2 × `least` values
 */
export function splitOf(values: readonly number[], least: number): Split | undefined {
  const count = values.length;
  if (count < 2 * least) return undefined;
  // Sums of the distances of all pairs, each in both orders, over the first rows and columns.
  const width = count + 1;
  const sums = new Float64Array(width * width);
  for (let row = 0; row < count; row++) {
    let inRow = 0;
    for (let column = 0; column < count; column++) {
      inRow += Math.abs(values[row]! - values[column]!);
      sums[(row + 1) * width + column + 1] = sums[row * width + column + 1]! + inRow;
    }
  }
  const between = (top: number, bottom: number, left: number, right: number): number =>
    sums[bottom * width + right]! - sums[top * width + right]! - sums[bottom * width + left]! +
    sums[top * width + left]!;
  let best: Split = { index: least, statistic: -Infinity };
  for (let index = least; index <= count - least; index++) {
    const within = between(0, index, 0, index) / (index * (index - 1));
    for (let end = index + least; end <= count; end++) {
      const rest = end - index;
      const statistic = index * rest / end *
        (2 * between(0, index, index, end) / (index * rest) - within -
          between(index, end, index, end) / (rest * (rest - 1)));
      if (statistic > best.statistic) best = { index, statistic };
    }
  }
  return best;
}
