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

/** What hits each round as a whole, and what hits all servers but native in it: the geometric mean of either is 1. */
const ROUNDS = [0, 4, -4, 1, -1, 3, -3].map((percent) => Math.exp(percent / 100));
const JITTER = [1, -1, 0, 1, -1, -1, 1].map((percent) => Math.exp(percent / 100));

/** Seven rounds of a server in the scenario throughput: 100 messages a second and 10 µs, times these factors. */
export function rounds(
  server: string,
  { speed = 1, effort = 1, size = 64 }: { speed?: number; effort?: number; size?: number } = {},
): CompletedTrial[] {
  const figuresOf = (factor: number) => ({
    rate: 100 * speed * factor,
    "cpu.message": 10 * effort * factor,
  });
  return ROUNDS.map((drift, round) => ({
    ...completedTrial(figuresOf(server === "native" ? drift : drift * JITTER[round]!)),
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
