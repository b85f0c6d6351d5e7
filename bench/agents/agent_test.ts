import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { knownServer } from "../../checks/verify/servers.ts";
import { plannedTrial } from "../testing/plans.ts";
import { runTrial, type TrialSettings } from "../run/trial.ts";
import { VERSION } from "../version.ts";
import { startAgent } from "./agent.ts";
import type { Bus } from "./bus.ts";
import { type Fleet, takeAgents } from "./fleet.ts";
import { hostKey } from "./host.ts";
import { findAgents, give } from "./list.ts";
import { DIALECT } from "./messages.ts";
import { type MemoryNet, memoryNet } from "./testing/memory_bus.ts";
import { assertCompleted } from "../testing/trials.ts";

interface Started extends AsyncDisposable {
  readonly bus: Bus;
  readonly instance: string;
  readonly said: string[];
}

/** Starts an agent in this process. */
async function agentOn(
  net: MemoryNet,
  id: string,
  addressOf: (url: string) => Promise<string> = () => Promise.resolve("127.0.0.1"),
): Promise<Started> {
  const bus = net.bus();
  const said: string[] = [];
  const instance = crypto.randomUUID();
  const identity = { id, instance, labels: {}, host: await hostKey(), allows: ["everything"] };
  const agent = startAgent({ bus, identity, addressOf, say: (line) => said.push(line) });
  return { bus, instance, said, [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose]() };
}

async function drive(
  fleet: Fleet,
  { connections = 5, ...options }: Partial<TrialSettings> & { connections?: number } = {},
) {
  const settings: TrialSettings = {
    warmupMs: 20,
    durationMs: 300,
    pinning: { absent: "this is a test" },
    engine: { id: Deno.build.os === "linux" ? "epoll" : "tcp" },
    generators: fleet.agents.length,
    samples: 10,
    fleet,
    ...options,
  };
  const parameters = { connections, inFlight: 2, size: 64 };
  const plan = plannedTrial(knownServer("known", "known", {}), undefined, parameters);
  return await runTrial({ ...plan, client: "wire" }, settings, new AbortController().signal);
}

const take = (session: string, version: string = VERSION) =>
  ({ order: "take", session, version, dialect: DIALECT }) as const;

Deno.test("startAgent() gives itself to one run at a time, and to none of another version", async () => {
  const net = memoryNet();
  await using agent = await agentOn(net, "a");
  const { instance } = agent;
  const bus = net.bus();
  // Somebody answers that both runs are alive.
  using _one = bus.answer("wsmark.session.one.alive", (content) => content);
  using _two = bus.answer("wsmark.session.two.alive", (content) => content);
  assert.deepEqual(await give(bus, instance, take("one", "0.0.1")), {
    answer: "refused",
    reason: `it runs wsmark ${VERSION}, and the coordinator 0.0.1`,
  });
  assert.equal((await give(bus, instance, take("one"))).answer, "taken");
  assert.equal((await give(bus, instance, take("one"))).answer, "taken");
  assert.deepEqual(await give(bus, instance, take("two")), {
    answer: "refused",
    reason: "it works for another run",
  });
  assert.deepEqual(await give(bus, instance, { order: "release", session: "two" }), {
    answer: "refused",
    reason: "that session is over",
  });
  assert.equal((await give(bus, instance, { order: "release", session: "one" })).answer, "done");
  assert.equal((await give(bus, instance, take("two"))).answer, "taken");
  assert.deepEqual(agent.said, ["taken by a run", "ready: its run is over", "taken by a run"]);
});

Deno.test("startAgent() answers what it cannot read, or may not do, with the reason", async () => {
  const net = memoryNet();
  await using agent = await agentOn(net, "a");
  const bus = net.bus();
  using _alive = bus.answer("wsmark.session.s.alive", (content) => content);
  const reasonOf = async (order: unknown): Promise<string> => {
    const answer = await give(bus, agent.instance, order as ReturnType<typeof take>);
    return answer.answer === "refused" ? answer.reason : answer.answer;
  };
  assert.match(await reasonOf({ order: "shell", command: "id" }), /^Cannot read a message/);
  await give(bus, agent.instance, take("s"));
  const start = {
    ...{ order: "start", session: "s", work: "w", title: "t" },
    ...{ client: "browser", isPaced: false, connections: 1, hasReference: false },
  };
  assert.equal(await reasonOf(start), "agents drive the client wire alone");
});

Deno.test("startAgent() ends its work when the coordinator is gone", async () => {
  const net = memoryNet();
  await using agent = await agentOn(net, "a");
  const coordinator = net.bus();
  await using _fleet = await takeAgents(coordinator, {});
  const [before] = await findAgents(net.bus());
  assert.notEqual(before!.description.session, null);
  net.cut(coordinator);
  await until("the agent to be ready", () => agent.said.length === 2);
  assert.deepEqual(agent.said, ["taken by a run", "ready: its coordinator is gone"]);
});

for (const times of [1, 2]) {
  const often = times === 1 ? "once" : "twice, as when answers are lost";
  Deno.test(needing("Unix", {
    name: `agents share a trial when each message arrives ${often}`,
    async fn() {
      const net = memoryNet(64 * 1024);
      net.times = times;
      await using a = await agentOn(net, "a");
      await using b = await agentOn(net, "b");
      await using fleet = await takeAgents(net.bus(), { least: 2 });
      let pulses = 0;
      const trial = await drive(fleet, { durationMs: 500, pulse: () => pulses++ });
      assertCompleted(trial);
      if (trial.state !== "completed") return;
      assert.ok(pulses > 0);
      const { counts, integrity, sharing } = trial;
      assert.deepEqual(sharing!.generators.map(({ connections }) => connections), [3, 2]);
      assert.equal(counts.connections, 5);
      assert.equal(integrity.answered, integrity.sent);
      for (const { said } of [a, b]) {
        assert.match(
          said[1]!,
          /^trial 1: known, throughput, connections=5.*: [23] connections, (\d+) of \1 messages answered/,
        );
      }
    },
  }));
}

Deno.test(needing("Unix", {
  name: "an agent that may not drive a target fails the trial by its name, and has opened nothing",
  async fn() {
    const net = memoryNet();
    await using _a = await agentOn(net, "a");
    await using _b = await agentOn(
      net,
      "b",
      () => Promise.reject(new Error("it may not drive it")),
    );
    await using fleet = await takeAgents(net.bus(), { least: 2 });
    const trial = await drive(fleet);
    assert.equal(trial.state === "failed" && trial.reason, "The agent b: it may not drive it");
  },
}));

Deno.test("Fleet.recover() takes an agent again that was lost and is back, by its id", async () => {
  const net = memoryNet();
  const a = await agentOn(net, "a");
  await using fleet = await takeAgents(net.bus(), {});
  const { signal } = new AbortController();
  assert.equal(await fleet.recover(signal), undefined);
  net.cut(a.bus);
  const trial = await drive(fleet, { durationMs: 60_000 });
  assert.match(trial.state === "failed" ? trial.reason : "", /^The agent a: it is gone/);
  await a[Symbol.asyncDispose]();
  await using _again = await agentOn(net, "a");
  assert.equal(await fleet.recover(signal), undefined);
  const next = await drive(fleet);
  assertCompleted(next);
});
