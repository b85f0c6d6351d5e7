import assert from "node:assert/strict";
import { failures, findings } from "./findings.ts";
import { RESULT } from "./testdata.ts";

Deno.test("findings() gives the run's warnings first, then those of the trials in the order of the tables", () => {
  const trials = findings(RESULT).map(({ trials }) => trials.map(({ trial }) => trial));
  assert.deepEqual(trials, [[], [], [5, 13, 4], [6]]);
});

Deno.test("findings() shows the worst share of a saturated generator", () => {
  assert.match(findings(RESULT)[2]!.finding, /97 %/);
});

Deno.test("findings() adds up wrong replies", () => {
  const wrong = {
    kind: "wrong replies",
    lost: 1,
    duplicated: 0,
    reordered: 0,
    corrupted: 2,
  } as const;
  const result = { ...RESULT, trials: [], warnings: [wrong, wrong] };
  assert.equal(findings(result)[0]!.finding, "Replies were wrong: 2 lost, 4 corrupted.");
});

Deno.test("findings() keeps findings apart whose words differ", () => {
  const warnings = ["one CPU", "not allowed"].map((reason) =>
    ({ kind: "not pinned", reason }) as const
  );
  assert.equal(findings({ ...RESULT, trials: [], warnings }).length, 2);
});

Deno.test("findings() groups trials by the place that it is given", () => {
  const groups = findings(RESULT, ({ server }) => server).slice(2);
  const trials = groups.map(({ trials }) => trials.map(({ trial }) => trial));
  assert.deepEqual(trials, [[5, 13], [4], [6]]);
});

Deno.test("failures() groups failed trials by reason, the most frequent first", () => {
  assert.deepEqual(failures(RESULT).map(({ reason, trials }) => [reason, trials.length]), [
    ["the server did not accept connections within 10 s", 2],
    ['=HYPERLINK("x") exit code 1 at line 2', 1],
  ]);
});
