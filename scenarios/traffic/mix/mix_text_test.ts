import assert from "node:assert/strict";
import { divided, isLarge, mixInWords, readMix } from "./mix_text.ts";
import { MIXES } from "./mixes.ts";

Deno.test("readMix() finds the mixes with a name, those with large messages last", () => {
  for (const [name, groups] of Object.entries(MIXES)) {
    const found = readMix(name);
    assert.deepEqual(new Set(found), new Set(groups));
    const firstLarge = found.findIndex(isLarge);
    assert.ok(firstLarge > 0, `${name} has small and large messages`);
    assert.ok(found.slice(firstLarge).every(isLarge));
    assert.ok(found.some(({ pingEveryS }) => pingEveryS !== undefined), `${name} has pings`);
  }
});

Deno.test("readMix() reads a mix in its own words", () => {
  const text = "20 64 KiB 2/s  + 900 ping 1s+80 200B 0.5/s constant ping 2.5 s";
  assert.deepEqual(readMix(text), [
    { title: "", connections: 900, pingEveryS: 1 },
    {
      title: "",
      connections: 80,
      messages: { size: 200, rate: 0.5, arrivals: "constant" },
      pingEveryS: 2.5,
    },
    { title: "", connections: 20, messages: { size: 65_536, rate: 2, arrivals: "poisson" } },
  ]);
  assert.deepEqual(readMix("1 1MiB 1/s").map(({ messages }) => messages?.size), [2 ** 20]);
});

for (
  const [text, name, message] of [
    [
      "chta",
      "SyntaxError",
      /^Unknown mix "chta": name chat, feed, files, or write groups as '900 /,
    ],
    ["toString", "SyntaxError", /^Unknown mix "toString"/],
    ["", "SyntaxError", /^Unknown group of a mix "": write groups as/],
    ["5 200B 5/s + 3 pong 1s", "SyntaxError", /^Unknown group of a mix "3 pong 1s": write/],
    ["5 ping 1s", "RangeError", /^Some group of a mix must send messages: received "5 ping 1s"$/],
    ["0 200B 5/s", "RangeError", /^The number of connections .* from 1 to 100000: received 0$/],
    ["1 2MiB 5/s", "RangeError", /^The size of a message .* from 1 to 1048576: received 2097152$/],
    ["1 20B 0/s", "RangeError", /^The rate of a connection of a mix must be from 0\.001 to/],
    ["1 20B 1/s ping 0s", "RangeError", /^The time between pings of a mix must be from/],
    [Array(17).fill("1 20B 1/s").join("+"), "RangeError", /at most 16 groups: received 17$/],
  ] as const
) {
  Deno.test(`readMix() refuses "${text.slice(0, 40)}"`, () => {
    assert.throws(() => readMix(text), { name, message });
  });
}

Deno.test("divided() gives each group its part, and at least one connection", () => {
  const chat = readMix("chat");
  assert.deepEqual(divided(chat, 1000), [900, 80, 20]);
  assert.deepEqual(divided(chat, 5000), [4500, 400, 100]);
  assert.deepEqual(divided(chat, 10), [8, 1, 1]);
  assert.deepEqual(divided(chat, 3), [1, 1, 1]);
  for (let connections = 3; connections < 300; connections++) {
    const counts = divided(chat, connections);
    assert.equal(counts.reduce((sum, count) => sum + count, 0), connections);
    assert.ok(counts.every((count) => count >= 1), counts.join(" "));
  }
  const even = readMix(
    ["1", "1", "1", "1", "100", "100", "100"].map((n) => `${n} 20B 1/s`).join("+"),
  );
  assert.deepEqual(divided(even, 7), [1, 1, 1, 1, 1, 1, 1]);
  assert.throws(() => divided(chat, 2), {
    name: "RangeError",
    message: "A mix of 3 groups needs as many connections or more: received 2",
  });
});

Deno.test("mixInWords() says who does what", () => {
  assert.equal(
    mixInWords(MIXES.chat!),
    "90 % listeners (ping 1 s), 8 % talkers (200 B 5/s), 2 % senders (64 KiB 1/s)",
  );
});
