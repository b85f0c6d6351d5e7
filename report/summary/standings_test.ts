import assert from "node:assert/strict";
import type { MetricDefinition, Trial } from "../../measure/model/result.ts";
import { ceiling, compare, type Contender, standings } from "./standings.ts";
import { RESULT } from "../testing/testdata.ts";

const [ECHO, CONNECT] = RESULT.scenarios;

Deno.test("standings() distinguishes sound servers from those that were wrong, failed or never ran", () => {
  const marks = (scenario: string, caseId: string): (string | undefined)[] =>
    standings(RESULT, scenario, caseId).map(({ mark }) => mark);
  assert.deepEqual(marks("echo", ECHO!.cases[0]!.id), [undefined, undefined, undefined]);
  assert.deepEqual(marks("echo", ECHO!.cases[1]!.id), [undefined, undefined, "wrong"]);
  assert.deepEqual(marks("connect", CONNECT!.cases[0]!.id), [undefined, undefined, "failed"]);
  assert.equal(standings(RESULT, "echo", "other")[0]!.reason, "no trial of this case has run");
});

Deno.test("standings() leaves out trials before the rounds, ceiling() shows them", () => {
  const before = RESULT.trials.map((trial): Trial => ({ ...trial, round: 0 }));
  const place = ["echo", ECHO!.cases[0]!.id] as const;
  const [native] = standings({ ...RESULT, trials: before }, ...place);
  assert.deepEqual(native!.trials, []);
  const [reference, ...servers] = RESULT.servers;
  const result = { ...RESULT, servers, reference: reference!, trials: before };
  assert.equal(ceiling(result, ...place)?.trials.length, 2);
  assert.equal(ceiling(RESULT, ...place), undefined);
});

Deno.test("compare() gives the reason for a figure that no round has", () => {
  const metric: MetricDefinition = { id: "x", title: "X", unit: "", better: "lower" };
  const trials = RESULT.trials.map((trial) =>
    trial.state === "failed" ? trial : { ...trial, metrics: { x: { absent: "no pid is known" } } }
  );
  const ofCase = standings({ ...RESULT, trials }, "echo", ECHO!.cases[0]!.id);
  const [[native]] = compare([{ metric, standings: ofCase }]) as [Contender[]];
  assert.deepEqual(native!.cell, { value: null, note: "no pid is known" });
  assert.equal(native!.interval, undefined);
});

Deno.test("compare() never compares a server whose replies were wrong", () => {
  const metric = ECHO!.metrics[0]!;
  const ofCase = standings(RESULT, "echo", ECHO!.cases[1]!.id);
  const [all] = compare([{ metric, standings: ofCase }]);
  assert.deepEqual(all!.map(({ cell }) => cell.mark), ["best", "best", "wrong"]);
});
