/** A result of seven rounds for the tests: enough for intervals and verdicts, with a reference server. */

import type {
  CaseDescription,
  CompletedTrial,
  MetricDefinition,
  Result,
  ScenarioDescription,
  Trial,
} from "../../measure/model/result.ts";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";
import { RESULT } from "./testdata.ts";

const cpuPer = (unit: string): MetricDefinition => ({
  id: `cpu.${unit}`,
  title: `Server CPU time per ${unit}`,
  unit: "µs",
  better: "lower",
});

const caseOf = (id: string, title: string): CaseDescription => ({ id, title, parameters: {} });

const THROUGHPUT: ScenarioDescription = {
  id: "throughput",
  title: "Throughput",
  question: "How many messages a second get through?",
  cases: [
    caseOf("size=64", "16 connections, 16 in flight, 64 B"),
    caseOf("size=16384", "16 connections, 16 in flight, 16 KiB"),
  ],
  metrics: [
    { id: "rate", title: "Rate", unit: "messages/s", better: "higher" },
    cpuPer("message"),
  ],
};

const CONNECT: ScenarioDescription = {
  id: "connect",
  title: "Connecting",
  question: "How long does it take to open a connection?",
  cases: [caseOf("concurrency=32", "32 at once")],
  metrics: [
    { id: "handshake.p50", title: "Handshake p50", unit: "ms", better: "lower" },
    cpuPer("handshake"),
  ],
};

/** It reports no CPU time. */
const IDLE: ScenarioDescription = {
  id: "idle",
  title: "Idle connections",
  question: "How much memory does an open connection cost?",
  cases: [caseOf("connections=1000", "1,000 connections")],
  metrics: [{ id: "memory", title: "Memory per connection", unit: "KiB", better: "lower" }],
};

/** The factors of the rounds, with a geometric mean of 1; each server begins with a different one. */
const NOISE = [0, 4, -4, 1, -1, 3, -3].map((percent) => Math.exp(percent / 100));

/** A completed trial of each round on a server, with noise about these figures of the scenario's metrics. */
function rounds(
  server: string,
  { id, metrics }: ScenarioDescription,
  place: CaseDescription,
  ...figures: readonly number[]
): CompletedTrial[] {
  const from = 1 + RESULT.servers.findIndex((one) => one.id === server);
  return NOISE.map((_, index) => {
    const noise = (metric: number): number => NOISE[(index + from * 3 + metric) % NOISE.length]!;
    const values = metrics.map((metric, at) => [metric.id, (figures[at] ?? 0) * noise(at)]);
    return {
      ...completedTrial(Object.fromEntries(values)),
      server,
      client: "wire",
      round: index + 1,
      scenario: id,
      case: place.id,
      warnings: [],
    };
  });
}

const [SMALL, LARGE] = THROUGHPUT.cases as [CaseDescription, CaseDescription];
const [HANDSHAKES] = CONNECT.cases as [CaseDescription];
const [WAITING] = IDLE.cases as [CaseDescription];

const TRIALS: readonly Trial[] = [
  ...rounds("reference", THROUGHPUT, SMALL, 720_000, 1.2).slice(0, 1)
    .map((trial) => ({ ...trial, round: 0 })),
  ...rounds("native", THROUGHPUT, SMALL, 152_000, 6.1),
  ...rounds("ws", THROUGHPUT, SMALL, 122_000, 7.9),
  ...rounds("socketio", THROUGHPUT, SMALL, 47_500, 20.2),
  ...rounds("native", THROUGHPUT, LARGE, 55_100, 18.2),
  ...rounds("ws", THROUGHPUT, LARGE, 55_900, 18.1),
  ...rounds("socketio", THROUGHPUT, LARGE, 21_300, 44.7),
  ...rounds("native", CONNECT, HANDSHAKES, 0.812, 71.5),
  ...rounds("ws", CONNECT, HANDSHAKES, 0.574, 70.9),
  ...NOISE.map((_, index) => ({
    ...failedTrial("the server did not accept connections within 10 s"),
    server: "socketio",
    round: index + 1,
    scenario: CONNECT.id,
    case: HANDSHAKES.id,
  })),
  ...rounds("native", IDLE, WAITING, 6.4),
  ...rounds("ws", IDLE, WAITING, 10.9),
  ...rounds("socketio", IDLE, WAITING, 31.5),
];

/** The result; its baseline is Deno.serve. */
export const ROUNDS: Result = {
  ...RESULT,
  settings: { ...RESULT.settings, rounds: NOISE.length },
  planned: TRIALS.length,
  reference: { id: "reference", title: "Reference", protocol: "websocket" },
  scenarios: [THROUGHPUT, CONNECT, IDLE],
  trials: TRIALS.map((trial, index) => ({ ...trial, trial: index + 1 })),
  warnings: [],
};

/** The result with the first scenarios only. */
export function firstScenarios(count: number): Result {
  const scenarios = ROUNDS.scenarios.slice(0, count);
  const ids = scenarios.map(({ id }) => id);
  return {
    ...ROUNDS,
    scenarios,
    trials: ROUNDS.trials.filter((one) => ids.includes(one.scenario)),
  };
}

/** The result with the first rounds only. */
export function firstRounds(count: number): Result {
  return { ...ROUNDS, trials: ROUNDS.trials.filter(({ round }) => round <= count) };
}

/** The result with the first servers only. */
export function firstServers(count: number): Result {
  const servers = ROUNDS.servers.slice(0, count);
  const ids = [...servers.map(({ id }) => id), "reference"];
  return { ...ROUNDS, servers, trials: ROUNDS.trials.filter((one) => ids.includes(one.server)) };
}

/** The result with a ceiling that two servers beat. */
export const BEATEN: Result = {
  ...ROUNDS,
  trials: ROUNDS.trials.map((trial) =>
    trial.server === "reference" && trial.state === "completed"
      ? { ...trial, metrics: { ...trial.metrics, rate: 100_000 } }
      : trial
  ),
};
