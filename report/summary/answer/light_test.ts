import assert from "node:assert/strict";
import type { Trial, Warning } from "../../../measure/model/result.ts";
import { firstRounds, ROUNDS } from "../../testing/rounds_testdata.ts";
import { findings } from "../findings.ts";
import { type Light, lightOf } from "./light.ts";

const SOUND = {
  ...ROUNDS,
  trials: ROUNDS.trials.filter(({ state }) => state === "completed"),
};

/** The light if the first trials have a warning. */
function lit(warning: Warning, count: number): Light {
  const trials = SOUND.trials.map((trial, index): Trial =>
    trial.state === "completed" && index < count ? { ...trial, warnings: [warning] } : trial
  );
  return lightOf({ trials }, [], findings({ ...SOUND, trials }));
}

Deno.test("lightOf() is green without warnings, or with one in a few trials", () => {
  assert.deepEqual(lightOf(SOUND, [], []), {
    colour: "green",
    title: "Sound",
    reasons: ["78 trials, and no warning that matters."],
  });
  assert.equal(lit({ kind: "stolen time", share: 0.2 }, 3).colour, "green");
});

Deno.test("lightOf() is amber for a warning in some trials, red for a grave one in most", () => {
  const { colour, reasons } = lit({ kind: "stolen time", share: 0.2 }, 10);
  assert.equal(colour, "amber");
  assert.match(reasons[0]!, /^The hypervisor took 20 % .* \(10 of \d+ trials of /);
  assert.equal(lit({ kind: "stolen time", share: 0.2 }, 60).colour, "red");
  assert.equal(lit({ kind: "generator saturated", cpuShare: 1 }, 78).colour, "amber");
});

Deno.test("lightOf() is red if replies were wrong, many trials failed, or there is none", () => {
  const wrong = lightOf(SOUND, ["ws lost 1 of 2 replies."], findings(SOUND));
  assert.deepEqual([wrong.colour, wrong.reasons], ["red", ["ws lost 1 of 2 replies."]]);
  const failed = ROUNDS.trials.filter(({ scenario }) => scenario === "connect");
  assert.equal(lightOf({ trials: failed }, [], []).colour, "red");
  assert.deepEqual(lightOf({ trials: [] }, [], []).reasons, ["No trial has ended."]);
});

Deno.test("lightOf() has the two worst reasons, the worst first", () => {
  const warnings: Warning[] = [
    { kind: "too few rounds", rounds: 3, needed: 5 },
    { kind: "memory growing", growth: 2, scenario: "idle", case: "all", server: "ws" },
    { kind: "run is partial", ended: 3, planned: 9 },
    { kind: "not pinned", reason: "there is 1 CPU" },
  ];
  const result = { ...firstRounds(3), trials: SOUND.trials, warnings };
  const { colour, reasons } = lightOf(result, [], findings(result));
  assert.equal(colour, "amber");
  assert.deepEqual(reasons, [
    "The run was stopped after 3 of 9 trials.",
    "There were 3 rounds: too few to judge any difference.",
  ]);
});
