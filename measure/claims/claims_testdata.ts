/** A run of seven rounds with a study, for the tests of claims. */

import type { Claim, CompletedTrial, RelationClaim, Result, Trial } from "../model/result.ts";
import { completedTrial, SETTINGS } from "../model/testdata.ts";

/** What hits each round as a whole, and what hits only `b` in it: the geometric mean of either is 1. */
const ROUNDS = [0, 4, -4, 1, -1, 3, -3].map((percent) => Math.exp(percent / 100));
const JITTER = [1, -1, 0, 1, -1, -1, 1].map((percent) => Math.exp(percent / 100));

/** Trials of seven rounds of a server, by its latency compared with one of 100; its rate is 100. */
export function rounds(server: string, share: number): CompletedTrial[] {
  const figuresOf = (factor: number) => ({ p50: 100 * share * factor, rate: 100 * factor });
  return ROUNDS.map((drift, round) => ({
    ...completedTrial(figuresOf(server === "b" ? drift * JITTER[round]! : drift)),
    server,
    round: round + 1,
    scenario: "latency",
    case: "size=64",
  }));
}

/** Rounds whose latencies vary by so much that a difference of a fifth is probable only, beside other comparisons. */
export function unsteady(server: string, share: number): CompletedTrial[] {
  const swings = [20, -20, 0, 20, -20, -20, 20].map((percent) => Math.exp(percent / 100));
  return rounds(server, share).map((trial, index) => ({
    ...trial,
    metrics: { ...trial.metrics, p50: trial.metrics["p50"] as number * swings[index]! },
  }));
}

/** The claim that the latency of `a` is lower than that of `b`. */
export const LOWER: RelationClaim = {
  kind: "relation",
  text: "a answers sooner than b.",
  scenario: "latency",
  case: "size=64",
  metric: "p50",
  server: "a",
  than: "b",
  relation: "lower",
};

/** Claims that are judged with others: the rates are the same. */
export const OF_EQUAL_RATES: readonly RelationClaim[] = Array.from(
  { length: 3 },
  () => ({ ...LOWER, metric: "rate", relation: "same" }),
);

/** A result of the servers `a` and `b` with these trials and claims. */
export function studied(
  trials: readonly Trial[],
  claims: readonly Claim[],
  changes: Partial<Result> = {},
): Result {
  return {
    schemaVersion: 2,
    wsmark: "0",
    state: "finished",
    startedAt: "2026-01-02T03:04:05.678Z",
    planned: trials.length,
    settings: { ...SETTINGS, baseline: "a" },
    machine: [],
    servers: ["a", "b"].map((id) => ({ id, title: id.toUpperCase(), protocol: "websocket" })),
    study: { id: "study", title: "A study", about: [], claims },
    clients: [],
    scenarios: [{
      id: "latency",
      title: "Latency",
      question: "?",
      cases: [{ id: "size=64", title: "64 B", parameters: { size: 64 } }],
      metrics: [
        { id: "p50", title: "Latency p50", unit: "ms", better: "lower" },
        { id: "rate", title: "Rate", unit: "messages/s", better: "higher" },
      ],
    }],
    trials,
    warnings: [],
    ...changes,
  };
}
