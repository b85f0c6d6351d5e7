import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import { parseCpuList } from "../machine/cpu_list.ts";
import { planRun, type RunPlan } from "./options.ts";
import type { RunOptions } from "./run_options.ts";
import { parsePlan, type PlanRecord, recordPlan } from "./plan_file.ts";

const named = ({ trials }: RunPlan): unknown =>
  trials.map(({ server, scenario, ...rest }) => ({ ...rest, server: server.id, in: scenario.id }));

for (
  const [name, options] of Object.entries<RunOptions>({
    "the defaults": {},
    "overrides": { overrides: { rate: 500, size: 128, connections: 3 }, profile: "quick" },
    "a precision": { servers: ["native"], scenarios: ["burst"], until: 0.1, rounds: 12 },
    "a shuffled order": { servers: ["native", "ws"], scenarios: ["burst"], order: "shuffled" },
    "generators that are found": {
      servers: ["native"],
      scenarios: ["latency"],
      generators: "auto",
    },
    "a run without the ceiling": { servers: ["native"], scenarios: ["latency"], ceiling: false },
    "your own server": {
      servers: ["ws", { name: "mine", command: "node server.js {port}", path: "/e" }, "native"],
      scenarios: ["rate", { id: "latency", cases: [{ connections: 2, inFlight: 1, size: 64 }] }],
      rounds: 3,
      baseline: "mine",
      pin: false,
    },
  })
) {
  Deno.test(`recordPlan() lets ${name} be planned again exactly`, async () => {
    const plan = planRun({ ...options, command: "--typed" });
    const record = recordPlan(options, plan, { assert: ["latency.p99 < 5ms"], reports: ["csv"] });
    const { command, run } = await parsePlan(JSON.stringify(record), "plan.json");
    const { assert: asserted, reports, ...again } = run;
    assert.deepEqual([command, asserted, reports], [
      plan.settings.command,
      ["latency.p99 < 5ms"],
      ["csv"],
    ]);
    const planned = planRun({ ...again, command });
    assert.deepEqual(planned.settings, plan.settings);
    assert.equal(planned.findsGenerators, plan.findsGenerators);
    assert.deepEqual(named(planned), named(plan));
  });
}

Deno.test(needing(["Linux", "taskset"], {
  name: "recordPlan() keeps the CPUs that were given",
  async fn() {
    const { pinning } = planRun({}).settings;
    if ("absent" in pinning) return;
    const cpus = { server: cpuRanges(pinning.generator), generator: cpuRanges(pinning.server) };
    const options = { servers: ["native"], cpus };
    const record = recordPlan(options, planRun(options), {});
    const { run } = await parsePlan(JSON.stringify(record), "plan.json");
    assert.deepEqual(planRun(run).settings.pinning, {
      server: parseCpuList(cpus.server),
      generator: parseCpuList(cpus.generator),
      reason: "--cpus was given",
    });
  },
}));

for (
  const [json, message] of [
    ["{", /^Cannot read plan\.json: /],
    ["null", /^plan\.json must be an object with "command" and "run"/],
    ['{"command":"","run":3}', /^plan\.json must be an object/],
    ['{"command":"","run":{"round":1}}', /^plan\.json: unknown key "round", did you mean "rounds"/],
    ['{"command":"","run":{"seed":"1"}}', /^plan\.json: seed must be of type number: received "1"/],
  ] as const
) {
  Deno.test(`parsePlan() refuses ${json}`, async () => {
    await assert.rejects(parsePlan(json, "plan.json"), { name: "UsageError", message });
  });
}

Deno.test("parsePlan() gives back what was recorded", async () => {
  const run = { servers: ["native"], seed: 1, order: "blocks" };
  const record: PlanRecord = { command: "a b", run };
  assert.deepEqual(await parsePlan(JSON.stringify(record), "plan.json"), record);
});

Deno.test("parsePlan() takes a plan that says nothing of its order for one of an older version", async () => {
  const old = { command: "a b", run: { servers: ["native"], seed: 1 } };
  const { run } = await parsePlan(JSON.stringify(old), "plan.json");
  assert.deepEqual(run, { ...old.run, order: "shuffled" });
});

Deno.test("recordPlan() records that a run without an order was shuffled", () => {
  const { settings: { order: _, ...settings }, ...plan } = planRun({ seed: 1 });
  assert.equal(recordPlan({}, { ...plan, settings }, {}).run.order, "shuffled");
});
