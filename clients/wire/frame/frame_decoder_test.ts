import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { FrameDecoder, OPCODE, ProtocolError, writeFrame } from "./frame.ts";
import { rawFrame } from "../../../checks/fuzz/frame_stream.ts";
import { Random } from "../../../checks/fuzz/target.ts";
import { BORDERS, collector, fromHex, testDecoder } from "../testing/frames.ts";

const ascii = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The events of a client's decoder as short texts. */
function decoded(hex: string): string[] {
  const { decoder, events } = testDecoder();
  const bytes = fromHex(hex);
  decoder.push(bytes, 0, bytes.length);
  return events.map((event) =>
    event.kind === "close"
      ? `close ${event.code} ${event.reason}`
      : `${event.kind} ${ascii(event.bytes)}`
  );
}

for (
  const [name, hex, expected] of [
    ["a text", "81 05 48656c6c6f", ["text Hello"]],
    ["an empty text", "81 00", ["text "]],
    ["two messages in one read", "81 01 61 82 01 62", ["text a", "binary b"]],
    ["fragments", "01 03 48656c 80 02 6c6f", ["text Hello"]],
    ["empty fragments", "02 00 00 00 00 01 61 00 00 80 00", ["binary a"]],
    ["a message of empty fragments", "01 00 80 00", ["text "]],
    ["a last fragment with all of the message", "01 00 80 01 61", ["text a"]],
    ["a ping inside a message", "01 01 61 89 01 70 80 01 62", ["ping p", "text ab"]],
    ["an unasked pong", "8a 00", ["pong "]],
    ["a close frame without a code", "88 00", ["close 1005 "]],
    ["a close frame inside a message", "01 01 61 88 02 03e8", ["close 1000 "]],
    ["a close frame with a reason", "88 05 03e8 627965", ["close 1000 bye"]],
    ["a byte order mark in a reason", "88 05 03e8 efbbbf", ["close 1000 \ufeff"]],
    ["anything after a close frame", "88 00 ff ff 81 01 61", ["close 1005 "]],
    ["a character cut by fragments", "01 01 c3 80 01 a9", ["text é"]],
    ["a character cut three times", "01 01 f0 00 01 9f 00 01 98 80 01 80", ["text 😀"]],
  ] as const
) {
  Deno.test(`FrameDecoder decodes ${name}`, () => assert.deepEqual(decoded(hex), expected));
}

Deno.test("FrameDecoder ignores all input after a close frame", () => {
  const { decoder, events } = testDecoder();
  decoder.push(fromHex("88 00"), 0, 2);
  decoder.push(fromHex("ff ff"), 0, 2);
  assert.equal(events.length, 1);
  assert.equal(decoder.ended, true);
});

Deno.test("FrameDecoder decodes every border length, whole and split, in both roles", () => {
  const random = new Random(6);
  for (const role of ["client", "server"] as const) {
    for (const length of BORDERS) {
      const payload = random.bytes(length);
      const frame = new Uint8Array(length + 14);
      const mask = role === "server" ? random.uint32() : undefined;
      const end = writeFrame(frame, 0, OPCODE.binary, payload, 0, length, mask);
      for (const cut of [0, 1, 2, 3, 4, 9, 13, end >> 1, end - 1, end]) {
        const { decoder, events } = testDecoder({ role });
        const bytes = frame.slice(0, end);
        decoder.push(bytes, 0, Math.min(cut, end));
        decoder.push(bytes, Math.min(cut, end), end);
        const [event] = events;
        assert.ok(events.length === 1 && event?.kind === "binary", `${role}, ${length}, ${cut}`);
        assert.equal(Buffer.compare(event.bytes, payload), 0, `${role}, ${length}, ${cut}`);
        assert.equal(decoder.heldBytes, 0);
      }
    }
  }
});

