import assert from "node:assert/strict";
import { readArguments } from "../arguments.ts";
import { agentOptions } from "../options/shared_options.ts";
import { readAgents } from "./agents.ts";

const read = (...words: readonly string[]): ReturnType<typeof readAgents> =>
  readAgents(readArguments(words, agentOptions));

Deno.test("readAgents() reads where agents are, how many there must be, and with which labels", () => {
  assert.equal(read(), undefined);
  assert.deepEqual(read("--agents", "nats://a", "--agents-min", "2", "--agents-pick", "zone=a"), {
    nats: "nats://a",
    least: 2,
    pick: ["zone=a"],
  });
});

Deno.test("readAgents() refuses to choose among agents without a NATS to look for them", () => {
  for (const [name, value] of [["agents-min", "2"], ["agents-pick", "zone=a"]] as const) {
    assert.throws(() => read(`--${name}`, value), {
      name: "UsageError",
      message: `--${name} chooses among the agents at a NATS: add --agents nats://HOST:4222`,
    });
  }
});

Deno.test("readAgents() refuses labels that no agent can have", () => {
  for (const label of ["zone", "zone=", "=a", "zone=a=b"]) {
    assert.throws(() => read("--agents", "nats://a", "--agents-pick", `os=linux,${label}`), {
      name: "UsageError",
      message: `--agents-pick needs labels such as zone=a: received "${label}"`,
    });
  }
});
