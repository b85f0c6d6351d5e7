import assert from "node:assert/strict";
import { altered, fixedText, json, type Payload, tagged, UNREADABLE } from "./payload.ts";

/** Checks a reply when message 5 of connection 3 is due. */
const check = (payload: Payload, reply: string | Uint8Array): number =>
  payload.check(reply, 3, 5, payload.message(3, 5));

Deno.test("fixedText() takes its own text as the reply that is due, and nothing else", () => {
  const payload = fixedText("hi");
  assert.equal(payload.message(0, 7), "hi");
  assert.equal(check(payload, "hi"), 5);
  assert.equal(check(payload, "ho"), UNREADABLE);
  assert.equal(check(payload, new TextEncoder().encode("hi")), UNREADABLE, "text became binary");
});

for (const size of [64, 65, 100, 1024, 16_384]) {
  Deno.test(`json() makes JSON of exactly ${size} bytes that names connection and number`, () => {
    const payload = json(size);
    for (const [connection, sequence] of [[0, 0], [3, 5], [1023, 1_234_567]] as const) {
      const message = payload.message(connection, sequence) as string;
      assert.equal(new TextEncoder().encode(message).length, size);
      const { connection: c, sequence: s } = JSON.parse(message);
      assert.deepEqual([c, s], [connection, sequence]);
    }
  });
}

Deno.test("json() tells which message a reply answers", () => {
  const payload = json(64);
  assert.equal(check(payload, payload.message(3, 5)), 5);
  assert.equal(check(payload, payload.message(3, 9)), 9);
});

Deno.test("json() finds a reply altered whatever byte was changed", () => {
  const payload = json(64);
  const right = payload.message(3, 5) as string;
  for (let at = 0; at < right.length; at++) {
    const wrong = right.slice(0, at) + "\u0001" + right.slice(at + 1);
    const found = check(payload, wrong);
    assert.ok(found < 0, `byte ${at}: ${wrong}`);
  }
});

Deno.test("json() finds a changed number, since the data do not fit it", () => {
  const payload = json(64);
  const wrong = (payload.message(3, 5) as string).replace('"sequence":5', '"sequence":7');
  assert.equal(altered(check(payload, wrong)), 7);
});

Deno.test("json() does not take the reply to another connection", () => {
  const payload = json(64);
  assert.equal(check(payload, payload.message(4, 5)), UNREADABLE);
});

Deno.test("json() throws below 64 bytes", () => {
  assert.throws(() => json(63), {
    name: "RangeError",
    message: "Cannot make a JSON message as 'size' must be at least 64: received 63",
  });
});

Deno.test("tagged() takes a reply with a tag of 0 to 999", () => {
  const payload = tagged("Hello Server ");
  assert.equal(payload.message(0, 12), "Hello Server 12");
  for (const tag of [0, 7, 42, 999]) assert.equal(check(payload, `Hello Server 5 - ${tag}`), 5);
  assert.equal(check(payload, "Hello Server 5123 - 1"), 5123);
});

for (
  const [reply, expected] of [
    ["Hello Server 5", altered(5)],
    ["Hello Server 5 - 1000", altered(5)],
    ["Hello Server 5 - 007", altered(5)],
    ["Hello Server 5 - 7 ", altered(5)],
    ["Hello Server 5 - -1", altered(5)],
    ["Hello Server 05 - 1", altered(0)],
    ["Hello Server  - 1", UNREADABLE],
    ["Hallo Server 5 - 1", UNREADABLE],
    ["", UNREADABLE],
  ] as const
) {
  Deno.test(`tagged() refuses "${reply}"`, () => {
    assert.equal(check(tagged("Hello Server "), reply), expected);
  });
}

Deno.test("altered() applied twice gives the number again, and is never UNREADABLE", () => {
  for (const sequence of [0, 1, 9_999]) {
    assert.equal(altered(altered(sequence)), sequence);
    assert.ok(altered(sequence) < UNREADABLE);
  }
});
