/** Compressed messages in frames (RFC 7692 §6), as the decoder takes them. */

import assert from "node:assert/strict";
import { constants, deflateRawSync } from "node:zlib";
import { FrameDecoder, type FrameSink, ProtocolError } from "./frame.ts";
import { rawFrame } from "../../../checks/fuzz/frame_stream.ts";
import { concat } from "../../../checks/fuzz/target.ts";
import { messageInflater, windowInflater } from "../handshake/inflater.ts";

const encoder = new TextEncoder();
const HELLO = Uint8Array.of(0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00);

function deflated(message: Uint8Array): Uint8Array {
  const all = deflateRawSync(message, { finishFlush: constants.Z_SYNC_FLUSH });
  return new Uint8Array(all.subarray(0, all.length - 4));
}

const frame = (first: number, payload: Uint8Array): Uint8Array => rawFrame({ first, payload });

/** What a decoder makes of bytes that come in pieces of a size. */
function decode(
  bytes: Uint8Array,
  { inflater = messageInflater, most = 2 ** 20, piece = bytes.length }: {
    inflater?: typeof messageInflater | undefined;
    most?: number;
    piece?: number;
  } = {},
): { log: string[]; wireBytes: number } {
  const log: string[] = [];
  const told = (buffer: Uint8Array, start: number, end: number): string =>
    new TextDecoder().decode(buffer.subarray(start, end));
  const sink: FrameSink = {
    message: (isText, ...range) => void log.push(`${isText ? "text" : "binary"} ${told(...range)}`),
    ping: (...range) => void log.push(`ping ${told(...range)}`),
    pong: (...range) => void log.push(`pong ${told(...range)}`),
    close: (code) => void log.push(`close ${code}`),
  };
  const decoder = new FrameDecoder(sink, {
    role: "client",
    maxMessageBytes: most,
    checkUtf8: true,
    inflater,
  });
  for (let at = 0; at < bytes.length; at += piece) {
    decoder.push(bytes, at, Math.min(bytes.length, at + piece));
  }
  decoder.release();
  return { log, wireBytes: decoder.wireBytes };
}

/** Whole, byte by byte, and in between. */
function decodeSplit(bytes: Uint8Array): string[] {
  const { log, wireBytes } = decode(bytes);
  for (const piece of [1, 2, 3, 7]) {
    assert.deepEqual(decode(bytes, { piece }), { log, wireBytes }, `in pieces of ${piece}`);
  }
  return log;
}

Deno.test("FrameDecoder inflates the unfragmented message of RFC 7692 §7.2.3.1", () => {
  const bytes = Uint8Array.of(0xc1, 0x07, ...HELLO);
  assert.deepEqual(decodeSplit(bytes), ["text Hello"]);
});

Deno.test("FrameDecoder inflates the fragmented message of RFC 7692 §7.2.3.1", () => {
  const bytes = Uint8Array.of(0x41, 3, 0xf2, 0x48, 0xcd, 0x80, 4, 0xc9, 0xc9, 0x07, 0x00);
  assert.deepEqual(decodeSplit(bytes), ["text Hello"]);
});

Deno.test("FrameDecoder takes compressed and plain messages and control frames in turn", () => {
  const bytes = concat([
    frame(0xc2, HELLO),
    frame(0x81, encoder.encode("plain")),
    frame(0x41, HELLO.subarray(0, 2)),
    frame(0x89, encoder.encode("ping")),
    frame(0x00, new Uint8Array()),
    frame(0x80, HELLO.subarray(2)),
    frame(0x01, encoder.encode("pl")),
    frame(0x80, encoder.encode("ain")),
    frame(0xc1, Uint8Array.of(0)),
    frame(0x88, new Uint8Array()),
  ]);
  assert.deepEqual(decodeSplit(bytes), [
    "binary Hello",
    "text plain",
    "ping ping",
    "text Hello",
    "text plain",
    "text ",
    "close 1005",
  ]);
});

Deno.test("FrameDecoder keeps the window over messages, and gives it back", () => {
  const inflater = windowInflater(15);
  let releases = 0;
  const watched = {
    get output() {
      return inflater.output;
    },
    inflate: inflater.inflate,
    release() {
      releases++;
      inflater.release();
    },
  };
  const bytes = concat([
    frame(0xc1, HELLO),
    frame(0xc1, Uint8Array.of(0xf2, 0x00, 0x11, 0x00, 0x00)),
  ]);
  assert.deepEqual(decode(bytes, { inflater: watched }).log, ["text Hello", "text Hello"]);
  assert.equal(releases, 1);
});

Deno.test("FrameDecoder.wireBytes counts the payload of messages as it came", () => {
  const bytes = concat([
    frame(0xc2, HELLO),
    frame(0x89, encoder.encode("ping")),
    frame(0x81, encoder.encode("plain")),
  ]);
  assert.equal(decode(bytes).wireBytes, HELLO.length + 5);
});

/** The kind of the error that ends decoding. */
function refused(bytes: Uint8Array, options: Parameters<typeof decode>[1] = {}): string {
  for (const piece of [bytes.length, 1]) {
    try {
      decode(bytes, { ...options, piece });
    } catch (error) {
      assert.ok(error instanceof ProtocolError, String(error));
      if (piece === 1) return error.kind;
      continue;
    }
    assert.fail("nothing is wrong");
  }
  return "";
}

for (const first of [0xc8, 0xc9, 0xca, 0xc0, 0x40, 0xe1, 0xd1, 0xa1, 0x91]) {
  Deno.test(`FrameDecoder refuses the first byte 0x${first.toString(16)} with compression, too`, () => {
    const bytes = concat([frame(0x41, HELLO.subarray(0, 2)), frame(first, HELLO.subarray(2))]);
    assert.equal(refused(bytes), "reserved bits");
  });
}

Deno.test("FrameDecoder refuses a compressed message that was not agreed to", () => {
  const sink = { message() {}, ping() {}, pong() {}, close() {} };
  for (const first of [0xc1, 0xc2, 0x41]) {
    const decoder = new FrameDecoder(sink, {
      role: "client",
      maxMessageBytes: 100,
      checkUtf8: false,
    });
    const bytes = frame(first, HELLO);
    assert.throws(() => decoder.push(bytes, 0, bytes.length), {
      kind: "reserved bits",
      message: /as no extension is in use: received first byte 0x/,
    });
  }
});

Deno.test("FrameDecoder limits the inflated size", () => {
  const bomb = frame(0xc2, deflated(new Uint8Array(2 ** 20)));
  assert.equal(refused(bomb, { most: 2 ** 20 - 1 }), "message too big");
  assert.equal(decode(bomb, { most: 2 ** 20 }).log.length, 1);
});

Deno.test("FrameDecoder checks the UTF-8 of what was inflated", () => {
  const cut = encoder.encode("größe").subarray(0, 3);
  assert.equal(refused(frame(0xc1, deflated(cut))), "invalid UTF-8");
  assert.deepEqual(decodeSplit(frame(0xc1, deflated(encoder.encode("größe")))), ["text größe"]);
});

Deno.test("FrameDecoder refuses what is not compressed but marked so", () => {
  assert.equal(refused(frame(0xc1, Uint8Array.of(0xff, 0xff))), "invalid compressed data");
  assert.equal(refused(frame(0xc1, new Uint8Array())), "invalid compressed data");
});
