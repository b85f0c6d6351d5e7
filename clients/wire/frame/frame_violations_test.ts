import assert from "node:assert/strict";
import { isCloseCode, ProtocolError } from "./frame.ts";
import type { ProtocolErrorKind } from "./frame.ts";
import { fromHex, testDecoder } from "../testing/frames.ts";

type Row = readonly [hex: string, kind: ProtocolErrorKind, message: RegExp];

/** What a client must refuse, with a limit of 1,000 bytes. */
const FROM_SERVER: readonly Row[] = [
  ["c1 00", "reserved bits", /first byte 0xc1$/],
  ["a1 00", "reserved bits", /first byte 0xa1$/],
  ["91 00", "reserved bits", /first byte 0x91$/],
  ["83 00", "reserved opcode", /received 0x03$/],
  ["87 00", "reserved opcode", /received 0x07$/],
  ["8b 00", "reserved opcode", /received 0x0b$/],
  ["8f 00", "reserved opcode", /received 0x0f$/],
  ["03 00", "reserved opcode", /received 0x03$/],
  ["08 00", "fragmented control frame", /opcode 0x08 without FIN$/],
  ["09 00", "fragmented control frame", /opcode 0x09 without FIN$/],
  ["0a 00", "fragmented control frame", /opcode 0x0a without FIN$/],
  ["88 7e 007e", "control frame too long", /length field 126$/],
  ["89 7e 0001", "control frame too long", /length field 126$/],
  ["8a 7f 0000000000000001", "control frame too long", /length field 127$/],
  ["81 80 00000000", "masked frame from server", /second byte 0x80$/],
  ["89 81 00000000 61", "masked frame from server", /second byte 0x81$/],
  ["80 00", "continuation without start", /first byte 0x80$/],
  ["00 00", "continuation without start", /first byte 0x00$/],
  ["81 00 80 00", "continuation without start", /first byte 0x80$/],
  ["01 00 80 00 80 00", "continuation without start", /first byte 0x80$/],
  ["01 00 81 00", "new message inside a fragmented one", /opcode 0x01$/],
  ["02 00 02 00", "new message inside a fragmented one", /opcode 0x02$/],
  ["82 7e 007d", "non-minimal length", /in 16 bits .* received 125$/],
  ["82 7e 0000", "non-minimal length", /in 16 bits .* received 0$/],
  ["82 7f 000000000000ffff", "non-minimal length", /in 64 bits .* received 65535$/],
  ["82 7f 0000000000000000", "non-minimal length", /in 64 bits .* received 0$/],
  ["82 7f 8000000000000000", "length above 2^63", /length byte 0x80$/],
  ["82 7f ffffffffffffffff", "length above 2^63", /length byte 0xff$/],
  ["82 7f 7fffffffffffffff", "message too big", /above 1000 bytes: received a frame of 922337/],
  ["82 7e 03e9", "message too big", /above 1000 bytes: received a frame of 1001$/],
  [`82 7e 03e9 ${"00".repeat(1001)}`, "message too big", /received a frame of 1001$/],
  ["82 7f 0000000000010000", "message too big", /received a frame of 65536$/],
  ["02 02 6162 80 7e 03e7", "message too big", /received a frame of 999 after 2$/],
  ["81 01 ff", "invalid UTF-8", /from byte 0 on: received 0xff$/],
  ["81 03 61c0af", "invalid UTF-8", /from byte 1 on: received 0xc0$/],
  ["81 03 eda080", "invalid UTF-8", /from byte 0 on: received 0xed$/],
  ["81 04 f4908080", "invalid UTF-8", /from byte 0 on: received 0xf4$/],
  ["81 02 61c3", "invalid UTF-8", /from byte 1 on: received 0xc3$/],
  ["01 01 c3 80 01 61", "invalid UTF-8", /from byte 0 on: received 0xc3$/],
  // As soon as it shows, before the message or even its frame has ended.
  ["01 02 61ff", "invalid UTF-8", /from byte 1 on: received 0xff$/],
  ["81 05 61ff", "invalid UTF-8", /from byte 1 on: received 0xff$/],
  ["81 7e 03e8 c0", "invalid UTF-8", /from byte 0 on: received 0xc0$/],
  ["01 02 f490", "invalid UTF-8", /from byte 0 on: received 0xf4$/],
  ["01 01 f4 89 01 70 00 05 90", "invalid UTF-8", /from byte 0 on: received 0xf4$/],
  ["01 02 c3a9 00 01 61 00 01 ed 00 02 a0", "invalid UTF-8", /from byte 3 on: received 0xed$/],
  ["88 03 03e8 ff", "invalid UTF-8", /reason is not UTF-8 from byte 0 on: received 0xff$/],
  ["88 01 03", "close frame of one byte", /received one$/],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65535].map((code): Row => [
    `88 02 ${code.toString(16).padStart(4, "0")}`,
    "invalid close code",
    new RegExp(`received ${code}$`),
  ]),
];

/** What a server must refuse. */
const FROM_CLIENT: readonly Row[] = [
  ["81 00", "unmasked frame from client", /second byte 0x00$/],
  ["89 00", "unmasked frame from client", /second byte 0x00$/],
  ["c1 80 00000000", "reserved bits", /first byte 0xc1$/],
  ["82 fe 007d 00000000", "non-minimal length", /received 125$/],
  ["82 fe 03e9 00000000", "message too big", /received a frame of 1001$/],
  ["81 81 01020304 fe", "invalid UTF-8", /received 0xff$/],
  ["01 82 01020304 60fd", "invalid UTF-8", /from byte 1 on: received 0xff$/],
  ["88 81 00000000 03", "close frame of one byte", /received one$/],
  ["88 82 ffffffff fc13", "invalid close code", /received 1004$/],
];

for (const [role, rows] of [["client", FROM_SERVER], ["server", FROM_CLIENT]] as const) {
  for (const [hex, kind, message] of rows) {
    Deno.test(`FrameDecoder, ${role}, refuses ${hex.slice(0, 30)}: ${kind}`, () => {
      for (const size of [Infinity, 1]) {
        const { decoder } = testDecoder({ role, maxMessageBytes: 1000 });
        const bytes = fromHex(hex);
        const push = (): void => {
          for (let at = 0; at < bytes.length; at += size) {
            decoder.push(bytes, at, Math.min(bytes.length, at + size));
          }
        };
        let thrown: unknown;
        assert.throws(push, (error) => {
          thrown = error;
          assert.ok(error instanceof ProtocolError);
          assert.equal(error.name, "ProtocolError");
          assert.equal(error.kind, kind);
          assert.match(error.message, message);
          assert.match(error.message, /^Cannot /);
          return true;
        });
        assert.throws(() => decoder.push(fromHex("81 00"), 0, 2), (error) => error === thrown);
        assert.equal(decoder.heldBytes, 0);
      }
    });
  }
}

Deno.test("isCloseCode() is the list of RFC 6455 §7.4", () => {
  const allowed = Array.from({ length: 6000 }, (_, code) => code).filter(isCloseCode);
  const range = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  assert.deepEqual(allowed, [...range(1000, 1003), ...range(1007, 1014), ...range(3000, 4999)]);
});

Deno.test("FrameDecoder delivers what came before a violation", () => {
  const { decoder, events } = testDecoder();
  assert.throws(() => decoder.push(fromHex("81 01 61 89 00 83 00"), 0, 7), ProtocolError);
  assert.deepEqual(events.map(({ kind }) => kind), ["text", "ping"]);
});
