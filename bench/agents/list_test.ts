import assert from "node:assert/strict";
import { VERSION } from "../version.ts";
import { chooseAgents, findAgents } from "./list.ts";
import { type Description, DIALECT, encode, ordersOf } from "./messages.ts";
import { announce } from "./service.ts";
import { memoryNet } from "./testing/memory_bus.ts";

/** Agents that only describe themselves. */
function agentsOf(...all: readonly Partial<Description>[]) {
  const net = memoryNet();
  for (const [index, one] of all.entries()) {
    const description: Description = {
      id: `agent${index}`,
      instance: `i${index}`,
      version: VERSION,
      dialect: DIALECT,
      labels: {},
      host: "h",
      cpus: 2,
      platform: "linux",
      descriptors: "1024",
      load: 0.5,
      allows: [],
      session: null,
      ...one,
    };
    const { instance } = description;
    const bus = net.bus();
    announce(bus, { instance, version: VERSION, metadata: {}, subject: ordersOf(instance) });
    bus.answer(ordersOf(instance), (content) => {
      const { order } = JSON.parse(new TextDecoder().decode(content));
      return encode(
        order === "clock" ? { answer: "clock", atMs: 5 } : { answer: "description", description },
      );
    });
  }
  return net.bus();
}

const idsOf = (found: Awaited<ReturnType<typeof findAgents>>): string[] =>
  found.map(({ description }) => description.id);

Deno.test("findAgents() finds all by their ids, but those that say nonsense", async () => {
  const bus = agentsOf({ id: "b" }, { id: "a" }, { id: "bad\nid" });
  assert.deepEqual(idsOf(await findAgents(bus)), ["a", "b"]);
  assert.deepEqual(await findAgents(memoryNet().bus()), []);
});

Deno.test("chooseAgents() takes those with all labels, or with the ids of a run", async () => {
  const bus = agentsOf(
    { id: "a", labels: { zone: "x", size: "big" } },
    { id: "b", labels: { zone: "x" } },
    { id: "c", labels: { zone: "y", size: "big" } },
  );
  assert.deepEqual(idsOf(await chooseAgents(bus, { pick: ["zone=x"] })), ["a", "b"]);
  assert.deepEqual(idsOf(await chooseAgents(bus, { pick: ["zone=x", "size=big"] })), ["a"]);
  assert.deepEqual(idsOf(await chooseAgents(bus, { ids: ["a", "c"] })), ["a", "c"]);
});

for (
  const [what, agents, choice, message] of [
    [
      "an agent of another version",
      [{ id: "a", version: "0.0.1" }],
      {},
      `The agent a runs wsmark 0.0.1, and this is ${VERSION}: start it with the same version`,
    ],
    [
      "two of the same name",
      [{ id: "a" }, { id: "a" }],
      {},
      "Two agents at nats://memory are called a: end one, or give it another --id",
    ],
    [
      "one that is at work",
      [{ id: "a", session: "other" }],
      {},
      "The agent a works for another run: wait for its end, or choose others with --agents-pick",
    ],
    [
      "too few",
      [{ id: "a" }, { id: "b", labels: { zone: "x" } }],
      { least: 2, pick: ["zone=x"] },
      "There is 1 of 2 agents with zone=x at nats://memory (there: a, b): " +
      "start more with deno task agent --nats …",
    ],
    [
      "a run whose agents are not all there",
      [{ id: "a" }],
      { ids: ["a", "b"] },
      "The run needs the agents that it began with, and b is not at nats://memory (there: a): " +
      "start it with --id",
    ],
  ] as const
) {
  Deno.test(`chooseAgents() refuses ${what}`, async () => {
    await assert.rejects(chooseAgents(agentsOf(...agents), { ...choice, patienceMs: 0 }), {
      name: "UsageError",
      message,
    });
  });
}
