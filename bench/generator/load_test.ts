/** What several generators of this machine do together. */

import assert from "node:assert/strict";
import type { CompletedTrial } from "../../measure/model/result.ts";
import { knownServer, type Truth } from "../../checks/verify/servers.ts";
import { churn } from "../../scenarios/churn.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { Scenario } from "../../scenarios/types.ts";
import { plannedTrial } from "../testing/plans.ts";
import { reportOf } from "../testing/reports.ts";
import { SEARCH_TASK } from "../testing/tasks.ts";
import { runTrial } from "../run/trial.ts";
import { generate } from "./load.ts";
import type { GeneratorTask } from "./messages.ts";
import type { Generator } from "./process.ts";
import { clockMs } from "./together/clock.ts";

const GENERATORS = 2;

async function trialOf(
  scenario: Scenario,
  parameters: CaseParameters,
  truth: Truth = {},
): Promise<CompletedTrial> {
  const plan = plannedTrial(knownServer("known", "known", truth), scenario, parameters);
  const settings = {
    warmupMs: 50,
    durationMs: 100,
    pinning: { absent: "this is a test" },
    engine: { id: Deno.build.os === "linux" ? "epoll" : "tcp" },
    generators: GENERATORS,
    samples: 0,
  } as const;
  const trial = await runTrial({ ...plan, client: "wire" }, settings, new AbortController().signal);
  if (trial.state !== "completed") throw new Error(trial.reason);
  const { sent, answered, lost, duplicated, reordered, corrupted } = trial.integrity;
  assert.deepEqual([answered, lost, duplicated, reordered, corrupted], [sent, 0, 0, 0, 0]);
  assert.ok(sent > 0);
  return trial;
}

const TASK: GeneratorTask = {
  ...SEARCH_TASK,
  parameters: { ...SEARCH_TASK.parameters, connections: 2 },
  share: { index: 0, of: GENERATORS },
};

/** A generator whose replies to its half of the messages take so long at a rate of all together. */
function fakeGenerator(responseMs: (rate: number) => number): Generator & { rates: number[] } {
  let task = TASK;
  const rates: number[] = [];
  return {
    rates,
    connect(given) {
      task = given;
      return Promise.resolve({ state: "connected" });
    },
    clock: () => Promise.resolve({ atMs: clockMs() }),
    run(_news, startMs = 0) {
      const { rate = 20_000 } = task.parameters;
      rates.push(rate);
      const half = reportOf(Math.round(rate / 2), responseMs(rate));
      return Promise.resolve({ ...half, startedAtMs: startMs });
    },
    learn() {},
    stop: () => Promise.resolve(),
  };
}

Deno.test("generate() has all generators search together: a probe is judged by what they merged", async () => {
  // The first one alone would find no limit.
  const all = [fakeGenerator(() => 1), fakeGenerator((rate) => rate <= 30_000 ? 5 : 50)];
  const tasks = all.map((_, index) => ({ ...TASK, share: { index, of: 2 } }));
  const started: number[] = [];
  const report = await generate(all, tasks, undefined, {
    started: () => started.push(1),
    drained: () => assert.fail("nobody knows which window is the last one"),
  });
  if (report.state === "failed") throw new Error(report.reason);
  const { low, high, probes } = report.capacity!;
  assert.ok(low <= 30_000 && 30_000 < high!, `${low}…${high}`);
  assert.deepEqual(all[0]!.rates, all[1]!.rates);
  assert.equal(probes.length, all[0]!.rates.length - 1);
  // Half of the closed loop was answered by each.
  assert.equal(probes[0]!.rate, 12_000);
  assert.equal(report.sharing!.generators.length, 2);
  assert.deepEqual(started, [1]);
});

Deno.test("generate() says why a window of a search failed", async () => {
  const [one, other] = [fakeGenerator(() => 1), fakeGenerator(() => 1)];
  const failing = {
    ...other,
    run: () => Promise.resolve({ state: "failed", reason: "the agent b is gone" } as const),
  };
  const report = await generate([one, failing], [TASK, TASK], undefined, {});
  assert.deepEqual(report, { state: "failed", reason: "the agent b is gone" });
});

Deno.test("generate() has all generators follow the schedule of connections that come and go", async () => {
  const trial = await trialOf(churn, { arrivals: "constant", rate: 200, size: 64 });
  assert.equal(trial.sharing!.generators.length, GENERATORS);
  const shares = trial.sharing!.generators.map((one) => one.offered!);
  assert.ok(shares.every((offered) => offered > 0), `${shares}`);
  assert.equal(shares.reduce((sum, offered) => sum + offered), trial.arrivals!.offered);
});

Deno.test("generate() has all generators find the rate of a churn together", async () => {
  const trial = await trialOf(churn, { inFlight: 1, size: 64 });
  assert.equal(trial.sharing!.generators.length, GENERATORS);
});
