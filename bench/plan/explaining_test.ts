import assert from "node:assert/strict";
import { explainingEstimateMs, explainingTrials, explains } from "./explaining.ts";
import { planRun } from "./options.ts";

const OPTIONS = {
  servers: ["native", "ws"],
  scenarios: ["latency", "burst", "capacity"],
  rounds: 3,
  seed: 7,
} as const;
const none = (): undefined => undefined;

Deno.test("the scored trials of a plan are the same with --explain and without", () => {
  const [plain, explained] = [
    planRun(OPTIONS, none),
    planRun({ ...OPTIONS, explain: true }, none),
  ];
  assert.deepEqual(
    explained.trials.map((
      { trial, round, seed, server, client, scenario, case: one },
    ) => [trial, round, seed, server.id, client, scenario.id, one]),
    plain.trials.map((
      { trial, round, seed, server, client, scenario, case: one },
    ) => [trial, round, seed, server.id, client, scenario.id, one]),
  );
  const { explain, ...others } = explained.settings;
  assert.equal(explain, true);
  assert.deepEqual(others, plain.settings, "windows and warm-ups, too");
});

Deno.test("explainingTrials() has each case once on each server, without searches", () => {
  const plan = planRun({ ...OPTIONS, explain: true }, none);
  const trials = explainingTrials(plan);
  const names = trials.map(({ server, scenario, case: { id } }) =>
    `${server.id} ${scenario.id} ${id}`
  );
  assert.equal(new Set(names).size, names.length);
  const cases = plan.scenarios.filter(({ scenario }) => scenario.search === undefined)
    .reduce((sum, { cases }) => sum + cases.length, 0);
  assert.equal(trials.length, 2 * cases);
  assert.ok(trials.every(({ scenario }) => scenario.id !== "capacity"));
  assert.ok(explainingEstimateMs(plan) > trials.length * 2000);
  const [first, second] = trials;
  const identity = {
    server: first!.server.id,
    scenario: first!.scenario.id,
    case: first!.case.id,
  };
  assert.ok(explains(identity, first!) && !explains(identity, second!));
});

Deno.test("a plan that does not ask for it has none", () => {
  const plan = planRun(OPTIONS, none);
  assert.deepEqual(explainingTrials(plan), []);
  assert.equal(explainingEstimateMs(plan), 0);
});