Deno.test("FrameDecoder.missing leads to the end of a frame and never beyond, wherever it is cut", () => {
  const payload = new Uint8Array(300).fill(7);
  for (const role of ["client", "server"] as const) {
    const bytes = new Uint8Array(400);
    const mask = role === "server" ? 5 : undefined;
    const end = writeFrame(bytes, 0, OPCODE.ping, payload, 0, 3, mask);
    for (const [start, after] of [[0, end], [end, 0]] as const) {
      const stop = after || writeFrame(bytes, end, OPCODE.text, payload, 0, 300, mask);
      for (let cut = start + 1; cut < stop; cut++) {
        const { decoder, events } = testDecoder({ role });
        assert.equal(decoder.missing, 0);
        const read = bytes.slice();
        decoder.push(read, start, cut);
        let at = cut;
        while (decoder.missing > 0) decoder.push(read, at, at += decoder.missing);
        assert.equal(at, stop);
        assert.equal(events.length, 1);
      }
    }
  }
});

Deno.test("FrameDecoder hands over a whole message in place", () => {
  const random = new Random(7);
  for (const role of ["client", "server"] as const) {
    for (const length of BORDERS) {
      const bytes = new Uint8Array(length + 30);
      const mask = role === "server" ? random.uint32() : undefined;
      const end = writeFrame(bytes, 7, OPCODE.binary, random.bytes(length), 0, length, mask);
      let calls = 0;
      const decoder = new FrameDecoder({
        ...collector().sink,
        message(_, buffer, from, to) {
          calls++;
          assert.equal(buffer, bytes);
          assert.deepEqual([from, to], [end - length, end]);
        },
      }, { role, maxMessageBytes: 2 ** 20, checkUtf8: false });
      decoder.push(bytes, 7, end);
      assert.equal(calls, 1);
    }
  }
});

Deno.test("FrameDecoder unmasks a payload that is split at every phase", () => {
  const payload = new Random(8).bytes(40);
  const frame = rawFrame({ first: 0x82, payload, mask: [1, 2, 3, 4] });
  for (let first = 6; first < frame.length; first++) {
    for (let second = first; second <= frame.length; second += 3) {
      const { decoder, events } = testDecoder({ role: "server" });
      const bytes = new Uint8Array(frame);
      decoder.push(bytes, 0, first);
      decoder.push(bytes, first, second);
      decoder.push(bytes, second, frame.length);
      assert.deepEqual(events, [{ kind: "binary", bytes: payload }]);
    }
  }
});

Deno.test("FrameDecoder checks text only if asked", () => {
  const bytes = fromHex("81 01 ff");
  const { decoder, events } = testDecoder({ checkUtf8: false });
  decoder.push(bytes, 0, 3);
  assert.deepEqual(events, [{ kind: "text", bytes: Uint8Array.of(255) }]);
  assert.throws(() => testDecoder().decoder.push(bytes, 0, 3), ProtocolError);
});

Deno.test("FrameDecoder holds no memory for a length that was only announced", () => {
  const { decoder } = testDecoder({ maxMessageBytes: 2 ** 50 });
  const bytes = fromHex("82 7f 00 01 00 00 00 00 00 00 aa bb cc");
  decoder.push(bytes, 0, bytes.length);
  assert.ok(decoder.heldBytes <= 128, `${decoder.heldBytes}`);
  decoder.release();
});

Deno.test("FrameDecoder holds at most twice what it received", () => {
  const { decoder } = testDecoder({ maxMessageBytes: 2 ** 40 });
  decoder.push(fromHex("82 7f 00 00 00 ff 00 00 00 00"), 0, 10);
  const piece = new Uint8Array(100_000);
  for (let received = piece.length; received <= 5e6; received += piece.length) {
    decoder.push(piece, 0, piece.length);
    assert.ok(decoder.heldBytes <= 2 * Math.max(received, 2 ** 20));
  }
  decoder.release();
});

Deno.test("FrameDecoder takes a message of exactly the limit, in fragments and with a ping", () => {
  const { decoder, events } = testDecoder({ maxMessageBytes: 3 });
  const bytes = fromHex("82 03 616263 02 01 61 89 05 6162636465 80 02 6263");
  decoder.push(bytes, 0, bytes.length);
  assert.deepEqual(events.map(({ kind }) => kind), ["binary", "ping", "binary"]);
});

