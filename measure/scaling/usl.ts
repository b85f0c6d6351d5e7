/**
 * The Universal Scalability Law: how throughput follows the number of those who ask, or of those who work. Gunther,
 * "Guerrilla Capacity Planning", Springer 2007, with the coefficients as his `usl` package for R names them.
 */

import { largest } from "../statistics/statistics.ts";

/** Coefficients: the throughput of N is γN / (1 + α(N − 1) + βN(N − 1)). */
export interface Usl {
  /** Contention, α: the share of the work that only one can do at a time; at least 0. */
  readonly alpha: number;
  /** Coherency, β: the cost of keeping two of them in agreement, as a share of the work; at least 0. */
  readonly beta: number;
  /** Throughput of one, γ. */
  readonly gamma: number;
}

/** The throughput that was measured of so many. */
export interface Throughput {
  /** How many, N; above 0. */
  readonly n: number;
  /** How much they got done in a time; at least 0. */
  readonly rate: number;
}

/** The throughput of so many by the law, in the unit of γ. */
export function throughputOf({ alpha, beta, gamma }: Usl, n: number): number {
  return gamma * n / (1 + alpha * (n - 1) + beta * n * (n - 1));
}

/** How many have the highest throughput by the law; infinite if more always get more done. */
export function peakOf({ alpha, beta }: Usl): number {
  return beta > 0 ? Math.sqrt(Math.max(0, 1 - alpha) / beta) : Infinity;
}

/** Coefficients in the order γ, α, β. */
type Coefficients = readonly [gamma: number, alpha: number, beta: number];

/** Which of them are free, γ always; the others are 0. */
const MODELS = [[0, 1, 2], [0, 1], [0, 2], [0]] as const;
type Free = typeof MODELS[number];

/**
 * Fits the law by least squares, no coefficient below 0, as the package does it.
 *
 * @param points of at least three different N; more than one of an N are fitted as they are
 * @returns undefined if the points do not determine it
 */
export function fitUsl(points: readonly Throughput[]): Usl | undefined {
  if (new Set(points.map(({ n }) => n)).size < 3 || points.every(({ rate }) => rate === 0)) {
    return undefined;
  }
  let best: Coefficients | undefined;
  let least = Infinity;
  for (const free of MODELS) {
    const fitted = descend(points, free);
    const [, alpha, beta] = fitted;
    const sum = squares(points, fitted);
    // Where a free coefficient is below 0, the best that is allowed has one of them at 0.
    if (alpha < 0 || beta < 0 || !(sum < least)) continue;
    best = fitted;
    least = sum;
    if (free.length === 3) break;
  }
  return best && { alpha: best[1], beta: best[2], gamma: best[0] };
}

/** What N together cost each of them, 1 if nothing. */
function cost([, alpha, beta]: Coefficients, n: number): number {
  return 1 + alpha * (n - 1) + beta * n * (n - 1);
}

function squares(points: readonly Throughput[], model: Coefficients): number {
  let sum = 0;
  for (const { n, rate } of points) sum += (rate - model[0] * n / cost(model, n)) ** 2;
  return sum;
}

const STEPS = 200;
const DAMPING = 1e-3;
const MOST_DAMPING = 1e12;
const CLOSE = 1e-10;

/** Least squares after Levenberg and Marquardt, each coefficient damped by its own curvature. */
function descend(points: readonly Throughput[], free: Free): Coefficients {
  let model = startOf(points, free);
  let sum = squares(points, model);
  let damping = DAMPING;
  for (let step = 0; step < STEPS && damping < MOST_DAMPING; step++) {
    const equations = free.map(() => new Float64Array(free.length + 1));
    for (const { n, rate } of points) {
      const each = cost(model, n);
      const at = model[0] * n / each;
      const slopes = [n / each, -at * (n - 1) / each, -at * n * (n - 1) / each];
      add(equations, free.map((index) => slopes[index]!), rate - at);
    }
    for (const [index, row] of equations.entries()) row[index]! *= 1 + damping;
    const change = solve(equations);
    if (change === undefined) break;
    const next = changed(model, free, change);
    const nextSum = squares(points, next);
    if (!(nextSum <= sum)) {
      damping *= 10;
      continue;
    }
    const isDone = sum - nextSum <= CLOSE * sum;
    model = next;
    sum = nextSum;
    damping /= 10;
    if (isDone) break;
  }
  return model;
}

function changed(model: Coefficients, free: Free, change: readonly number[]): Coefficients {
  const next = [...model] as [number, number, number];
  for (const [place, index] of free.entries()) next[index] += change[place]!;
  return next;
}

/** Where to begin: N ÷ throughput is linear in the coefficients, with 1/γ, α/γ and β/γ. */
function startOf(points: readonly Throughput[], free: Free): Coefficients {
  const equations = free.map(() => new Float64Array(free.length + 1));
  for (const { n, rate } of points) {
    const terms = [1, n - 1, n * (n - 1)];
    if (rate > 0) add(equations, free.map((index) => terms[index]!), n / rate);
  }
  const [one, ...rest] = solve(equations) ?? [];
  const gamma = one !== undefined && one > 0
    ? 1 / one
    : largest(points.map(({ n, rate }) => rate / n));
  return changed([gamma, 0, 0], free, [0, ...rest.map((value) => Math.max(0, value * gamma))]);
}

/** Adds a point to normal equations; the last column is their right side. */
function add(equations: readonly Float64Array[], terms: readonly number[], value: number): void {
  for (const [i, row] of equations.entries()) {
    for (const [j, term] of terms.entries()) row[j]! += terms[i]! * term;
    row[terms.length]! += terms[i]! * value;
  }
}

/** Solves linear equations by Gauss's elimination in place; undefined if they have no single solution. */
function solve(rows: Float64Array[]): number[] | undefined {
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column + 1; row < rows.length; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const top = rows[column]!;
    if (!(Math.abs(top[column]!) > 0)) return undefined;
    for (const row of rows) {
      if (row === top) continue;
      const factor = row[column]! / top[column]!;
      for (let index = column; index < row.length; index++) row[index]! -= factor * top[index]!;
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
