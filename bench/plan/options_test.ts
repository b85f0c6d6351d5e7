import assert from "node:assert/strict";
import { windowMs } from "./estimate.ts";
import { type FindMissing, planRun, type RunPlan } from "./options.ts";
import type { RunOptions } from "./run_options.ts";

const plan = (options: RunOptions = {}, findMissing?: FindMissing): RunPlan =>
  planRun({ seed: 1, ...options }, findMissing);
const cases = (options: RunOptions): string[] =>
  plan(options).scenarios.flatMap(({ cases }) => cases.map(({ id }) => id));

Deno.test("planRun() takes what need not be asked for and the standard profile when nothing is said", () => {
  const { settings, contenders, scenarios, trials } = plan();
  assert.equal(settings.profile, "standard");
  assert.deepEqual(contenders.map(({ server: { id }, client }) => [id, client]), [
    ["native", "wire"],
    ["ws", "wire"],
    ["socketio", "wire"],
  ]);
  assert.deepEqual(scenarios.map(({ scenario: { id } }) => id), [
    "roundtrip",
    "latency",
    "throughput",
    "rate",
    "connect",
    "scalability",
    "burst",
    "idle",
  ]);
  assert.equal(trials.filter(({ round }) => round > 0).length, 3 * 16 * 10);
});

Deno.test("planRun() makes the same order of the same seed, and records one that it chose", () => {
  const order = (seed: number): string[] =>
    plan({ seed }).trials.map(({ server, scenario, case: { id } }) => server.id + scenario.id + id);
  assert.deepEqual(order(5), order(5));
  assert.notDeepEqual(order(5), order(6));
  assert.ok(Number.isInteger(planRun({}).settings.seed));
});

Deno.test("planRun() leaves out the ceiling if it is told to, and records that", () => {
  const { settings, reference, trials } = plan({ scenarios: ["latency"], ceiling: false });
  assert.equal(settings.ceiling, false);
  assert.equal(reference, undefined);
  assert.deepEqual(trials.filter(({ round }) => round === 0), []);
  assert.equal("ceiling" in plan({ scenarios: ["latency"] }).settings, false);
});

Deno.test("planRun() leaves the number of generators to be found, by the ceiling", () => {
  const { settings, findsGenerators } = plan({ scenarios: ["latency"], generators: "auto" });
  assert.deepEqual([settings.generators, findsGenerators], [1, true]);
  assert.equal(plan({ scenarios: ["latency"], generators: 2 }).findsGenerators, undefined);
  assert.throws(() => plan({ generators: "auto", ceiling: false }), {
    name: "UsageError",
    message:
      "--generators auto goes by the ceiling of the generators: leave --no-ceiling out, or give their number",
  });
});

Deno.test("planRun() runs a round in blocks unless it is told to shuffle it, and records which", () => {
  const options: RunOptions = { scenarios: ["latency", "burst"], rounds: 1 };
  /** How often the case is another one than before. */
  const changes = ({ trials }: RunPlan): number => {
    const inRound = trials.filter(({ round }) => round === 1)
      .map(({ scenario, case: one }) => `${scenario.id} ${one.id}`);
    return inRound.filter((one, index) => index > 0 && one !== inRound[index - 1]).length;
  };
  const [blocks, shuffled] = [plan(options), plan({ ...options, order: "shuffled" })];
  assert.deepEqual([blocks.settings.order, changes(blocks)], ["blocks", 1]);
  assert.equal(shuffled.settings.order, "shuffled");
  assert.ok(changes(shuffled) > 1);
  assert.deepEqual(plan({ ...options, order: "blocks" }).trials, blocks.trials);
});

Deno.test("planRun() plans up to 100 rounds where these run until a precision, unless their number is given", () => {
  const options: RunOptions = { servers: ["native"], scenarios: ["latency"], until: 0.05 };
  const { settings } = plan(options);
  assert.deepEqual([settings.until, settings.rounds], [0.05, 100]);
  assert.equal(plan({ ...options, rounds: 20 }).settings.rounds, 20);
  assert.ok(!("until" in plan().settings));
});

Deno.test("planRun() takes what is said over the profile", () => {
  const { settings, trials } = plan({
    profile: "quick",
    rounds: 2,
    durationMs: 1234,
    warmupMs: 0,
    servers: ["ws"],
    scenarios: ["latency"],
  });
  assert.equal(settings.profile, "quick");
  assert.deepEqual([settings.rounds, settings.durationMs, settings.warmupMs], [2, 1234, 0]);
  assert.equal(trials.filter(({ round }) => round > 0).length, 2);
});

Deno.test("planRun() overrides parameters in the cases that have them", () => {
  assert.deepEqual(cases({ scenarios: ["latency", "connect"], overrides: { size: 256 } }), [
    "connections=1,inFlight=1,size=256",
    "concurrency=1",
    "concurrency=32",
  ]);
});

