import assert from "node:assert/strict";
import {
  checkOptions,
  looseOption,
  maskedOptions,
  readOption,
  secretOptions,
  withDefaults,
} from "./options.ts";
import type { Protocol } from "./types.ts";
import { websocket } from "./websocket.ts";

const protocol: Protocol = {
  ...websocket,
  title: "Smoke",
  options: {
    qos: { about: "How sure.", type: "number", oneOf: [0, 1], default: 0 },
    topic: {
      about: "Where.",
      type: "text",
      problem: (value) => value === "" ? "must not be empty" : undefined,
    },
    password: { about: "For whom.", type: "text", isSecret: true },
    first: { about: "What is said first.", type: "json" },
  },
};

Deno.test("readOption() reads texts, numbers and JSON", () => {
  assert.equal(readOption(protocol, "topic", "7"), "7");
  assert.equal(readOption(protocol, "qos", "1"), 1);
  assert.deepEqual(readOption(protocol, "first", '["a"]'), ["a"]);
  assert.deepEqual([looseOption("{"), looseOption("[1]")], ["{", [1]]);
});

for (
  const [name, text, message] of [
    ["qos", "one", 'The option qos of Smoke needs a number: received "one"'],
    ["first", "{", 'The option first of Smoke needs JSON: received "{"'],
    ["colour", "1", 'Smoke has no option "colour": choose from qos, topic, password, first'],
  ] as const
) {
  Deno.test(`readOption() refuses ${name}=${text}`, () => {
    assert.throws(() => readOption(protocol, name, text), { name: "OptionError", message });
  });
}

for (
  const [values, message] of [
    [{ qos: 2 }, "The option qos of Smoke must be one of 0, 1: received 2"],
    [{ topic: 1 }, "The option topic of Smoke must be a text: received 1"],
    [{ topic: "" }, 'The option topic of Smoke must not be empty: received ""'],
    [{ password: 1234 }, "The option password of Smoke must be a text: received ***"],
    [{ toString: 1 }, 'Smoke has no option "toString": choose from qos, topic, password, first'],
  ] as const
) {
  Deno.test(`checkOptions() refuses ${JSON.stringify(values)}`, () => {
    assert.throws(() => checkOptions(protocol, values), { name: "OptionError", message });
  });
}

Deno.test("options have their defaults, and secrets are masked", () => {
  const values = { topic: "a", password: "hush" };
  checkOptions(protocol, values);
  assert.deepEqual(withDefaults(protocol, values), { qos: 0, ...values });
  assert.deepEqual(maskedOptions(protocol, values), { topic: "a", password: "***" });
  assert.deepEqual(secretOptions(protocol, values), ["hush"]);
});
