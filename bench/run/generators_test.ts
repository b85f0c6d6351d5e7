import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { reference } from "../../servers/mod.ts";
import { type FindMissing, planRun, type RunPlan } from "../plan/options.ts";
import type { RunOptions } from "../plan/run_options.ts";
import type { Result } from "../../measure/model/result.ts";
import { run } from "./run.ts";
import { chooseGenerators, findNumber, type Measuring, withGenerators } from "./generators.ts";

/** A machine on which one generator drives a million messages per second. */
interface Model {
  /** What each server answers at most, in millions per second; NaN for one that fails. */
  readonly servers: Readonly<Record<string, number>>;
  /** The most generators that are of use. */
  readonly most: number;
  /** The share of a generator that each one after the first adds. */
  readonly scaling?: number;
  /** What all generators together drive at most, in millions per second. */
  readonly limit?: number;
}

/** What is found there; each window takes a second. */
function find(
  { servers, most, scaling = 1, limit = Infinity }: Model,
  more: Partial<Measuring> = {},
) {
  let seconds = 0;
  const asked: string[] = [];
  const ceiling = (generators: number): number =>
    Math.min(1 + scaling * (generators - 1), limit) * 1e6;
  const answer = (what: string, generators: number, rate: number): Promise<number> => {
    seconds++;
    asked.push(`${what} ${generators}`);
    return Promise.resolve(Math.min(ceiling(generators), rate));
  };
  const found = findNumber({
    servers: Object.keys(servers).map((id) => ({ id, title: id.toUpperCase() })),
    most,
    budgetMs: 60_000,
    rateOf: (id, generators) => answer(id, generators, servers[id]! * 1e6),
    ceilingOf: (generators) => answer("reference", generators, Infinity),
    isStopped: () => false,
    now: () => seconds * 1000,
    ...more,
  });
  return { found, asked };
}

for (
  const [name, model, generators, reason, asked] of [
    [
      "keeps one where that is enough",
      { servers: { a: 0.2, b: 0.5 }, most: 8 },
      1,
      "the ceiling is then 2.0 × the rate of B, the fastest server",
      ["a 1", "b 1", "reference 1"],
    ],
    [
      "adds what is missing at once if it knows how much that is",
      { servers: { a: 0.2, b: 0.75 }, most: 8 },
      2,
      "the ceiling is then 2.7 × the rate of B, the fastest server",
      ["a 1", "b 1", "reference 1", "reference 2"],
    ],
    [
      "doubles, and tries servers again that were limited, until it knows what they answer",
      { servers: { a: 0.2, b: 2.6, c: 1.1 }, most: 32 },
      4,
      "the ceiling is then 1.5 × the rate of B, the fastest server",
      ["a 1", "b 1", "c 1", "reference 1", "b 2", "c 2", "reference 2", "b 4", "reference 4"],
    ],
    [
      "ends where the CPUs do",
      { servers: { a: 100 }, most: 6 },
      6,
      "there are CPUs for no more; the ceiling is 1.0 × the rate of A, the fastest server: 1.5 × is wanted",
      ["a 1", "reference 1", "a 2", "reference 2", "a 4", "reference 4", "a 6", "reference 6"],
    ],
    [
      "ends where more hardly raise the ceiling, with those that raised it",
      { servers: { a: 100 }, most: 64, limit: 2.1 },
      2,
      "more hardly raise the ceiling, which is 1.0 × the rate of A, the fastest server: 1.5 × is wanted",
      ["a 1", "reference 1", "a 2", "reference 2", "a 4", "reference 4"],
    ],
    [
      "goes on where each adds less than the one before",
      { servers: { a: 1.1 }, most: 16, scaling: 0.5 },
      3,
      "the ceiling is then 1.8 × the rate of A, the fastest server",
      ["a 1", "reference 1", "a 2", "reference 2", "reference 3"],
    ],
    [
      "says so if no server answers",
      { servers: { a: NaN, b: 0 }, most: 4 },
      1,
      "no server answered when their number was to be found",
      ["a 1", "b 1"],
    ],
  ] as const satisfies readonly (readonly [string, Model, number, string, readonly string[]])[]
) {
  Deno.test(`findNumber() ${name}`, async () => {
    const { found, asked: windows } = find(model);
    const { choice, ...number } = (await found)!;
    assert.deepEqual([number.generators, choice.reason, windows], [generators, reason, asked]);
    assert.equal(choice.tookMs, 1000 * windows.length);
  });
}

Deno.test("findNumber() records what was measured with each number", async () => {
  const { choice } = (await find({ servers: { a: 0.2, b: 1.1 }, most: 8 }).found)!;
  assert.deepEqual(choice.tries, [
    { generators: 1, ceiling: 1e6, fastest: 1e6, server: "b" },
    { generators: 2, ceiling: 2e6, fastest: 1.1e6, server: "b" },
  ]);
});

Deno.test("findNumber() tries no more servers than there is time for, and says so", async () => {
  const servers = Object.fromEntries(Array.from({ length: 60 }, (_, id) => [`s${id}`, 0.1]));
  const { found, asked } = find({ servers, most: 4 }, { budgetMs: 5000 });
  assert.equal(
    (await found)!.choice.reason,
    "the ceiling is then 10.0 × the rate of S0, the fastest server of the 6 that were tried",
  );
  assert.equal(asked.length, 7);
});

