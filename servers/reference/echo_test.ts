import { deepEqual, equal, ok } from "node:assert/strict";
import { OPCODE, writeFrame } from "../../clients/wire/frame/frame.ts";
import { Echo, isCutOff } from "./echo.ts";

const MOST = 100_000;
/** Around the lengths where the header of a frame grows, and where words begin. */
const SIZES = [0, 1, 2, 3, 4, 5, 16, 125, 126, 127, 255, 256, 1000, 65_535, 65_536, 65_537];
const KEYS = [0, 0x01020304, 0xfedcba98 | 0];

function payloadOf(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => index * 31 + 7);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function message(
  size: number,
  key: number | undefined,
  opcode: number = OPCODE.binary,
): Uint8Array {
  const frame = new Uint8Array(size + 14);
  return frame.slice(0, writeFrame(frame, 0, opcode, payloadOf(size), 0, size, key));
}

/** Takes a range that begins somewhere in a buffer; returns the replies and what was not taken. */
function takeAt(
  start: number,
  bytes: Uint8Array,
  echo = new Echo(MOST),
  place = { left: 0, key: 0 },
): { replies: Uint8Array; rest: Uint8Array } {
  const buffer = new Uint8Array(start + bytes.length + 3);
  buffer.set(bytes, start);
  const end = start + bytes.length;
  const at = echo.take(place, buffer, start, end);
  return { replies: buffer.slice(start, echo.replyEnd), rest: buffer.slice(at, end) };
}

Deno.test("Echo answers messages of all lengths and keys, wherever a read begins", () => {
  for (const key of KEYS) {
    const sent = joined(SIZES.map((size) => message(size, key)));
    const due = joined(SIZES.map((size) => message(size, undefined)));
    for (const start of [0, 1, 2, 3, 129]) {
      const { replies, rest } = takeAt(start, sent);
      deepEqual(replies, due, `key ${key}, start ${start}`);
      equal(rest.length, 0);
    }
  }
});

Deno.test("Echo answers text as text", () => {
  const { replies } = takeAt(0, message(9, 5, OPCODE.text));
  deepEqual(replies, message(9, undefined, OPCODE.text));
});

Deno.test("Echo goes on where a read ends, wherever that is", () => {
  for (const key of KEYS) {
    const sent = joined([3, 200, 0, 130].map((size) => message(size, key)));
    const due = joined([3, 200, 0, 130].map((size) => message(size, undefined)));
    for (let cut = 1; cut < sent.length; cut++) {
      const echo = new Echo(MOST);
      const place = { left: 0, key: 0 };
      const first = takeAt(0, sent.subarray(0, cut), echo, place);
      ok(first.rest.length === 0 || isCutOff(first.rest, 0, first.rest.length), `cut at ${cut}`);
      const second = takeAt(0, joined([first.rest, sent.subarray(cut)]), echo, place);
      deepEqual(joined([first.replies, second.replies]), due, `key ${key}, cut at ${cut}`);
      equal(second.rest.length, 0);
    }
  }
});

for (
  const [what, frame] of [
    ["a ping", message(4, 9, OPCODE.ping)],
    ["a close", message(2, 9, OPCODE.close)],
    ["a fragment", Uint8Array.of(0x02, 0x81, 0, 0, 0, 0, 1)],
    ["a compressed message", Uint8Array.of(0xc2, 0x81, 0, 0, 0, 0, 1)],
    ["a frame that is not masked", message(20, undefined)],
    ["a longer frame that is not masked", message(200, undefined)],
    ["a length that is not the shortest", Uint8Array.of(0x82, 0xfe, 0, 1, 0, 0, 0, 0, 1)],
    ["a long length that is not the shortest", longHeader(65_535)],
    ["a message that is too long", longHeader(MOST + 1)],
    ["a message that is far too long", longHeader(2 ** 40)],
  ] as const
) {
  Deno.test(`Echo leaves ${what} to others, and answers what came before it`, () => {
    const { replies, rest } = takeAt(0, joined([message(16, 3), frame]));
    deepEqual(replies, message(16, undefined));
    deepEqual(rest, frame);
    equal(isCutOff(rest, 0, rest.length), false);
  });
}

/** The header of a masked frame whose length takes eight bytes. */
function longHeader(length: number): Uint8Array {
  const header = new Uint8Array(14);
  const view = new DataView(header.buffer);
  view.setUint16(0, 0x82ff);
  view.setBigUint64(2, BigInt(length));
  return header;
}

Deno.test("isCutOff() holds back only what may become a message to echo", () => {
  for (
    const [bytes, isCut] of [
      [[0x81], true],
      [[0x82, 0x80, 0, 0, 0], true],
      [[0x82, 0xfe, 1], true],
      [[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], true],
      [[0x81, 0x01], false],
      [[0x89], false],
      [[0x83], false],
      [[], false],
    ] as const
  ) equal(isCutOff(Uint8Array.from(bytes), 0, bytes.length), isCut, `${bytes}`);
});
