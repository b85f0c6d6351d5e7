import assert from "node:assert/strict";
import { COMMITTED } from "../history/testdata.ts";
import type { CompletedTrial, Result } from "../model/result.ts";
import { differencesFrom, isProof, type Proof, proofOf } from "./proof.ts";

const RESULT: Result = {
  ...COMMITTED,
  trials: COMMITTED.trials.map((one, index) => ({ ...one, trial: index + 1 })),
};
const PROOF = await proofOf(RESULT, ["Sound: 14 trials."]);

Deno.test("a result fits its proof, also once both were written and read", async () => {
  const [result, proof] = JSON.parse(JSON.stringify([RESULT, PROOF]));
  assert.ok(isProof(proof));
  assert.deepEqual(await differencesFrom(proof, result, result.trials), []);
  // Reports judge anew, and say by which rules.
  assert.deepEqual(await differencesFrom(PROOF, { ...RESULT, judgedBy: "rules" }), []);
});

/** The result with another trial in one place. */
function withTrial(index: number, changed: Partial<CompletedTrial>): Result {
  const trials = RESULT.trials.map((one, at) =>
    at === index ? { ...one, ...changed } as CompletedTrial : one
  );
  return { ...RESULT, trials };
}

for (
  const [title, result, expected] of [
    ["a figure that was changed", withTrial(4, { metrics: { rate: 1 } }), ["Trial 5 was changed."]],
    ["a trial that was removed", { ...RESULT, trials: RESULT.trials.slice(1) }, [
      "Trial 1 was removed.",
    ]],
    ["trials that were removed", { ...RESULT, trials: RESULT.trials.slice(12) }, [
      "Trials 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more were removed.",
    ]],
    ["a trial that was added", {
      ...RESULT,
      trials: [...RESULT.trials, { ...RESULT.trials[0]!, trial: 99 }],
    }, ["Trial 99 was added."]],
    ["a trial that is there twice", { ...RESULT, trials: [...RESULT.trials, RESULT.trials[0]!] }, [
      "A trial is there more than once.",
      "The order of the trials was changed.",
    ]],
    ["another order", { ...RESULT, trials: RESULT.trials.toReversed() }, [
      "The order of the trials was changed.",
    ]],
    ["another version of wsmark", { ...RESULT, wsmark: "9.9.9" }, [
      "It was made by wsmark 0.1.0, and says that it is of 9.9.9.",
      "What it says of the rest was changed.",
    ]],
    ["another version of a server", {
      ...RESULT,
      servers: RESULT.servers.map((one) => ({ ...one, library: "ws 99" })),
    }, ["What it says of the servers was changed."]],
    ["other settings", { ...RESULT, settings: { ...RESULT.settings, durationMs: 9000 } }, [
      "What it says of the settings was changed.",
    ]],
    ["another machine", { ...RESULT, machine: [] }, ["What it says of the machine was changed."]],
  ] as const
) {
  Deno.test(`differencesFrom() names ${title}`, async () => {
    assert.deepEqual(await differencesFrom(PROOF, result as Result), expected);
  });
}

Deno.test("differencesFrom() names a proof that was changed, and trials that are not as they were written", async () => {
  const proof: Proof = { ...PROOF, quality: ["Perfect."] };
  assert.deepEqual(await differencesFrom(proof, RESULT), [
    "The proof itself was changed: its seal does not fit.",
  ]);
  // Somebody who makes the proof anew forgets the lines beside it, or does not.
  const changed = withTrial(4, { metrics: { rate: 1 } });
  const again = await proofOf(changed, PROOF.quality);
  assert.deepEqual(await differencesFrom(again, changed, RESULT.trials), [
    "Trial 5 is not as in trials.jsonl.",
  ]);
});

Deno.test("isProof() refuses what is none", () => {
  for (
    const other of [
      null,
      1,
      "a",
      [],
      {},
      { ...PROOF, proofVersion: 2 },
      { ...PROOF, trials: [1] },
      { ...PROOF, parts: {} },
      { ...PROOF, quality: [1] },
    ]
  ) {
    assert.ok(!isProof(other));
  }
});