Deno.test("findNumber() keeps to one generator if the reference server fails", async () => {
  const ceilingOf = (): Promise<number> => Promise.resolve(NaN);
  const { generators, choice } = (await find({ servers: { a: 1 }, most: 4 }, { ceilingOf }).found)!;
  assert.deepEqual([generators, choice.reason, choice.tries], [
    1,
    "the reference server did not answer when their number was to be found",
    [],
  ]);
});

Deno.test("findNumber() ends when it is stopped, wherever it is", async () => {
  const model = { servers: { a: 100, b: 100 }, most: 64 };
  for (let windows = 0; windows < 6; windows++) {
    let left = windows;
    const { found, asked } = find(model, { isStopped: () => left-- <= 0 });
    assert.equal(await found, undefined);
    assert.equal(asked.length, windows);
  }
});

const there: FindMissing = () => undefined;

/** A plan as on a machine with so many CPUs for each side. */
function plan(options: RunOptions, cpus: number): RunPlan {
  const planned = planRun(
    { servers: ["native"], scenarios: ["throughput"], rounds: 1, generators: "auto", ...options },
    there,
  );
  const pinning = { server: new Array(cpus).fill(0), generator: new Array(cpus).fill(0) };
  return { ...planned, settings: { ...planned.settings, pinning } };
}

function choose(planned: RunPlan, signal = new AbortController().signal) {
  return chooseGenerators(planned, planned.settings, () => false, signal);
}

Deno.test("chooseGenerators() says where there is no choice, and starts nothing", async () => {
  for (
    const [planned, reason] of [
      [plan({}, 1), "there is 1 CPU for them"],
      [
        { ...plan({}, 4), reference: undefined },
        "the reference server, which shows the ceiling, cannot run here",
      ],
      [plan({ scenarios: ["idle"] }, 4), "no case of the run shows the ceiling"],
    ] as const
  ) {
    const found = await choose(planned);
    assert.deepEqual(found?.plan.settings.generatorChoice, { reason, tries: [], tookMs: 0 });
    assert.deepEqual([found?.reason, found?.plan.settings.generators], [reason, 1]);
  }
});

Deno.test(needing(["Linux"], {
  name: "withGenerators() gives the reference server as many workers as there are CPUs for",
  fn() {
    for (const [generators, cpus, workers] of [[4, 8, 4], [8, 4, 4], [1, 8, undefined]] as const) {
      const planned = withGenerators(plan({}, cpus), generators, {
        ...{ reason: "", tries: [], tookMs: 0 },
      });
      assert.equal(planned.settings.generators, generators);
      const own = planned.trials.filter(({ server }) => server.id === reference.id);
      assert.ok(own.length > 0);
      for (const { server } of [planned.reference!, ...own]) {
        assert.equal(server.setUp?.workers, workers);
      }
      assert.ok(planned.trials.some(({ server: { id, setUp } }) => id !== reference.id && !setUp));
    }
  },
}));

Deno.test(needing(["Linux", "taskset"], {
  name: "chooseGenerators() measures real processes: the hardest case, each server, the ceiling",
  async fn() {
    const { plan: { settings }, reason } = (await choose(plan({}, 2)))!;
    const choice = settings.generatorChoice!;
    assert.equal(choice.reason, reason);
    assert.equal(choice.scenario, "throughput");
    assert.match(choice.case!, /64/);
    assert.equal(choice.tries[0]!.server, "native");
    assert.ok(choice.tries.every(({ ceiling, fastest }) => ceiling > 0 && fastest > 0));
    assert.ok([1, 2].includes(settings.generators));
  },
}));

Deno.test(needing(["Linux", "taskset"], {
  name: "run() chooses before its first trial, and a run that goes on keeps what was chosen",
  async fn() {
    const planned = plan({ durationMs: 100, warmupMs: 0, scenarios: ["latency"] }, 2);
    const { signal } = new AbortController();
    const kinds: string[] = [];
    let result: Result | undefined;
    for await (const event of run(planned, signal)) {
      if (event.kind === "ended") result = event.result;
      else if (event.kind !== "planned") kinds.push(event.kind);
    }
    const { settings, reference: described } = result!;
    assert.equal(kinds[0], "generators chosen");
    assert.equal(kinds.filter((kind) => kind === "generators chosen").length, 1);
    assert.ok(settings.generatorChoice!.tries.length > 0);
    assert.equal(described!.workers, settings.generators > 1 ? settings.generators : undefined);

    const before = { ...result!, trials: [], settings: { ...settings, generators: 2 } };
    const finish = AbortSignal.abort();
    for await (
      const event of run(planned, signal, { finish, earlier: { trials: [], result: before } })
    ) {
      assert.ok(event.kind !== "generators chosen");
      if (event.kind === "ended") assert.deepEqual(event.result.settings, before.settings);
    }
  },
}));

Deno.test("chooseGenerators() ends at once when the run is stopped", async () => {
  assert.equal(await choose(plan({}, 2), AbortSignal.abort()), undefined);
});
