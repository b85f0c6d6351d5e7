import assert from "node:assert/strict";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";
import { latest, parseTrials } from "./trial_lines.ts";

const line = (trial: number): string => JSON.stringify({ ...failedTrial("gone"), trial });

Deno.test("parseTrials() leaves out what is damaged, and says which lines and why", async () => {
  const { kept, damage } = await parseTrials({
    lines: [line(1), line(2).slice(0, 40), "\0".repeat(50), line(4), '{"trial":5}'],
  });
  assert.deepEqual(kept.map(({ line, trial: { trial } }) => [line, trial]), [[1, 1], [4, 4]]);
  assert.deepEqual([damage?.count, damage?.lines], [3, [2, 3, 5]]);
  assert.match(damage!.reason, /^Cannot read a trial of wsmark: Unterminated string/);
  assert.equal((await parseTrials({ lines: [line(1)] })).damage, undefined);
});

Deno.test("parseTrials() keeps the numbers of a few of many damaged lines", async () => {
  const { damage } = await parseTrials({ lines: Array.from({ length: 1000 }, () => "x") });
  assert.deepEqual(damage?.lines, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(damage.count, 1000);
});

Deno.test("latest() has the last of each trial, in the order of the plan", () => {
  const trials = [
    { ...completedTrial({}), trial: 3 },
    { ...failedTrial("one"), trial: 1 },
    { ...completedTrial({}), trial: 2 },
    { ...completedTrial({}), trial: 1 },
  ];
  assert.deepEqual(latest(trials), [trials[3], trials[2], trials[0]]);
});
