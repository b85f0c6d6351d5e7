import assert from "node:assert/strict";
import type { CompletedTrial, Result, Trial } from "../../measure/model/result.ts";
import { completedTrial, failedTrial, SETTINGS } from "../../measure/model/testdata.ts";
import { describeCase } from "../../scenarios/cases.ts";
import { rate } from "../../scenarios/rate.ts";
import { latency } from "../../scenarios/latency.ts";
import type { RunPlan } from "../plan/options.ts";
import { planTrials } from "../plan/plan.ts";
import { run, type RunEvent, withCeiling } from "./run.ts";
import { readResult } from "../folder/read_result.ts";
import { createStore, stored } from "../folder/store.ts";
import { type Fault, faultyServer } from "../testing/plans.ts";

function planFor(faults: readonly Fault[], durationMs = 200): RunPlan {
  const contenders = faults.map((fault) => ({ server: faultyServer(fault), client: "websocket" }));
  const scenarios = [{ scenario: latency, cases: latency.cases.map(describeCase) }];
  return {
    settings: {
      ...SETTINGS,
      rounds: 2,
      durationMs,
      warmupMs: 20,
      pinning: { absent: "this is a test" },
      engine: { id: "tcp" },
      baseline: "none",
    },
    contenders,
    leftOut: [],
    study: undefined,
    reference: undefined,
    scenarios,
    trials: planTrials({ contenders, scenarios, rounds: 2, seed: 3 }),
  };
}

const never = new AbortController().signal;

Deno.test("run() reports each step in order, and ends with the result", async () => {
  const events = await Array.fromAsync(run(planFor(["none"]), never));
  assert.deepEqual(events.map(({ kind }) => kind), [
    "planned",
    "planned",
    "trial started",
    "trial ended",
    "trial started",
    "trial ended",
    "ended",
  ]);
  const { result } = events.at(-1) as RunEvent & { kind: "ended" };
  assert.equal(result.state, "finished");
  assert.equal(result.trials.length, result.planned);
  assert.deepEqual(result.servers, [{
    id: "none",
    title: "none",
    protocol: "websocket",
    runtime: "deno",
    library: "none",
  }]);
  assert.equal(result.clients[0]!.id, "websocket");
  assert.deepEqual(result.scenarios[0]!.metrics[0], {
    id: "p50",
    title: "Latency p50",
    unit: "ms",
    better: "lower",
    pooled: { histogram: "serviceTime", statistic: { percentile: 50 } },
  });
  assert.ok(result.machine.length > 10);
  const kinds = result.warnings.map(({ kind }) => kind);
  // There are others if the machine is busy or slow.
  for (const kind of ["not pinned", "too few rounds"] as const) {
    assert.ok(kinds.includes(kind), `${kinds}`);
  }
});

/** A plan for one server, and how often that has been started so far. */
function countedPlan(): { plan: RunPlan; starts(): number } {
  const server = faultyServer("none");
  let count = 0;
  const { launch } = server;
  assert.ok(launch.by === "contract");
  const counted = {
    ...server,
    launch: {
      ...launch,
      command: () => {
        count++;
        return launch.command();
      },
    },
  };
  const { trials, contenders, ...rest } = planFor(["none"]);
  const plan = {
    ...rest,
    contenders: contenders.map((one) => ({ ...one, server: counted })),
    trials: trials.map((one) => ({ ...one, server: counted })),
  };
  return { plan, starts: () => count };
}

Deno.test("run() starts the next server before the trial has ended, once its last reply is there", async () => {
  const { plan, starts } = countedPlan();
  const seen: [string, number][] = [];
  for await (const { kind } of run(plan, never)) seen.push([kind, starts()]);
  assert.deepEqual(seen, [
    ["planned", 0],
    // It has described itself.
    ["planned", 1],
    ["trial started", 1],
    ["trial ended", 3],
    ["trial started", 3],
    ["trial ended", 3],
    ["ended", 3],
  ]);
});