Deno.test("planRun() counts cases that have become alike once", () => {
  assert.deepEqual(cases({ scenarios: ["scalability"], overrides: { connections: 32 } }), [
    "connections=32,inFlight=1,size=64",
  ]);
});

Deno.test("planRun() takes an arrival rate in place of the loads", () => {
  assert.deepEqual(
    cases({ scenarios: ["rate"] }),
    [10, 50, 80].map((load) => `connections=64,size=64,arrivals=constant,load=${load}`),
  );
  assert.deepEqual(cases({ scenarios: ["rate"], overrides: { rate: 5000, arrivals: "poisson" } }), [
    "connections=64,size=64,arrivals=poisson,rate=5000",
  ]);
});

Deno.test("planRun() finds the rates of the loads before the rounds, once for each server", () => {
  const { trials } = plan({ scenarios: ["rate"], rounds: 1 });
  assert.deepEqual(
    trials.slice(0, 4).map(({ round, server: { id }, case: one }) => [round, id, one.id]),
    [
      [0, "native", "connections=64,inFlight=1,size=64"],
      [0, "ws", "connections=64,inFlight=1,size=64"],
      [0, "socketio", "connections=64,inFlight=1,size=64"],
      [1, trials[3]!.server.id, trials[3]!.case.id],
    ],
  );
  assert.equal(trials.length, 3 + 9);
  const given = plan({ scenarios: ["rate"], rounds: 1, overrides: { rate: 5000 } });
  assert.equal(given.trials.length, 3);
});

Deno.test("planRun() takes all scenarios when asked to", () => {
  const ids = plan({ scenarios: ["all"] }).scenarios.map(({ scenario: { id } }) => id);
  assert.ok(ids.includes("capacity"));
  assert.deepEqual(cases({ scenarios: ["capacity"], overrides: { sloMs: 2.5 } }), [
    "connections=64,size=64,arrivals=constant,sloMs=2.5",
  ]);
});

Deno.test("planRun() drives each server with the first client that speaks its protocol", () => {
  const { contenders } = plan({ clients: ["ws", "socketio"] });
  assert.deepEqual(contenders.map(({ client }) => client), ["ws", "ws", "socketio"]);
});

