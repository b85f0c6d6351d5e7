import assert from "node:assert/strict";
import type { Role, Sent } from "../types.ts";
import { joined } from "./bytes.ts";
import { sentBytes } from "./frame_bytes.ts";
import { FrameReader, type Inflate } from "./frame_reader.ts";
import type { Transcript } from "./transcript.ts";

function read(sent: readonly Sent[], sender: Role = "server", inflate?: Inflate): Transcript {
  const bytes = joined([new Uint8Array(0), ...sent.map((one) => sentBytes(one, sender))]);
  const transcripts = [1, bytes.length].map((step) => {
    const transcript: Transcript = { frames: [], answers: [] };
    const reader = new FrameReader(transcript, sender, inflate);
    for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
    return transcript;
  });
  assert.deepEqual(transcripts[0], transcripts[1], "it is the same byte by byte");
  return transcripts[0]!;
}

const told = ({ answers }: Transcript): string[] =>
  answers.map(({ kind, payload }) => `${kind} ${new TextDecoder().decode(payload)}`);

Deno.test("FrameReader puts fragments together, and keeps pongs and all frames", () => {
  const transcript = read([
    { opcode: 1, payload: "one ", fin: false },
    { opcode: 10, payload: "amid" },
    { opcode: 0, payload: "two" },
    { opcode: 2, payload: "three" },
    { opcode: 9, payload: "a ping" },
  ]);
  assert.deepEqual(told(transcript), ["pong amid", "text one two", "binary three"]);
  assert.deepEqual(transcript.frames.map(({ first }) => first), [0x01, 0x8a, 0x80, 0x82, 0x89]);
});

Deno.test("FrameReader unmasks what a client sends", () => {
  assert.deepEqual(told(read([{ opcode: 1, payload: "Hello" }], "client")), ["text Hello"]);
});

Deno.test("FrameReader inflates what is compressed, if that was agreed on", () => {
  const transcript = read(
    [{ opcode: 1, payload: "abc", rsv: 4 }],
    "server",
    (payload) => payload.toReversed(),
  );
  assert.deepEqual(told(transcript), ["text cba"]);
});

Deno.test("FrameReader reads a close frame with its code and reason, or without", () => {
  const payload = Uint8Array.of(3, 233, 0x61);
  assert.deepEqual(read([{ opcode: 8, payload }]).close, { code: 1001, reason: "a" });
  assert.deepEqual(read([{ opcode: 8 }]).close, { code: 1005, reason: "" });
});

Deno.test("FrameReader shows control frames after the close frame, which mean nothing more", () => {
  const { frames, answers, close, violation } = read([
    ...[{ opcode: 8, payload: Uint8Array.of(3, 233) }, { opcode: 8 }, { opcode: 10 }],
  ]);
  assert.deepEqual([frames.length, answers.length, close!.code], [3, 0, 1001]);
  assert.equal(violation, undefined);
});

for (
  const [what, sent, expected] of [
    ["reserved bits", [{ opcode: 1, rsv: 4 }], /reserved bits/],
    ["a mask", [{ opcode: 1, mask: 1 }], /must not mask/],
    ["broken UTF-8", [{ opcode: 1, payload: Uint8Array.of(0x61, 0xff) }], /from byte 1 on/],
    ["a code that must not be sent", [{ opcode: 8, payload: Uint8Array.of(3, 238) }], /1006/],
    ["a message after the close frame", [{ opcode: 8 }, { opcode: 1 }], /after the close frame/],
    ["a length of gigabytes", [{ opcode: 2, length: 2n ** 40n }], /is announced/],
  ] as const satisfies readonly (readonly [string, readonly Sent[], RegExp])[]
) {
  Deno.test(`FrameReader tells of ${what}, and reads no further`, () => {
    const { violation, answers } = read([...sent, { opcode: 10 }]);
    assert.match(violation!, expected);
    assert.ok(answers.every(({ kind }) => kind !== "pong"));
  });
}