Deno.test("run() starts no next server once it is to finish, and stops one that it does not need", async () => {
  const finished = countedPlan();
  const finish = new AbortController();
  for await (const { kind } of run(finished.plan, never, { finish: finish.signal })) {
    if (kind === "trial started") finish.abort();
  }
  assert.equal(finished.starts(), 2);

  const late = countedPlan();
  const lateFinish = new AbortController();
  const kinds: string[] = [];
  for await (const { kind } of run(late.plan, never, { finish: lateFinish.signal })) {
    kinds.push(kind);
    if (kind === "trial ended") lateFinish.abort();
  }
  assert.deepEqual([late.starts(), kinds.at(-2), kinds.at(-1)], [3, "trial ended", "ended"]);
});

Deno.test("run() goes on after a trial that failed", async () => {
  const events = await Array.fromAsync(run(planFor(["kill", "none"]), never));
  const { result } = events.at(-1) as RunEvent & { kind: "ended" };
  const states = (server: string): string[] =>
    result.trials.filter((trial: Trial) => trial.server === server).map(({ state }) => state);
  assert.deepEqual(states("kill"), ["failed", "failed"]);
  assert.deepEqual(states("none"), ["completed", "completed"]);
  assert.ok(result.warnings.some(({ kind }) => kind === "trials failed"));
});

