/**
 * A result for the tests of plots: three servers, of which the last replies wrongly in one case and fails in another,
 * and a scenario of each kind that a plot is made for.
 */

import type {
  CompletedTrial,
  MetricDefinition,
  RecordedParameters,
  Result,
  ScenarioDescription,
  Trial,
} from "../../measure/model/result.ts";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";
import { RESULT } from "../testing/testdata.ts";
import type { Plot, Plotter } from "./chart.ts";

const P99: MetricDefinition = {
  id: "p99",
  title: "Latency p99",
  unit: "ms",
  better: "lower",
  pooled: { histogram: "serviceTime", statistic: { percentile: 99 } },
};
const CPU: MetricDefinition = {
  id: "cpu.message",
  title: "Server CPU time per message",
  unit: "µs",
  better: "lower",
};

function metric(id: string, title: string, unit: string): MetricDefinition {
  return { id, title, unit, better: "higher" };
}

function scenario(
  id: string,
  metrics: readonly MetricDefinition[],
  cases: readonly RecordedParameters[],
): ScenarioDescription {
  return {
    id,
    title: id,
    question: `What of ${id}?`,
    cases: cases.map((parameters) => {
      const name = Object.entries(parameters).map((entry) => entry.join("=")).join(",");
      return { id: name, title: name, parameters };
    }),
    metrics,
  };
}

/** Scenarios by id. */
export const SCENARIOS = {
  latency: scenario("latency", [P99, CPU], [{ connections: 1 }]),
  throughput: scenario(
    "throughput",
    [metric("rate", "Rate", "messages/s"), P99, CPU],
    [{ connections: 16, size: 64 }, { connections: 16, size: 16384 }],
  ),
  rate: scenario("rate", [P99, CPU], [
    { connections: 64, rate: 5000, load: 10 },
    { connections: 64, rate: 40_000, load: 80 },
  ]),
  scalability: scenario("scalability", [metric("rate", "Rate", "messages/s"), P99, CPU], [
    { connections: 1 },
    { connections: 8 },
    { connections: 64 },
  ]),
  capacity: scenario("capacity", [metric("capacity", "Sustained rate", "messages/s"), CPU], [
    { connections: 64, sloMs: 10 },
  ]),
} as const;

/** The factors of the rounds, with a geometric mean of 1. */
const NOISE = [0, 4, -4, 1, -1, 3, -3].map((percent) => Math.exp(percent / 100));

/** A hundred latencies in each round, from 0.5 to 1.5 times the middle. */
const LATENCIES = Array.from({ length: 100 }, (_, index) => 0.5 + index / 100);

function trial(
  server: string,
  { id }: ScenarioDescription,
  caseId: string,
  round: number,
  speed: number,
): CompletedTrial {
  const noise = NOISE[round - 1]!;
  const rate = 100_000 * speed * noise;
  const values = { rate, capacity: rate, p99: 1.49 / speed, "cpu.message": 6 / speed * noise };
  const made = completedTrial(values, LATENCIES.map((ms) => ms / speed));
  return {
    ...made,
    server,
    round,
    scenario: id,
    case: caseId,
    warnings: [],
    connections: { min: rate / 20, mean: rate / 16, max: rate / 10 },
    timeline: [0, 100, 200].map((atMs) => (
      { atMs, lengthMs: 100, count: 9, meanMs: noise / speed, p50Ms: 1, p99Ms: 2, maxMs: 3 }
    )),
    ...(id !== "capacity" ? {} : {
      capacity: {
        low: rate,
        high: rate * 1.1,
        probes: [
          { rate: rate / 2, p99Ms: 2, passed: true },
          { rate: rate * 1.1, p99Ms: 80, passed: false },
          { rate: rate * 2, p99Ms: null, passed: false },
        ].map((probe) => ({ ...probe, sentShare: 1, p50Ms: 1, maxMs: 3, lost: 0 })),
      },
    }),
  };
}

function trials(): Trial[] {
  return Object.values(SCENARIOS).flatMap((one) =>
    one.cases.flatMap(({ id }, place) =>
      ["native", "ws", "socketio"].flatMap((server, index) =>
        NOISE.map((_, round): Trial => {
          const done = trial(server, one, id, round + 1, 1 / (index + 1));
          if (server !== "socketio" || one.id !== "throughput") return done;
          if (place === 0) return { ...done, integrity: { ...done.integrity, lost: 7 } };
          const { trial: number, client, startedAt } = done;
          const who = { trial: number, round: round + 1, server, client, startedAt };
          return { ...failedTrial("it crashed"), ...who, scenario: one.id, case: id };
        })
      )
    )
  );
}

/** The result. */
export const PLOTTED: Result = {
  ...RESULT,
  settings: { ...RESULT.settings, rounds: NOISE.length },
  scenarios: Object.values(SCENARIOS),
  trials: trials(),
  warnings: [],
};

/** The result with only one scenario. */
export function only(id: keyof typeof SCENARIOS): Result {
  return { ...PLOTTED, scenarios: [SCENARIOS[id]] };
}

/** The result with its completed trials changed. */
export function changed(
  result: Result,
  change: (trial: CompletedTrial) => Partial<CompletedTrial>,
): Result {
  const trials = result.trials.map((one) =>
    one.state === "completed" ? { ...one, ...change(one) } : one
  );
  return { ...result, trials };
}

/** All data of a specification, wherever they are in it. */
export function dataOf({ spec }: Plot): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("values" in value && Array.isArray(value.values)) {
      found.push(...value.values.filter((one) => typeof one === "object"));
    }
    Object.values(value).forEach(visit);
  };
  visit(spec);
  return found;
}

/** The plots of one kind of all scenarios. */
export function plotted(plotter: Plotter, result: Result): Plot[] {
  return result.scenarios.flatMap((scenario) => plotter(result, scenario))
    .filter((plot) => plot !== undefined);
}
