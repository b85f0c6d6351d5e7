import assert from "node:assert/strict";
import { describeCase } from "./cases.ts";

for (
  const [parameters, id, title] of [
    [
      { size: 64, connections: 16, inFlight: 16 },
      "connections=16,inFlight=16,size=64",
      "16 connections, 16 in flight, 64 B",
    ],
    [{ connections: 1, inFlight: 1 }, "connections=1,inFlight=1", "1 connection, 1 in flight"],
    [
      { connections: 1024, inFlight: 1, size: 16_384 },
      "connections=1024,inFlight=1,size=16384",
      "1,024 connections, 1 in flight, 16 KiB",
    ],
    [{ concurrency: 1 }, "concurrency=1", "one after another"],
    [{ concurrency: 32 }, "concurrency=32", "32 at once"],
    [{ messages: 10_000 }, "messages=10000", "10,000 messages"],
    [{ size: 2 ** 20 }, "size=1048576", "1 MiB"],
    [{ size: 1000 }, "size=1000", "1,000 B"],
    [
      { connections: 8, size: 64, slow: 0 },
      "connections=8,size=64,slow=0",
      "8 connections, 64 B, nobody beside them",
    ],
    [
      { connections: 8, size: 64, messages: 2048, slow: 4 },
      "messages=2048,connections=8,size=64,slow=4",
      "8 connections, 64 B, beside 4 that send 2,048 messages and read late",
    ],
    [
      { messages: 9, prompt: 1, tls: "on" },
      "messages=9,prompt=1,tls=on",
      "beside 1 that sends 9 messages and reads as they come, TLS",
    ],
    [{ payload: "binary", size: 1024 }, "size=1024,payload=binary", "1 KiB, binary"],
  ] as const
) {
  Deno.test(`describeCase() names ${id}`, () => {
    assert.deepEqual(describeCase(parameters), { id, title, parameters });
  });
}

Deno.test("describeCase() explains a mix that has a name, but not one in its own words", () => {
  assert.deepEqual(describeCase({ connections: 1000, mix: "chat" }), {
    id: "mix=chat,connections=1000",
    title: "chat, 1,000 connections",
    about: "chat: 90 % listeners (ping 1 s), 8 % talkers (200 B 5/s), 2 % senders (64 KiB 1/s).",
    parameters: { connections: 1000, mix: "chat" },
  });
  const mix = "9 ping 1s + 1 200B 5/s";
  assert.deepEqual(describeCase({ connections: 20, mix }), {
    id: `mix=${mix},connections=20`,
    title: `${mix}, 20 connections`,
    parameters: { connections: 20, mix },
  });
});
