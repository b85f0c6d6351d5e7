/** A run with clients that read late, for the tests. */

import type {
  CaseDescription,
  CompletedTrial,
  FailedTrial,
  Result,
  Trial,
} from "../../measure/model/result.ts";
import { RESULT } from "./testdata.ts";

const MIB = 2 ** 20;
const place = { connections: 8, size: 64 };
const bulk = { messages: 2048 };
const cases: readonly CaseDescription[] = [
  { id: "alone", title: "8 connections alone", parameters: { ...place, slow: 0 } },
  { id: "prompt", title: "beside 4 prompt readers", parameters: { ...place, ...bulk, prompt: 4 } },
  { id: "slow", title: "beside 4 slow readers", parameters: { ...place, ...bulk, slow: 4 } },
];

const [completed] = RESULT.trials.filter((trial) => trial.state === "completed") as [
  CompletedTrial,
];

const [failed] = RESULT.trials.filter((trial) => trial.state === "failed") as [FailedTrial];

/** A trial in which a server had a rate, took messages of the four and grew. */
function trialOf(
  server: string,
  one: string,
  rate: number,
  taken: number | undefined,
  growthMib: number,
  changes: Partial<CompletedTrial> = {},
): Trial {
  return {
    ...completed,
    server,
    scenario: "slow-reader",
    case: one,
    counts: { ...completed.counts, replies: rate * 2 },
    phases: { ...completed.phases, windowMs: 2000 },
    memory: { ...completed.memory, windowStart: 50 * MIB, windowEnd: (50 + growthMib) * MIB },
    ...(taken !== undefined && {
      bulk: {
        connections: 4,
        messages: 2048,
        size: 16_384,
        taken,
        takenMs: 200,
        closed: 0,
        abandoned: 0,
        lateMs: 100,
      },
    }),
    ...changes,
  };
}

const NO_MEMORY = { absent: "the server is not on this machine" };

/** Deno.serve queues, ws stops reading in three rounds, and Socket.IO has failed. */
export const SLOW: Result = {
  ...RESULT,
  scenarios: [{
    id: "slow-reader",
    title: "Slow readers",
    question: "Does memory grow?",
    cases,
    metrics: RESULT.scenarios[0]!.metrics,
  }],
  trials: [
    trialOf("native", "alone", 10_000, undefined, 1),
    trialOf("native", "prompt", 8000, 8192, 20),
    trialOf("native", "slow", 2000, 8192, 150),
    trialOf("ws", "slow", 900, 2304, 3),
    trialOf("ws", "slow", 1000, 2560, 4),
    trialOf("ws", "slow", 1100, 2816, 200),
    { ...failed, server: "socketio", scenario: "slow-reader", case: "slow" },
  ],
};

/** The same servers on a system that does not report memory. */
export const SLOW_ELSEWHERE: Result = {
  ...SLOW,
  trials: [
    trialOf("native", "slow", 2000, 8192, 0, {
      memory: {
        before: NO_MEMORY,
        windowStart: NO_MEMORY,
        windowEnd: NO_MEMORY,
        peak: NO_MEMORY,
        after: NO_MEMORY,
      },
    }),
  ],
};
