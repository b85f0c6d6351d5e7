import assert from "node:assert/strict";
import { Composer } from "../../protocols/parts/composer.ts";
import { deflateRawSync } from "node:zlib";
import {
  altered,
  counted,
  documents,
  fixedText,
  json,
  messageOf,
  numbered,
  numberedText,
  type Payload,
  type PayloadKind,
  random,
  tagged,
  textOf as textPayload,
  UNREADABLE,
} from "./payload.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The message with a number on a connection. */
function message(payload: Payload, connection: number, sequence: number): Uint8Array {
  const target = new Uint8Array(payload.size + 20).fill(0xee);
  const end = payload.write(target, 10, connection, sequence);
  assert.ok(target.subarray(0, 10).every((byte) => byte === 0xee), "nothing before it is touched");
  assert.ok(target.subarray(end).every((byte) => byte === 0xee), "nor after it");
  return target.slice(10, end);
}

const textOf = (payload: Payload, connection: number, sequence: number): string =>
  decoder.decode(message(payload, connection, sequence));

/** Checks a reply when message 5 of connection 3 is due. */
function check(payload: Payload, reply: string | Uint8Array): number {
  const bytes = typeof reply === "string" ? encoder.encode(reply) : reply;
  const source = new Uint8Array(bytes.length + 20);
  source.set(bytes, 7);
  return payload.check(source, 7, 7 + bytes.length, 3, 5);
}

Deno.test("fixedText() accepts its own text as the reply that is due, and nothing else", () => {
  const payload = fixedText("hi");
  assert.equal(textOf(payload, 0, 7), "hi");
  assert.equal(check(payload, "hi"), 5);
  for (const wrong of ["ho", "h", "hi ", ""]) assert.equal(check(payload, wrong), UNREADABLE);
});

for (const size of [16, 17, 18, 19, 100, 16_384]) {
  Deno.test(`numbered() makes ${size} bytes that name connection and number`, () => {
    const payload = numbered(size);
    for (const [connection, sequence] of [[0, 0], [3, 5], [99_999, 4_000_000_000]] as const) {
      const bytes = message(payload, connection, sequence);
      const view = new DataView(bytes.buffer);
      assert.equal(bytes.length, size);
      assert.deepEqual([view.getUint32(0, true), view.getUint32(4, true)], [connection, sequence]);
    }
    assert.equal(check(payload, message(payload, 3, 5)), 5);
    assert.equal(check(payload, message(payload, 3, 9)), 9);
    assert.equal(check(payload, message(payload, 4, 5)), UNREADABLE);
  });
}

for (
  const payload of [
    json(64),
    json(67),
    numbered(16),
    numbered(64),
    numberedText(16),
    random(16),
    random(100),
    documents(64),
    documents(700),
  ]
) {
  Deno.test(`a message of ${payload.size} bytes counts as altered whichever byte was changed`, () => {
    const right = message(payload, 3, 5);
    for (let at = 0; at < right.length; at++) {
      for (const bit of [1, 128]) {
        const wrong = right.slice();
        wrong[at]! ^= bit;
        assert.ok(check(payload, wrong) < 0, `byte ${at}, bit ${bit}`);
      }
    }
    assert.equal(check(payload, right.subarray(1)), UNREADABLE);
  });
}

Deno.test("messageOf() makes JSON if it fits, else bytes", () => {
  assert.deepEqual([16, 63, 64].map((size) => messageOf(size).isText), [false, false, true]);
});

Deno.test("textOf() makes text of every size, JSON if it fits", () => {
  assert.deepEqual([16, 63, 64].map((size) => textPayload(size).isText), [true, true, true]);
  assert.equal(textOf(textPayload(20), 3, 5), "3    5        over t");
  assert.equal(JSON.parse(textOf(textPayload(64), 3, 5)).sequence, 5);
});

Deno.test("numberedText() finds out which message a reply answers", () => {
  for (const size of [16, 17, 63]) {
    const payload = numberedText(size);
    assert.equal(message(payload, 99_999, 123_456_789).length, size);
    assert.equal(check(payload, message(payload, 3, 5)), 5);
    assert.equal(check(payload, message(payload, 3, 123_456_789)), 123_456_789);
    assert.equal(check(payload, message(payload, 4, 5)), UNREADABLE);
  }
});

for (const make of [json, numbered, numberedText, random, documents]) {
  Deno.test(`${make.name}() throws for a size that is too small or not an integer`, () => {
    for (const size of [0, 15, NaN, 100.5]) assert.throws(() => make(size), RangeError);
  });
}

for (const size of [64, 65, 100, 1024, 16_384]) {
  Deno.test(`json() makes JSON of exactly ${size} bytes that names connection and number`, () => {
    const payload = json(size);
    for (const [connection, sequence] of [[0, 0], [3, 5], [99_999, 123_456_789]] as const) {
      const text = textOf(payload, connection, sequence);
      assert.equal(text.length, size);
      const { connection: c, sequence: s } = JSON.parse(text);
      assert.deepEqual([c, s], [connection, sequence]);
    }
  });
}

