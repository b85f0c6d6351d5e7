/** A result of seven rounds with many busy connections, of which the server with the highest rate starves some. */

import type { CompletedTrial, Result, ScenarioDescription } from "../../measure/model/result.ts";
import { completedTrial } from "../../measure/model/testdata.ts";
import { ROUNDS } from "./rounds_testdata.ts";

const SCALABILITY: ScenarioDescription = {
  id: "scalability",
  title: "Scalability",
  question: "What happens when more and more clients talk at once?",
  cases: [8, 1024].map((connections) => ({
    id: `connections=${connections}`,
    title: `${connections.toLocaleString("en-US")} connections`,
    parameters: { connections },
  })),
  metrics: [
    { id: "rate", title: "Rate", unit: "messages/s", better: "higher" },
    {
      id: "p99",
      title: "Latency p99",
      unit: "ms",
      better: "lower",
      pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
    },
    { id: "connection.min", title: "Slowest connection", unit: "messages/s", better: "none" },
  ],
};

/** Rate, p99 in milliseconds and slowest connection of each server, in the cases of 8 and of 1,024 connections. */
export type BusyFigures = Readonly<
  Record<string, readonly [few: readonly number[], many: readonly number[]]>
>;

const FIGURES: BusyFigures = {
  native: [[70_000, 0.2, 8000], [68_000, 205, 5]],
  ws: [[40_000, 0.3, 4500], [44_000, 55, 30]],
  socketio: [[25_000, 0.6, 2900], [21_000, 90, 15]],
};

/** A run with these figures, with noise from round to round. */
export function busy(figures: BusyFigures = FIGURES): Result {
  const { cases, metrics } = SCALABILITY;
  const trials = Object.entries(figures).flatMap(([server, own], place) =>
    cases.flatMap((one, at) =>
      Array.from({ length: 7 }, (_, index): CompletedTrial => {
        const noise = (metric: number): number => 1 + ((index * 3 + place + metric) % 7 - 3) / 100;
        const values = metrics.map(({ id }, metric) => [id, own[at]![metric]! * noise(metric)]);
        const min = own[at]![2]!;
        return {
          ...completedTrial(Object.fromEntries(values)),
          server,
          client: "wire",
          round: index + 1,
          scenario: SCALABILITY.id,
          case: one.id,
          connections: { min, mean: 100, max: 200, unserved: min === 0 ? index + 10 : 0 },
          warnings: [],
        };
      })
    )
  );
  return {
    ...ROUNDS,
    scenarios: [SCALABILITY],
    planned: trials.length,
    trials: trials.map((trial, index) => ({ ...trial, trial: index + 1 })),
  };
}
