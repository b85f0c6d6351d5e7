/** Runs for tests of comparisons between runs. */

import {
  type CompletedTrial,
  type MetricDefinition,
  type RecordedParameters,
  type Result,
  type ScenarioDescription,
  SCHEMA_VERSION,
  type Trial,
} from "../model/result.ts";
import { completedTrial, SETTINGS } from "../model/testdata.ts";

/** Replies per second. */
export const RATE: MetricDefinition = {
  id: "rate",
  title: "Rate",
  unit: "messages/s",
  better: "higher",
};

/** CPU time per message. */
export const CPU: MetricDefinition = {
  id: "cpu.message",
  title: "Server CPU time per message",
  unit: "µs",
  better: "lower",
};

const ROUNDS = [100, 104, 96, 101, 99, 103, 98];

/** Seven rounds of a server in the scenario throughput. */
export function rounds(
  server: string,
  { speed = 1, effort = 1, size = 64 }: { speed?: number; effort?: number; size?: number } = {},
): CompletedTrial[] {
  return ROUNDS.map((value, round) => ({
    ...completedTrial({ rate: value * speed, "cpu.message": value * effort / 10 }),
    server,
    client: "wire",
    round: round + 1,
    scenario: "throughput",
    case: `size=${size}`,
    warnings: [],
  }));
}

/** A scenario with a case for each set of parameters. */
export function scenario(id: string, cases: readonly RecordedParameters[]): ScenarioDescription {
  return {
    id,
    title: `${id[0]!.toUpperCase()}${id.slice(1)}`,
    question: "?",
    cases: cases.map((parameters) => ({
      id: Object.entries(parameters).map((entry) => entry.join("=")).join(","),
      title: Object.entries(parameters).map((entry) => entry.join(" ")).join(", "),
      parameters,
    })),
    metrics: [RATE, CPU],
  };
}

/** What a run says about these servers. */
export function serversOf(...ids: readonly string[]): Result["servers"] {
  return ids.map((id) => ({
    id,
    title: id,
    protocol: "websocket",
    runtime: "deno 2.9.6",
    library: `${id} 1.0.0`,
  }));
}

/** A run of the servers native and ws in one case of the scenario throughput. */
export function runOf(trials: readonly Trial[], changes: Partial<Result> = {}): Result {
  return {
    schemaVersion: SCHEMA_VERSION,
    wsmark: "0.1.0",
    state: "finished",
    startedAt: "2026-01-02T03:04:05.678Z",
    planned: trials.length,
    settings: SETTINGS,
    machine: [
      { group: "Processor", name: "Model", value: "Example CPU" },
      { group: "Processor", name: "Logical CPUs available", value: 2 },
      { group: "Memory", name: "Total", value: 8_330_000_000, unit: "bytes" },
      { group: "Software", name: "Deno", value: "2.9.6" },
    ],
    servers: serversOf("native", "ws"),
    clients: [{ id: "wire", title: "Wire", library: "wsmark's own frames" }],
    scenarios: [scenario("throughput", [{ size: 64 }])],
    trials,
    warnings: [],
    ...changes,
  };
}

/** The same run a day later. */
export function laterRunOf(trials: readonly Trial[], changes: Partial<Result> = {}): Result {
  return runOf(trials, { startedAt: "2026-01-03T03:04:05.678Z", ...changes });
}
