/**
 * A model of a machine on which servers are measured, made after a real run on a noisy one: log-normal rounds whose
 * variance differs from server to server and case to case, a slow drift, bursts of other work, and outliers.
 */

import { normalQuantile } from "../../measure/statistics/normal.ts";
import type { Kind } from "../../measure/judge/judge.ts";
import { shuffled } from "../../measure/record/random.ts";

/** The cases of the standard profile, by the kind of their figures. */
export const CASES: readonly Kind[] = [
  ...Array<Kind>(12).fill("other"),
  ...Array<Kind>(3).fill("tail"),
  "memory",
];

/** How long a trial takes, in seconds. */
const TRIAL_S = 1.07;

/** What disturbs a machine. */
export interface Machine {
  readonly id: string;
  /** Standard deviation of the drift, in logarithms, and after how many seconds it has forgotten itself. */
  readonly drift: { readonly sd: number; readonly seconds: number };
  /** Bursts of other work in 1,000 s, their mean length in seconds, and their mean height in logarithms. */
  readonly bursts: { readonly rate: number; readonly seconds: number; readonly height: number };
  /** Share of trials that are off by much, and by how much on average, in logarithms. */
  readonly outliers: { readonly share: number; readonly height: number };
  /** Standard deviation from round to round of each kind, in logarithms. */
  readonly noise: Readonly<Record<Kind, number>>;
}

const NOISE = { other: 0.165, tail: 0.45, memory: 0.09 };

/** The machines that are tried. */
export const MACHINES: readonly Machine[] = [
  {
    id: "steady",
    drift: { sd: 0.02, seconds: 60 },
    bursts: { rate: 0, seconds: 20, height: 0 },
    outliers: { share: 0.005, height: 0.3 },
    noise: { other: 0.05, tail: 0.2, memory: 0.03 },
  },
  {
    id: "real",
    drift: { sd: 0.09, seconds: 90 },
    bursts: { rate: 2.5, seconds: 50, height: 0.4 },
    outliers: { share: 0.03, height: 0.4 },
    noise: NOISE,
  },
  {
    id: "bursty",
    drift: { sd: 0.05, seconds: 60 },
    bursts: { rate: 20, seconds: 8, height: 0.6 },
    outliers: { share: 0.03, height: 0.5 },
    noise: NOISE,
  },
];

/** How much of the machine's state the figures of each kind take on. */
const LOAD: Readonly<Record<Kind, number>> = { other: 1, tail: 2.6, memory: 0 };
/** How far off an outlier is in each kind. */
const OUTLIER: Readonly<Record<Kind, number>> = { other: 1, tail: 2, memory: 0.4 };
/** Degrees of freedom of the distribution of the true variances. */
const SPREAD_DF = 8;

/** How a run is made. */
export interface Design {
  readonly servers: number;
  readonly rounds: number;
  readonly order: "blocks" | "shuffled";
}

/**
 * Simulates a run.
 *
 * @param effects by how much each server but the first is slower in each case, in logarithms
 * @returns logarithms of figures of which less is better, by server, case and round
 */
export function simulate(
  random: () => number,
  { servers, rounds, order }: Design,
  machine: Machine,
  effects: readonly (readonly number[])[],
): number[][][] {
  const state = stateOf(random, machine, servers * CASES.length * rounds);
  const figures = Array.from({ length: servers }, () => CASES.map((): number[] => []));
  const scales = figures.map(() => CASES.map((kind) => machine.noise[kind] * spread(random)));
  let trial = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [server, place] of orderOf(random, servers, order)) {
      const kind = CASES[place]!;
      const outlier = random() < machine.outliers.share
        ? exponential(random, machine.outliers.height) * OUTLIER[kind]
        : 0;
      figures[server]![place]!.push(
        LOAD[kind] * state[trial++]! + scales[server]![place]! * normal(random) + outlier +
          (server === 0 ? 0 : effects[server - 1]![place]!),
      );
    }
  }
  return figures;
}

/** The trials of a round: server and case. */
function orderOf(
  random: () => number,
  servers: number,
  order: Design["order"],
): (readonly [server: number, place: number])[] {
  const blocks = CASES.map((_, place) =>
    Array.from({ length: servers }, (_, server) => [server, place] as const)
  );
  return order === "shuffled"
    ? shuffled(blocks.flat(), random)
    : shuffled(blocks, random).flatMap((block) => shuffled(block, random));
}

/** How slow the machine is in each trial, in logarithms. */
function stateOf(
  random: () => number,
  { drift, bursts }: Machine,
  trials: number,
): Float64Array {
  const state = new Float64Array(trials);
  const memory = Math.exp(-TRIAL_S / drift.seconds);
  const begins = bursts.rate / 1000 * TRIAL_S;
  const ends = TRIAL_S / bursts.seconds;
  const height = (): number => exponential(random, bursts.height);
  let slow = drift.sd * normal(random);
  let burst = random() < begins / (begins + ends) ? height() : 0;
  for (let trial = 0; trial < trials; trial++) {
    if (burst > 0 ? random() < ends : random() < begins) burst = burst > 0 ? 0 : height();
    state[trial] = slow + burst;
    slow = memory * slow + drift.sd * Math.sqrt(1 - memory * memory) * normal(random);
  }
  return state;
}

/** The square root of a true variance, in units of its kind's: inverse chi-squared. */
function spread(random: () => number): number {
  let square = 0;
  for (let term = 0; term < SPREAD_DF; term++) square += normal(random) ** 2;
  return Math.sqrt(SPREAD_DF / square);
}

function normal(random: () => number): number {
  // Never 0, of which the quantile is infinite.
  return normalQuantile((random() * 2 ** 32 + 0.5) / (2 ** 32 + 1));
}

function exponential(random: () => number, mean: number): number {
  return -mean * Math.log(1 - random());
}
