import assert from "node:assert/strict";
import { announce, findInstances } from "./service.ts";
import { encode } from "./messages.ts";
import { memoryNet } from "./testing/memory_bus.ts";

Deno.test("announce() answers as a service of NATS does", async () => {
  const net = memoryNet();
  const announced = announce(net.bus(), {
    instance: "i1",
    version: "1.2.3",
    metadata: { id: "a" },
    subject: "wsmark.agent.i1",
  });
  const bus = net.bus();
  const read = async (subject: string): Promise<Record<string, unknown>> =>
    JSON.parse(new TextDecoder().decode(await bus.ask(subject, new Uint8Array())));
  const common = { name: "wsmark-agent", id: "i1", version: "1.2.3", metadata: { id: "a" } };
  assert.deepEqual(await read("$SRV.PING"), {
    type: "io.nats.micro.v1.ping_response",
    ...common,
  });
  assert.deepEqual(await read("$SRV.INFO.wsmark-agent.i1"), {
    type: "io.nats.micro.v1.info_response",
    ...common,
    description: "Makes load for wsmark",
    endpoints: [{ name: "orders", subject: "wsmark.agent.i1", queue_group: "" }],
  });
  assert.equal((await read("$SRV.STATS.wsmark-agent"))["type"], "io.nats.micro.v1.stats_response");
  announced[Symbol.dispose]();
  assert.deepEqual(await findInstances(bus), []);
});

Deno.test("findInstances() finds each once, and leaves out what says something else", async () => {
  const net = memoryNet();
  for (const instance of ["i1", "i2"]) {
    announce(net.bus(), { instance, version: "1", metadata: {}, subject: "s" });
  }
  for (const id of ["i2", "wild.card.*"]) {
    net.bus().answer("$SRV.PING.wsmark-agent", () => encode({ name: "wsmark-agent", id }));
  }
  net.bus().answer("$SRV.PING.wsmark-agent", () => new Uint8Array(3));
  assert.deepEqual(await findInstances(net.bus()), ["i1", "i2"]);
});
