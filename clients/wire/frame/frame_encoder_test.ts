import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { headerSize, OPCODE, writeClose, writeFrame, writeHeader } from "./frame.ts";
import { rawFrame } from "../../../checks/fuzz/frame_stream.ts";
import { Random } from "../../../checks/fuzz/target.ts";
import { BORDERS, fromHex } from "../testing/frames.ts";

const hello = new TextEncoder().encode("Hello");

/** What `write` puts into a buffer, and that it returns its end. */
function written(write: (target: Uint8Array) => number, size = 300): Uint8Array {
  const target = new Uint8Array(size);
  return target.slice(0, write(target));
}

for (
  const [name, write, expected] of [
    [
      "an unmasked text",
      (target: Uint8Array) => writeFrame(target, 0, OPCODE.text, hello, 0, 5, undefined),
      "81 05 48 65 6c 6c 6f",
    ],
    [
      "a masked text",
      (target: Uint8Array) => writeFrame(target, 0, OPCODE.text, hello, 0, 5, 0x37fa213d),
      "81 85 37 fa 21 3d 7f 9f 4d 51 58",
    ],
    [
      "a fragment",
      (target: Uint8Array) => writeFrame(target, 0, OPCODE.text, hello, 0, 3, undefined, false),
      "01 03 48 65 6c",
    ],
    [
      "the last fragment",
      (target: Uint8Array) => writeFrame(target, 0, OPCODE.continuation, hello, 3, 5, undefined),
      "80 02 6c 6f",
    ],
    [
      "a ping",
      (target: Uint8Array) => writeFrame(target, 0, OPCODE.ping, hello, 0, 5, undefined),
      "89 05 48 65 6c 6c 6f",
    ],
    [
      "a masked pong",
      (target: Uint8Array) => writeFrame(target, 0, OPCODE.pong, hello, 0, 5, 0x37fa213d),
      "8a 85 37 fa 21 3d 7f 9f 4d 51 58",
    ],
    [
      "256 bytes of binary",
      (target: Uint8Array) => writeHeader(target, 0, OPCODE.binary, 256, undefined),
      "82 7e 01 00",
    ],
    [
      "64 KiB of binary",
      (target: Uint8Array) => writeHeader(target, 0, OPCODE.binary, 65536, undefined),
      "82 7f 00 00 00 00 00 01 00 00",
    ],
  ] as const
) {
  Deno.test(`writing ${name} gives the bytes of the example in RFC 6455 §5.7`, () => {
    assert.deepEqual(written(write), fromHex(expected));
  });
}

Deno.test("writeFrame() writes every border length, masked and not, like the rules say", () => {
  const random = new Random(5);
  for (const length of BORDERS) {
    for (const mask of [undefined, 0, 1, 0x80000000, 0xffffffff]) {
      const source = random.bytes(length + 2);
      const before = new Uint8Array(source);
      const target = new Uint8Array(length + 20);
      const end = writeFrame(target, 3, OPCODE.binary, source, 1, 1 + length, mask);
      const expected = rawFrame({
        first: 0x82,
        payload: source.subarray(1, 1 + length),
        mask: mask === undefined
          ? undefined
          : [mask >>> 24, mask >>> 16 & 255, mask >>> 8 & 255, mask & 255],
      });
      assert.equal(end, 3 + expected.length);
      assert.equal(headerSize(length, mask !== undefined), expected.length - length);
      assert.equal(Buffer.compare(target.subarray(3, end), expected), 0, `${length}, ${mask}`);
      assert.equal(Buffer.compare(source, before), 0, "the source is unchanged");
    }
  }
});

Deno.test("writeHeader() writes a length of more than 32 bits", () => {
  assert.deepEqual(
    written((target) => writeHeader(target, 0, OPCODE.binary, 2 ** 40 + 2 ** 31 + 5, undefined)),
    fromHex("82 7f 00 00 01 00 80 00 00 05"),
  );
});

for (
  const [name, code, reason, expected] of [
    ["without a code", 1005, "", "88 00"],
    ["with a code", 1000, "", "88 02 03 e8"],
    ["with a reason", 4999, "€", "88 05 13 87 e2 82 ac"],
  ] as const
) {
  Deno.test(`writeClose() ${name}`, () => {
    assert.deepEqual(
      written((target) => writeClose(target, 0, code, reason, undefined)),
      fromHex(expected),
    );
  });
}

Deno.test("writeClose() takes a reason of 123 bytes and no more", () => {
  const target = new Uint8Array(200);
  assert.equal(writeClose(target, 0, 1000, "r".repeat(123), 1), 2 + 4 + 125);
  assert.throws(() => writeClose(target, 0, 1000, "€".repeat(42), 1), {
    name: "RangeError",
    message: "Cannot write a close frame as 'reason' is longer than 123 bytes: received 126",
  });
});

Deno.test("writeClose() refuses codes that must not be sent", () => {
  for (const code of [0, 999, 1004, 1006, 1015, 2999, 5000, 65536, NaN]) {
    assert.throws(() => writeClose(new Uint8Array(200), 0, code, "", undefined), RangeError);
  }
  assert.throws(() => writeClose(new Uint8Array(200), 0, 1005, "why", undefined), RangeError);
});

Deno.test("writeFrame() refuses what does not fit and writes nothing of it", () => {
  const target = new Uint8Array(10);
  assert.throws(() => writeFrame(target, 0, OPCODE.text, hello, 0, 5, 1), {
    name: "RangeError",
    message: "Cannot write a frame of 11 bytes at 0 as the buffer is too short: received 10 bytes",
  });
  assert.throws(() => writeHeader(target, 5, OPCODE.text, 5, 1), RangeError);
  assert.deepEqual(target, new Uint8Array(10));
  assert.equal(writeHeader(target, 4, OPCODE.text, 5, 1), 10);
});

Deno.test("writeHeader() refuses control frames in parts or above 125 bytes", () => {
  const target = new Uint8Array(300);
  assert.throws(() => writeHeader(target, 0, OPCODE.ping, 126, undefined), RangeError);
  assert.throws(() => writeHeader(target, 0, OPCODE.close, 2, undefined, false), RangeError);
});