for (
  const [options, message] of [
    [
      { servers: ["natve"] },
      /^Unknown server "natve", did you mean "native"\? Known: native, ws, socketio, .* more: see deno task list$/,
    ],
    [{ scenarios: ["lag"] }, /^Unknown scenario "lag"\. Known: roundtrip, /],
    [{ clients: ["curl"] }, /^Unknown client "curl"/],
    [{ profile: "fast" }, /^Unknown profile "fast"/],
    [{ until: 0 }, /^The precision \(--until\) must be from 0\.1 to 100 %: received 0 %$/],
    [{ until: NaN }, /received NaN %$/],
    [{ order: "block" }, /^Unknown order "block", did you mean "blocks"\?/],
    [{ rounds: 0 }, /^The number of rounds must be a whole number from 1 to 1000: received 0$/],
    [{ rounds: 1.5 }, /received 1\.5$/],
    [{ durationMs: -1000 }, /^The duration must be from 0\.1 to 3600 s: received -1 s$/],
    [{ durationMs: NaN }, /received NaN s$/],
    [{ warmupMs: -1 }, /^The warm-up must be from 0 /],
    [{ seed: 0.5 }, /^The seed must be a whole number from 0 .*: received 0\.5$/],
    [
      { overrides: { connections: 0 } },
      /^The number of connections must be a whole number from 1 /,
    ],
    [
      { scenarios: ["rate"], overrides: { rate: 0 } },
      /^The arrival rate must be above 0 and at most 10000000 per second: received 0$/,
    ],
    [
      { scenarios: ["session", "crowd"], overrides: { think: "1s" } },
      /^No chosen scenario has a time to think: received 1s for session, crowd, as it measures how long .*, and all of/,
    ],
    [
      { scenarios: ["fanout"], overrides: { think: "1s" } },
      /^No chosen scenario has a time to think: received 1s for fanout, as the speaker goes on as soon as/,
    ],
    [
      { scenarios: ["latency"], overrides: { rate: 10 } },
      /^No chosen scenario has an arrival rate: received 10 for latency$/,
    ],
    [
      { scenarios: ["rate"], overrides: { arrivals: "random" as "poisson" } },
      /^Unknown kind of arrivals "random": name constant or poisson$/,
    ],
    [
      { scenarios: ["sizes"], overrides: { payload: "json" as "text" } },
      /^Unknown kind of payload "json": name text, binary, random or documents$/,
    ],
    [
      { scenarios: ["idle"], overrides: { size: 100 } },
      /^No chosen scenario has a payload size: received 100 for idle$/,
    ],
    [
      { scenarios: ["latency"], overrides: { size: 10 } },
      /^latency: Cannot make a message as 'size' must be at least 16: received 10$/,
    ],
    [
      { clients: ["ws"] },
      /^The client "ws" does not speak socket\.io, as the server "socketio" does: add wire or socketio to --client, or leave the server out$/,
    ],
  ] as const satisfies readonly (readonly [RunOptions, RegExp])[]
) {
  Deno.test(`planRun() refuses ${JSON.stringify(options)}`, () => {
    assert.throws(() => plan(options), (error: Error) => {
      assert.equal(error.name, "UsageError");
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("planRun() makes the same plan whatever is installed, but for what is left out", () => {
  const options: RunOptions = { servers: ["native", "tornado"], scenarios: ["latency"] };
  const missing = ({ id }: { id: string }) => id === "native" ? undefined : `there is no ${id}`;
  assert.deepEqual(plan({ ...options, leaveOut: true }, missing).leftOut, [
    { id: "tornado", title: "Tornado", reason: "there is no tornado" },
  ]);
  assert.deepEqual(plan(options, () => undefined).leftOut, []);
  assert.throws(() => plan(options, missing), {
    name: "UsageError",
    message: "Tornado cannot be started here: there is no tornado",
  });

  const tagged = plan({ ...options, servers: ["native", "lang:python"] }, missing);
  assert.deepEqual(tagged.contenders.map(({ server }) => server.id), ["native"]);
  assert.ok(tagged.leftOut.some(({ id }) => id === "tornado"));
  assert.throws(() => plan({ ...options, servers: ["all", "tornado"] }, missing), {
    message: "Tornado cannot be started here: there is no tornado",
  });

  const browser: RunOptions = { ...options, servers: ["native"], clients: ["browser"] };
  assert.equal(plan(browser, () => undefined).contenders[0]!.client, "browser");
  assert.throws(() => plan(browser, missing), { message: "there is no browser" });
});

Deno.test("planRun() refuses more trials than anybody can wait for, before it makes them", () => {
  const cases = Array.from({ length: 1001 }, (_, index) => ({ size: index + 64 }));
  assert.throws(
    () => plan({ servers: ["native"], scenarios: [{ id: "latency", cases }], rounds: 1000 }),
    {
      name: "UsageError",
      message:
        "A run has at most 1000000 trials: received 1 servers × 1001 cases × 1000 rounds = " +
        "1001000",
    },
  );
});

Deno.test("planRun() takes stages in place of the loads, once, and a window that lasts as long as they do", () => {
  const stages = "1s:100, 2m:1000";
  const { scenarios } = plan({ scenarios: ["rate", "stages"], overrides: { stages } });
  assert.deepEqual(scenarios.map(({ cases }) => cases.map(({ parameters }) => parameters)), [
    [{ connections: 64, size: 64, arrivals: "constant", stages }],
    [{ stages, inFlight: 1, size: 64, think: "100ms±50" }],
  ]);
  for (const { scenario, cases } of scenarios) {
    assert.equal(windowMs(scenario, cases[0]!.parameters, { durationMs: 300 }), 121_000);
  }
});

Deno.test("planRun() gives a case with pauses, or with idle connections at a rate, time for them", () => {
  const { scenarios } = plan({
    scenarios: ["latency", "idle"],
    overrides: { think: "1s±0.5", connectRate: 500 },
  });
  const windows = scenarios.map(({ scenario, cases }) =>
    windowMs(scenario, cases[0]!.parameters, { durationMs: 300 })
  );
  assert.deepEqual(windows, [4500, 2000]);
});

for (
  const [overrides, scenarios, message] of [
    [
      { stages: "1s:1" },
      undefined,
      "Name the scenario that --stages is for with --scenarios: stages for connections, rate or churn for arrivals per second",
    ],
    [
      { stages: "1s:1", rate: 5 },
      ["rate"],
      "An arrival rate goes by stages or is the same all the time: give --rate or --stages",
    ],
    [
      { stages: "1s:1.5" },
      ["stages"],
      "stages: A stage must lead to a whole number of connections, at most 100000: received 1.5",
    ],
    [
      { stages: "soon" },
      ["rate"],
      `Unknown stage "soon": write stages as '30s:100, 2m:1000, 30s:0'`,
    ],
    [
      { backoff: "1s" },
      ["latency"],
      "No chosen scenario has a back-off: received 1s for latency",
    ],
  ] as const
) {
  Deno.test(`planRun() refuses ${JSON.stringify(overrides)} for ${scenarios}`, () => {
    assert.throws(() => plan({ ...(scenarios && { scenarios }), overrides }), {
      name: "UsageError",
      message,
    });
  });
}
