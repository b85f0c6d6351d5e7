import assert from "node:assert/strict";
import type { CompletedTrial, Explanation } from "../../measure/model/result.ts";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { throughput } from "../../scenarios/throughput.ts";
import type { PlannedTrial } from "../../bench/plan/plan_types.ts";
import { reference } from "../../servers/mod.ts";
import {
  clock,
  explainedLine,
  explainingInWords,
  lineProgress,
  progressLine,
  type ProgressState,
  timeLeft,
  trialLine,
} from "./progress.ts";

const planned: PlannedTrial = {
  trial: 7,
  round: 2,
  seed: 1,
  server: {
    id: "native",
    title: "Deno.serve",
    protocol: "websocket",
    launch: { by: "command", command: [] },
  },
  client: "websocket",
  scenario: throughput,
  case: describeCase({ connections: 16, inFlight: 16, size: 64 }),
};
const state: ProgressState = {
  total: 195,
  rounds: 5,
  ended: 65,
  failed: 0,
  elapsedMs: 60_000,
  running: planned,
};

Deno.test("clock() shows minutes and seconds", () => {
  assert.deepEqual([0, 999, 61_000, 3_600_000].map(clock), ["0:00", "0:01", "1:01", "60:00"]);
});

Deno.test("timeLeft() goes by the trials that have ended", () => {
  assert.equal(timeLeft(state), "2:00 left");
  assert.equal(timeLeft({ ...state, ended: 0 }), "");
  assert.equal(timeLeft({ ...state, ended: 195 }), "0:00 left");
});

Deno.test("progressLine() shows how far the run is and what runs", () => {
  assert.equal(
    progressLine(state, 100),
    "██████████░░░░░░░░░░░░░░░░░░░░ 65/195 · 2:00 left · round 2/5 · throughput · native",
  );
});

Deno.test("progressLine() shows failed trials", () => {
  assert.ok(progressLine({ ...state, failed: 3 }, 100).includes(" · 3 failed · "));
});

Deno.test("progressLine() fits any width", () => {
  for (let width = 10; width <= 200; width++) {
    const line = progressLine({ ...state, failed: 12 }, width);
    assert.ok(line.length < width, `${width}: ${line}`);
  }
});

Deno.test("progressLine() works before the first trial and after the last", () => {
  const { running: _, ...before } = { ...state, ended: 0 };
  assert.equal(progressLine(before, 80), "░".repeat(20) + " 0/195");
  assert.ok(progressLine({ ...state, ended: 195 }, 80).startsWith("█".repeat(20)));
});

Deno.test("trialLine() shows the primary metric of the trial", () => {
  const trial = {
    ...completedTrial({ rate: 120_345.678 }),
    trial: 7,
    round: 2,
    seed: 1,
    scenario: "throughput",
  };
  assert.equal(
    trialLine(trial, planned, 195),
    "[  7/195] round 2 · native · throughput, 16 connections, 16 in flight, 64 B: 120,300 messages/s",
  );
});

Deno.test("trialLine() shows why a trial failed, and why there is no figure", () => {
  assert.ok(trialLine(failedTrial("it ended"), planned, 9).endsWith(": FAILED: it ended"));
  const trial = completedTrial({ rate: { absent: "no reply" } });
  assert.ok(trialLine(trial, planned, 9).endsWith(": no reply"));
});

Deno.test("trialLine() distinguishes a ceiling from a closed loop that finds an arrival rate", () => {
  const before: PlannedTrial = { ...planned, round: 0 };
  const counted = completedTrial({ rate: 1234.5 });
  const trial: CompletedTrial = {
    ...counted,
    trial: 3,
    round: 0,
    counts: { ...counted.counts, replies: 50_000 },
  };
  assert.equal(
    trialLine(trial, { ...before, server: reference }, 9),
    "[3/9] ceiling · native · latency, 16 connections, 16 in flight, 64 B: 1,235 messages/s",
  );
  assert.equal(
    trialLine(trial, before, 9),
    "[3/9] closed loop · native · latency, 16 connections, 16 in flight, 64 B: 50,000 messages/s",
  );
  assert.match(
    trialLine({ ...trial, counts: { ...trial.counts, replies: 0 } }, before, 9),
    /64 B: there was no reply in the window$/,
  );
});

const explanation: Explanation = {
  server: "native",
  client: "wire",
  scenario: "throughput",
  case: planned.case.id,
  startedAt: "2026-01-31T14:05:09.000Z",
  replies: 100_000,
  windowMs: 2000,
  counters: {},
};

Deno.test("trials that tell why are named, and are none of a round", () => {
  const explaining = explainingInWords(3, 6);
  assert.ok(
    progressLine({ ...state, explaining }, 120)
      .endsWith(" · explaining 3 of 6 · throughput · native"),
  );
  assert.equal(
    explainedLine(explanation, planned, explaining),
    "[explaining 3 of 6] native · throughput, 16 connections, 16 in flight, 64 B: " +
      "50,000 messages/s while it was watched",
  );
  assert.match(
    explainedLine({ ...explanation, failed: "it broke" }, planned, explaining),
    /, 64 B: FAILED: it broke$/,
  );
});

Deno.test("lineProgress() writes a line for each of them", () => {
  const lines: string[] = [];
  const progress = lineProgress(4, (line) => lines.push(line));
  progress.explaining(planned, 1, 2);
  progress.explained(explanation);
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /^\[explaining 1 of 2\] native · /);
});
