/** Whether a difference may be chance: exact tests by permutation, which assume no distribution. */

import { normalCdf } from "./normal.ts";

/** The outcome of {@linkcode mannWhitney}. */
export interface MannWhitney {
  /** Pairs in which the value of the first group is the larger, equal ones counting half. */
  readonly u: number;
  /** The two-sided p value. */
  readonly p: number;
  /** Whether all divisions into groups were counted, or approximated by a normal distribution. */
  readonly method: "exact" | "normal";
}

/**
 * The largest product of the smaller group and both together that is tested exactly: that of 30
 * values against 30, which takes some milliseconds.
 */
const EXACT_COST = 30 * 60;

/**
 * The two-sided Mann-Whitney U test of whether the values of one group tend to be larger than those
 * of another: twice the smaller tail, at most 1.
 *
 * Exact, ties included, up to 30 values a group (and for more in one if there are fewer in the
 * other): all divisions of the mid-ranks into groups of these sizes are counted by the shift
 * algorithm of Streitberg and Röhmel, "Exact Distributions for Permutation and Rank Tests",
 * Statistical Software Newsletter 12, 1986. Above that by the normal approximation with the
 * corrections for ties and continuity, as `scipy.stats.mannwhitneyu(method="asymptotic")`.
 *
 * @throws {RangeError} for an empty group or NaN
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney {
  if (a.length === 0 || b.length === 0) {
    throw new RangeError(
      `Cannot compare groups as neither may be empty: received ${a.length} and ${b.length} values`,
    );
  }
  const { ranks, ties } = doubledRanks([...a, ...b]);
  const doubledSum = sum(ranks.slice(0, a.length));
  const u = doubledSum / 2 - a.length * (a.length + 1) / 2;
  const [smaller, total] = [Math.min(a.length, b.length), ranks.length];
  if (smaller * total > EXACT_COST) {
    return { u, p: normalP(u, a.length, b.length, ties), method: "normal" };
  }
  const ofSmaller = a.length === smaller ? doubledSum : sum(ranks) - doubledSum;
  return { u, p: twiceSmallerTail(rankSumCounts(ranks, smaller), ofSmaller), method: "exact" };
}

/**
 * The smallest two-sided p that the exact {@linkcode mannWhitney} can give without ties, when one
 * group is wholly above the other: 2 / C(n + m, n), at most 1. For 3 values against 3 it is 0.1:
 * so few can never show anything at 5 %.
 *
 * @throws {RangeError} for sizes that are not positive integers
 */
export function smallestP(n: number, m: number): number {
  for (const size of [n, m]) {
    if (!(Number.isSafeInteger(size) && size > 0)) {
      throw new RangeError(
        `Cannot divide into groups as their sizes must be positive integers: received ${size}`,
      );
    }
  }
  let divisions = 1;
  for (let k = 1; k <= Math.min(n, m); k++) divisions = divisions * (Math.max(n, m) + k) / k;
  return Math.min(1, 2 / divisions);
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/**
 * Twice the rank of each value, equal ones sharing the mean of theirs, so that all are integers; and
 * how many values each rank has.
 */
function doubledRanks(values: readonly number[]): { ranks: number[]; ties: number[] } {
  if (values.some(Number.isNaN)) {
    throw new RangeError("Cannot rank values as each must be a number: received NaN");
  }
  const ascending = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const rankOf = new Map<number, number>();
  const ties: number[] = [];
  for (let first = 0; first < ascending.length; first += ties.at(-1)!) {
    const end = ascending.lastIndexOf(ascending[first]!) + 1;
    rankOf.set(ascending[first]!, first + 1 + end);
    ties.push(end - first);
  }
  return { ranks: values.map((value) => rankOf.get(value)!), ties };
}

/** How many choices of `size` of the ranks have each sum: the sum is the index. */
function rankSumCounts(ranks: readonly number[], size: number): Float64Array {
  const most = sum(ranks.toSorted((a, b) => b - a).slice(0, size));
  const counts = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  counts[0]![0] = 1;
  for (const rank of ranks) {
    // From large to small: each choice takes a rank once.
    for (let chosen = size; chosen > 0; chosen--) {
      const [without, having] = [counts[chosen - 1]!, counts[chosen]!];
      for (let rest = 0; rest + rank <= most; rest++) having[rest + rank]! += without[rest]!;
    }
  }
  return counts[size]!;
}

function twiceSmallerTail(counts: Float64Array, observed: number): number {
  const upTo = sum([...counts.subarray(0, observed + 1)]);
  const from = sum([...counts.subarray(observed)]);
  return Math.min(1, 2 * Math.min(upTo, from) / (upTo + from - counts[observed]!));
}

function normalP(u: number, n: number, m: number, ties: readonly number[]): number {
  const total = n + m;
  const lostToTies = sum(ties.map((tied) => tied ** 3 - tied)) / (total * (total - 1));
  const deviation = Math.sqrt(n * m / 12 * (total + 1 - lostToTies));
  return Math.min(1, 2 * normalCdf(-(Math.abs(u - n * m / 2) - 0.5) / deviation));
}