Deno.test("run() stops when it is asked to, with what had finished, in a folder that can be read", async () => {
  const parent = await Deno.makeTempDir();
  try {
    const controller = new AbortController();
    using store = createStore(`${parent}/run`);
    const kinds: string[] = [];
    for await (const event of stored(run(planFor(["none"]), controller.signal), store)) {
      kinds.push(event.kind);
      if (event.kind === "trial ended") controller.abort(new Error("stopped"));
      const onDisk = await readResult(store.folder);
      assert.equal(onDisk.trials.length, kinds.includes("trial ended") ? 1 : 0);
    }
    assert.deepEqual(kinds, ["planned", "planned", "trial started", "trial ended", "ended"]);
    const result = await readResult(store.folder);
    assert.equal(result.state, "interrupted");
    assert.ok(result.warnings.some(({ kind }) => kind === "run is partial"));
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("run() ends after the trial that runs when it is asked to finish", async () => {
  const finish = new AbortController();
  const kinds: string[] = [];
  for await (const event of run(planFor(["none"]), never, { finish: finish.signal })) {
    kinds.push(event.kind);
    if (event.kind === "trial started") finish.abort();
    if (event.kind === "ended") assert.equal(event.result.state, "interrupted");
  }
  assert.deepEqual(kinds, ["planned", "planned", "trial started", "trial ended", "ended"]);
});

Deno.test("run() ends when rates are known to the precision that was asked for, and is finished", async () => {
  const { settings, ...plan } = planFor(["none"], 50);
  const { contenders, scenarios } = plan;
  const trials = planTrials({ contenders, scenarios, rounds: 8, seed: 3 });
  const long = { ...plan, settings: { ...settings, rounds: 8, until: 1e6 }, trials };
  const events = await Array.fromAsync(run(long, never));
  const { result } = events.at(-1) as RunEvent & { kind: "ended" };
  // A busy machine can leave a window empty: that round tells nothing.
  const told = result.trials.filter((trial) =>
    trial.state === "completed" && typeof trial.metrics["rate"] === "number"
  );
  assert.equal(told.length, 5, "with fewer rounds nothing is known");
  assert.deepEqual([result.state, result.planned], ["finished", result.trials.length]);
  assert.ok(result.warnings.every(({ kind }) => kind !== "run is partial"));
  const earlier = { trials: result.trials, result };
  const again = await Array.fromAsync(run(long, never, { earlier }));
  assert.deepEqual(again.map(({ kind }) => kind), ["planned", "ended"]);
  assert.equal((again[1] as RunEvent & { kind: "ended" }).result.state, "finished");

  const fine = { ...long, settings: { ...long.settings, until: 0 }, trials: trials.slice(0, 6) };
  const whole = await Array.fromAsync(run(fine, never));
  const ended = whole.at(-1) as RunEvent & { kind: "ended" };
  assert.equal(ended.result.trials.length, 6, "it was not reached");
});

Deno.test("run() runs what is missing, and says that it was resumed", async () => {
  const plan = planFor(["none"]);
  const finish = new AbortController();
  const first = run(plan, never, { finish: finish.signal });
  let before: Result | undefined;
  for await (const event of first) {
    if (event.kind === "trial started") finish.abort();
    if (event.kind === "ended") before = event.result;
  }
  const earlier = { trials: before!.trials, result: before };
  const events = await Array.fromAsync(run(plan, never, { earlier }));
  assert.deepEqual(events.map(({ kind }) => kind), [
    "planned",
    "trial started",
    "trial ended",
    "ended",
  ]);
  const { result } = events.at(-1) as RunEvent & { kind: "ended" };
  assert.equal(result.state, "finished");
  assert.equal(result.startedAt, before!.startedAt);
  assert.deepEqual(result.trials.map(({ trial }) => trial), [1, 2]);
  assert.deepEqual(result.trials[0], before!.trials[0]);
  assert.deepEqual(result.resumed?.map(({ after, differs }) => [after, differs]), [[1, []]]);
  assert.deepEqual(result.warnings.filter(({ kind }) => kind === "resumed"), [
    { kind: "resumed", times: 1, differs: [] },
  ]);
  const names = result.machine.map(({ group, name }) => `${group} ${name}`);
  assert.equal(new Set(names).size, names.length, "no fact is there twice");

  const whole = { trials: result.trials, result };
  const again = await Array.fromAsync(run(plan, never, { earlier: whole }));
  assert.deepEqual(again.map(({ kind }) => kind), ["planned", "ended"]);
  assert.deepEqual((again[1] as RunEvent & { kind: "ended" }).result.resumed, result.resumed);
});

Deno.test("run() finds the rate of a resumed run only when all closed loops are there", async () => {
  const { settings, ...rest } = planFor(["none", "drop"], 50);
  const scenarios = [{
    scenario: rate,
    cases: [describeCase({ connections: 1, size: 64, load: 1 })],
  }];
  const trials = planTrials({ contenders: rest.contenders, scenarios, rounds: 1, seed: 3 });
  const plan = { ...rest, settings: { ...settings, rounds: 1, warmupMs: 0 }, scenarios, trials };
  const finish = new AbortController();
  let before: Result | undefined;
  for await (const event of run(plan, never, { finish: finish.signal })) {
    if (event.kind === "trial started") finish.abort();
    if (event.kind === "ended") before = event.result;
  }
  assert.equal(before!.trials.length, 1);
  const earlier = { trials: before!.trials, result: before };
  for await (const event of run(plan, never, { earlier })) {
    if (event.kind !== "ended") continue;
    const [known] = event.result.scenarios[0]!.cases;
    assert.deepEqual(
      event.result.trials.filter(({ round }) => round > 0).map(({ case: id }) => id),
      [known!.id, known!.id],
    );
    // Another closed loop finds another rate: the one that was used before stays.
    const [loop, ...others] = event.result.trials;
    const again = new Set([loop!.trial]);
    const slower = {
      ...loop as CompletedTrial,
      counts: { ...(loop as CompletedTrial).counts, replies: 1 },
    };
    const whole = { trials: [slower, ...others], again, result: event.result };
    const events = await Array.fromAsync(run(plan, never, { earlier: whole }));
    assert.equal(events.filter(({ kind }) => kind === "trial ended").length, 1);
    const { result } = events.at(-1) as RunEvent & { kind: "ended" };
    assert.deepEqual(result.scenarios, event.result.scenarios);
    assert.deepEqual(result.resumed?.map(({ after, again }) => [after, again]), [[1, undefined], [
      3,
      1,
    ]]);
  }
});

function inRound(round: number, rate: number): CompletedTrial {
  return { ...completedTrial({ rate }), round };
}

Deno.test("withCeiling() warns above 80 % of what the same client drove in the same case", () => {
  const kinds = (trial: Trial, ...earlier: Trial[]): string[] => {
    const warned = withCeiling(trial, earlier);
    return warned.state === "failed" ? [] : warned.warnings.map(({ kind }) => kind);
  };
  const ceiling = inRound(0, 1000);
  assert.ok(kinds(inRound(1, 801), ceiling).includes("near the ceiling"));
  assert.ok(!kinds(inRound(1, 800), ceiling).includes("near the ceiling"));
  assert.ok(!kinds(inRound(1, 999)).includes("near the ceiling"), "no ceiling was measured");
  assert.ok(!kinds(inRound(1, 999), inRound(0, 0)).includes("near the ceiling"), "it stood still");
  for (const other of [{ client: "ws" }, { case: "other" }, { scenario: "other" }]) {
    assert.ok(!kinds(inRound(1, 999), { ...ceiling, ...other }).includes("near the ceiling"));
  }
});

Deno.test("withCeiling() compares with the median of the ceilings that were measured", () => {
  const isNear = (rate: number, ...ceilings: Trial[]): boolean => {
    const warned = withCeiling(inRound(1, rate), ceilings);
    return warned.state === "completed" &&
      warned.warnings.some(({ kind }) => kind === "near the ceiling");
  };
  const three = [inRound(0, 2000), inRound(0, 100), inRound(0, 1000)];
  assert.deepEqual([800, 801].map((rate) => isNear(rate, ...three)), [false, true]);
  const failed = { ...failedTrial("it ended"), round: 0 };
  const absent = { ...inRound(0, 1), metrics: { rate: { absent: "no reply" } } };
  assert.ok(isNear(801, failed, absent, inRound(0, 1000)), "what has no rate does not count");
  assert.ok(!isNear(801, failed, absent));
  const [warning] = (withCeiling({ ...inRound(1, 1500), warnings: [] }, three) as CompletedTrial)
    .warnings;
  assert.deepEqual(warning, { kind: "near the ceiling", share: 1.5 }, "it beats the ceiling");
});

Deno.test("withCeiling() says of each agent how near it came to its own ceiling, and warns by its name", () => {
  /** A trial in whose window of a second agents read so much. */
  function shared(round: number, replies: Readonly<Record<string, number>>): CompletedTrial {
    const trial = inRound(round, 1) as CompletedTrial;
    const generators = Object.entries(replies).map(([agent, count]) => ({
      ...{ agent, connections: 1, sent: count, replies: count, cpu: 0.5, wait: 0 },
      ...{ beganMs: 0, clockOffsetMs: 0, clockErrorMs: 0, clockDrift: 0 },
    }));
    return {
      ...trial,
      metrics: {},
      warnings: [],
      phases: { ...trial.phases, windowMs: 1000 },
      sharing: { startSpreadMs: 0, overlapMs: 1000, generators },
    };
  }
  const ceilings = [shared(0, { a: 1000, b: 100 }), shared(0, { a: 1000, b: 100, c: 0 })];
  const { sharing, warnings } = withCeiling(
    shared(1, { a: 500, b: 90, c: 7, d: 3 }),
    ceilings,
  ) as CompletedTrial;
  assert.deepEqual(
    sharing!.generators.map(({ agent, ceilingShare }) => [agent, ceilingShare]),
    [["a", 0.5], ["b", 0.9], ["c", undefined], ["d", undefined]],
  );
  assert.deepEqual(warnings, [{ kind: "agent near its ceiling", agent: "b", share: 0.9 }]);
});

Deno.test("withCeiling() has nothing against a ceiling that saturates the client", () => {
  const trial = withCeiling(inRound(0, 1000), []);
  assert.ok(trial.state === "completed" && trial.warnings.length === 0);
});
