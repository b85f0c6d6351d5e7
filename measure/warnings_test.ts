import assert from "node:assert/strict";
import type { Settings } from "./result.ts";
import { completedTrial, failedTrial } from "./testdata.ts";
import { describe, type Warning, warningsOfRun } from "./warnings.ts";

const settings: Settings = {
  command: "",
  profile: "standard",
  rounds: 5,
  durationMs: 650,
  warmupMs: 300,
  seed: 1,
  pinning: { server: [0], generator: [1] },
  engine: { id: "epoll" },
  generators: 1,
  baseline: "native",
};

for (
  const [warning, finding] of [
    [
      { kind: "generator saturated", cpuShare: 0.974 },
      "The client used 97 % of a CPU, so it may be what limits the rate rather than the server.",
    ],
    [
      { kind: "wrong replies", lost: 10, duplicated: 0, reordered: 2, corrupted: 0 },
      "Replies were wrong: 10 lost, 2 reordered.",
    ],
    [
      { kind: "not pinned", reason: "there is only 1 CPU to run on" },
      "Server and client were not pinned to separate CPUs: there is only 1 CPU to run on.",
    ],
    [
      { kind: "too few rounds", rounds: 1 },
      "There was one round, so nothing is known about the spread.",
    ],
    [
      { kind: "too few rounds", rounds: 3 },
      "There were only 3 rounds, so the spread is known poorly.",
    ],
    [{ kind: "trials failed", failed: 2, planned: 9 }, "2 of 9 trials failed."],
    [{ kind: "run is partial", ended: 4, planned: 9 }, "The run was stopped after 4 of 9 trials."],
    [
      { kind: "torn last line", file: "trials.jsonl" },
      "The last line of trials.jsonl was cut off, as happens when the machine stops; it was left out.",
    ],
  ] as const satisfies readonly (readonly [Warning, string])[]
) {
  Deno.test(`describe() words "${finding}"`, () => {
    const text = describe(warning);
    assert.equal(text.finding, finding);
    assert.ok(text.advice.endsWith("."));
  });
}

Deno.test("warningsOfRun() finds nothing wrong with a whole run of five rounds", () => {
  const trials = [completedTrial({})];
  assert.deepEqual(warningsOfRun(settings, 1, trials), []);
});

Deno.test("warningsOfRun() finds what a reader must know of a run", () => {
  const poor: Settings = { ...settings, rounds: 2, pinning: { absent: "one CPU" } };
  assert.deepEqual(warningsOfRun(poor, 3, [completedTrial({}), failedTrial("it ended")]), [
    { kind: "run is partial", ended: 2, planned: 3 },
    { kind: "trials failed", failed: 1, planned: 3 },
    { kind: "not pinned", reason: "one CPU" },
    { kind: "too few rounds", rounds: 2 },
  ]);
});