Deno.test("FrameDecoder.release() gives the buffers back and ends the decoding", () => {
  const { decoder, events } = testDecoder();
  decoder.push(fromHex("02 03 616263 89 05 61"), 0, 8);
  assert.ok(decoder.heldBytes > 0);
  decoder.release();
  assert.equal(decoder.heldBytes, 0);
  decoder.push(fromHex("81 00"), 0, 2);
  assert.equal(events.length, 0);
});

Deno.test("FrameDecoder.release() from within a sink ends the push", () => {
  const seen: string[] = [];
  const decoder: FrameDecoder = new FrameDecoder({
    ...collector().sink,
    message(_, buffer, start, end) {
      seen.push(ascii(buffer.subarray(start, end)));
      decoder.release();
    },
  }, { role: "client", maxMessageBytes: 100, checkUtf8: true });
  const bytes = fromHex("81 01 61 81 01 62");
  decoder.push(bytes, 0, bytes.length);
  assert.deepEqual(seen, ["a"]);
});

for (const hex of ["81 01 61", "01 01 61 80 01 61"]) {
  Deno.test(`FrameDecoder takes no input after its sink threw at ${hex}`, () => {
    const decoder = new FrameDecoder({
      ...collector().sink,
      message() {
        throw new TypeError("the sink's own");
      },
    }, { role: "client", maxMessageBytes: 100, checkUtf8: true });
    const bytes = fromHex(hex);
    assert.throws(() => decoder.push(bytes, 0, bytes.length), TypeError);
    assert.throws(
      () => decoder.push(bytes, 0, bytes.length),
      /whose sink is being called, or threw/,
    );
  });
}

Deno.test("FrameDecoder refuses a limit that is not a positive integer", () => {
  for (const maxMessageBytes of [0, -1, 1.5, NaN, Infinity]) {
    assert.throws(() => testDecoder({ maxMessageBytes }), RangeError);
  }
});

Deno.test("FrameDecoder refuses a text at the very byte that makes it wrong, and gives back what it holds", () => {
  const random = new Random(20);
  const strict = (): TextDecoder => new TextDecoder("utf-8", { fatal: true });
  for (let round = 0; round < 300; round++) {
    const text = new TextEncoder().encode(
      Array.from({ length: random.below(60) }, () => random.pick([..."aé€😀"])).join(""),
    );
    const bytes = Uint8Array.from([...text, random.pick([0x80, 0xc1, 0xf4, 0xff]), 0x90, 0xff]);
    const platform = strict();
    const wrongAt = bytes.findIndex((_, at) => {
      try {
        platform.decode(bytes.subarray(at, at + 1), { stream: true });
        return false;
      } catch {
        return true;
      }
    });
    // In a frame that goes on, behind a fragment that may end amid a character.
    const cut = random.below(text.length + 1);
    const frames = [
      rawFrame({ first: 0x01, payload: bytes.subarray(0, cut) }),
      rawFrame({ first: 0x00, payload: new Uint8Array(200) }).subarray(0, 4),
      bytes.subarray(cut),
    ];
    const { decoder } = testDecoder();
    let taken = 0;
    let refusedAt: number | undefined;
    for (const [index, part] of frames.entries()) {
      for (const byte of part) {
        try {
          decoder.push(Uint8Array.of(byte), 0, 1);
        } catch (error) {
          assert.ok(error instanceof ProtocolError);
          assert.equal(error.kind, "invalid UTF-8");
          refusedAt ??= cut + taken;
        }
        if (index === 2) taken++;
      }
    }
    assert.equal(refusedAt, wrongAt);
    assert.equal(decoder.heldBytes, 0);
  }
});

Deno.test("FrameDecoder that does not check UTF-8 takes any text in pieces", () => {
  const { decoder, events } = testDecoder({ checkUtf8: false });
  const bytes = fromHex("01 01 ff 80 02 c0 80");
  for (let at = 0; at < bytes.length; at++) decoder.push(bytes, at, at + 1);
  assert.deepEqual(events, [{ kind: "text", bytes: Uint8Array.of(0xff, 0xc0, 0x80) }]);
});