Deno.test("json() finds out which message a reply answers", () => {
  const payload = json(64);
  assert.equal(check(payload, message(payload, 3, 5)), 5);
  assert.equal(check(payload, message(payload, 3, 9)), 9);
});

Deno.test("json() finds a changed number, because the data do not fit it", () => {
  const payload = json(64);
  const wrong = textOf(payload, 3, 5).replace('"sequence":5', '"sequence":7');
  assert.equal(altered(check(payload, wrong)), 7);
});

Deno.test("json() does not take the reply to another connection", () => {
  const payload = json(64);
  assert.equal(check(payload, message(payload, 4, 5)), UNREADABLE);
});

Deno.test("tagged() accepts a reply with a tag of 0 to 999", () => {
  const payload = tagged("Hello Server ");
  assert.equal(textOf(payload, 0, 12), "Hello Server 12");
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

Deno.test("counted() accepts its own message as the reply, and nothing longer or shorter", () => {
  const payload = counted("Hello Server ");
  assert.equal(textOf(payload, 3, 17), "Hello Server 17");
  assert.equal(check(payload, "Hello Server 17"), 17);
  assert.equal(check(payload, "Hello Server 17 - 3"), altered(17));
  for (const wrong of ["Hello Server ", "Hello 17", ""]) {
    assert.equal(check(payload, wrong), UNREADABLE, wrong);
  }
});

const KINDS: readonly PayloadKind[] = ["text", "binary", "random", "documents"];

Deno.test("messageOf() makes each kind that it is asked for, of the same bytes each time", () => {
  assert.deepEqual(KINDS.map((kind) => messageOf(1024, kind).isText), [true, false, false, true]);
  for (const kind of KINDS) {
    assert.equal(messageOf(1000, kind).size, 1000);
    assert.deepEqual(message(messageOf(999, kind), 3, 5), message(messageOf(999, kind), 3, 5));
    assert.throws(() => messageOf(15, kind), RangeError);
  }
});

/** How much smaller a compressor makes so many messages of a connection, one after the other. */
function ratio(payload: Payload, messages: number): number {
  const all = new Uint8Array(messages * payload.size);
  for (let sequence = 0; sequence < messages; sequence++) {
    payload.write(all, sequence * payload.size, 3, sequence);
  }
  return all.length / deflateRawSync(all).length;
}

Deno.test("random() cannot be compressed, not even by looking back at earlier messages", () => {
  for (const [size, messages] of [[16, 4000], [64, 2000], [1024, 200], [16_384, 30]] as const) {
    // At 16 bytes half of a message is its numbers.
    const most = size === 16 ? 1.7 : size === 64 ? 1.2 : 1.01;
    assert.ok(ratio(random(size), messages) < most, `${size}: ${ratio(random(size), messages)}`);
  }
});

Deno.test("documents() compresses somewhat, text a lot", () => {
  for (const size of [1024, 16_384]) {
    const found = ratio(documents(size), 1);
    assert.ok(found > 1.5 && found < 6, `${size}: ${found}`);
    assert.ok(ratio(json(size), 1) > 8);
  }
});

const made: readonly Payload[] = [
  fixedText("hi"),
  fixedText(""),
  counted("Hello "),
  tagged("Hello "),
  json(64),
  json(5000),
  numbered(16),
  numberedText(20),
  random(16),
  random(3000),
  documents(64),
  documents(3000),
];

Deno.test("Payload.parts put together are what write() writes", () => {
  for (const payload of made) {
    const composer = new Composer(payload.parts[payload.partsOf(0)]!);
    for (const [connection, sequence] of [[0, 0], [3, 5], [99_999, 123_456_789]] as const) {
      const whole = message(payload, connection, sequence);
      const made = new Uint8Array(payload.size);
      assert.deepEqual(made.subarray(0, composer.write(made, 0, connection, sequence)), whole);
      assert.ok(composer.equal(whole, 0, whole.length, connection, sequence));
      assert.ok(!composer.equal(made, 0, whole.length - 1, connection, sequence));
    }
  }
});

Deno.test("the numbers in a text are right, whatever was written before", () => {
  const steps = [8, 9, 10, 10, 11, 98, 99, 100, 7, 999_999_998, 999_999_999, 0];
  for (const [payload, at, width] of [[json(64), 14, 17], [numberedText(20), 0, 5]] as const) {
    for (const sequence of steps) {
      // The last digit of a connection stands right before the number of the message.
      for (const connection of [99_999, 99_999, 12_349, 3]) {
        const text = decoder.decode(message(payload, connection, sequence));
        assert.equal(text.slice(at, at + 5), String(connection).padEnd(5));
        assert.equal(text.slice(at + width, at + width + 9), String(sequence).padEnd(9));
      }
    }
    for (let sequence = 0; sequence < 1100; sequence++) {
      const text = decoder.decode(message(payload, 12_349, sequence));
      assert.equal(text.slice(at + width, at + width + 9), String(sequence).padEnd(9));
    }
  }
});
