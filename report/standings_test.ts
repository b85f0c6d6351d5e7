import assert from "node:assert/strict";
import type { MetricDefinition } from "../measure/result.ts";
import { compare, standings } from "./standings.ts";
import { RESULT } from "./testdata.ts";

const [ECHO, CONNECT] = RESULT.scenarios;

Deno.test("standings() tells sound servers from those that were wrong, failed or never ran", () => {
  const marks = (scenario: string, caseId: string): (string | undefined)[] =>
    standings(RESULT, scenario, caseId).map(({ mark }) => mark);
  assert.deepEqual(marks("echo", ECHO!.cases[0]!.id), [undefined, undefined, undefined]);
  assert.deepEqual(marks("echo", ECHO!.cases[1]!.id), [undefined, undefined, "wrong"]);
  assert.deepEqual(marks("connect", CONNECT!.cases[0]!.id), [undefined, undefined, "failed"]);
  assert.equal(standings(RESULT, "echo", "other")[0]!.reason, "no trial of this case has run");
});

Deno.test("compare() gives the reason of a figure that no round has", () => {
  const metric: MetricDefinition = { id: "x", title: "X", unit: "", better: "lower" };
  const trials = RESULT.trials.map((trial) =>
    trial.state === "failed" ? trial : { ...trial, metrics: { x: { absent: "no pid is known" } } }
  );
  const all = compare(standings({ ...RESULT, trials }, "echo", ECHO!.cases[0]!.id), metric);
  assert.deepEqual(all[0]!.cell, { value: null, note: "no pid is known" });
  assert.deepEqual(all[0]!.spread, { value: null });
});

Deno.test("compare() never compares a server whose replies were wrong", () => {
  const [rate] = ECHO!.metrics;
  const all = compare(standings(RESULT, "echo", ECHO!.cases[1]!.id), rate!);
  assert.deepEqual(all.map(({ cell }) => cell.mark), ["best", "best", "wrong"]);
});
