import assert from "node:assert/strict";
import { planRun } from "./options.ts";
import { recordPlan } from "./plan_file.ts";
import type { RunOptions } from "./run_options.ts";

const HERE = { nats: "nats://10.0.0.1:4222", ids: ["a", "b"], areHere: true };
const FAR = { ...HERE, areHere: false };
const mine = (url: string): RunOptions => ({ servers: [{ name: "mine", url }] });
const plan = (options: RunOptions) =>
  planRun({ seed: 1, scenarios: ["latency"], servers: ["native"], ...options }, () => undefined);

Deno.test("planRun() shares trials among agents, one generator on each", () => {
  const { settings } = plan({ agents: HERE });
  assert.equal(settings.generators, 2);
  assert.deepEqual(settings.agents, { nats: "nats://10.0.0.1:4222", ids: ["a", "b"] });
  assert.deepEqual(settings.pinning, { absent: "the client runs on agents" });
});

Deno.test("planRun() has a ceiling wherever the agents are: each has a reference server of its own", () => {
  if (Deno.build.os !== "linux") return;
  assert.notEqual(plan({ agents: FAR, ...mine("ws://10.0.0.9:8080/") }).reference, undefined);
  assert.notEqual(plan({ agents: HERE }).reference, undefined);
});

Deno.test("recordPlan() records the agents that a run needs again, and how they were picked", () => {
  const options: RunOptions = { agents: { ...HERE, pick: ["zone=x"] } };
  const { run } = recordPlan(options, plan(options), {});
  assert.deepEqual(run.agents, {
    nats: "nats://10.0.0.1:4222",
    ids: ["a", "b"],
    pick: ["zone=x"],
  });
  assert.equal("generators" in run, false);
});

for (
  const [what, options, message] of [
    [
      "a server that is started here, for agents on other machines",
      { agents: FAR },
      "native is started on this machine, at an address that other machines do not reach: start it with " +
      "deno task serve --hostname ADDRESS, and name it with --url, or name an agent with --server-agent",
    ],
    [
      "a loopback address for agents on other machines",
      { agents: FAR, ...mine("ws://127.0.0.1:8080/") },
      "mine is at a loopback address, which is another machine on each agent: give --url an address " +
      "that agents reach",
    ],
    [
      "generators beside agents",
      { agents: HERE, generators: 2 },
      "Give --agents or --generators, not both: each agent is one generator, and a machine may have several agents",
    ],
    [
      "addresses of this machine",
      { agents: HERE, sources: ["127.0.0.2"] },
      "The addresses of --source are those of this machine: leave it out with --agents",
    ],
    [
      "CPUs of this machine",
      { agents: HERE, cpus: { server: "0" } },
      "The CPUs of --cpus are those of this machine: leave it out with --agents",
    ],
    [
      "another client",
      { agents: HERE, clients: ["ws"] },
      "Agents drive the client wire alone: received ws for native. Leave --client out",
    ],
  ] as const
) {
  Deno.test(`planRun() refuses ${what}`, () => {
    assert.throws(() => plan(options), { name: "UsageError", message });
  });
}
