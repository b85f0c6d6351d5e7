import assert from "node:assert/strict";
import {
  counted,
  fixedText,
  messageOf,
  type Payload,
  type PayloadKind,
  tagged,
} from "../../../scenarios/payload/payload.ts";
import { codecFor, protocols } from "../../../protocols/mod.ts";
import { FrameDecoder } from "../../../clients/wire/frame/frame.ts";
import { messageInflater } from "../../../clients/wire/handshake/inflater.ts";
import { deflateFrames } from "./deflate_frames.ts";
import { plainFrames } from "./frames.ts";
import { SeriesMemory } from "./series_memory.ts";

const url = "ws://localhost/echo";
const KINDS: readonly PayloadKind[] = ["text", "binary", "random", "documents"];
const PAYLOADS: readonly (readonly [name: string, payload: Payload])[] = [
  ["nothing", fixedText("")],
  ["a fixed text with quotes", fixedText('say "hi"\n')],
  ["a counted text", counted('größe "')],
  ["a tagged text", tagged("größe - ")],
  ...KINDS.flatMap((kind) =>
    [64, 200, 70_000].map((size) => [`${size} B of ${kind}`, messageOf(size, kind)] as const)
  ),
];
const NUMBERS = [[0, 0], [3, 5], [3, 6], [99_999, 123_456_789]] as const;

/** The messages in a client's frames, with whether each is text, and the payload that they took. */
function messagesIn(bytes: Uint8Array): { messages: string[]; wireBytes: number } {
  const messages: string[] = [];
  const decoder = new FrameDecoder({
    message: (isText, buffer, start, end) =>
      void messages.push(`${isText ? "text" : "bytes"} ${buffer.slice(start, end)}`),
    ping() {},
    pong() {},
    close() {},
  }, {
    role: "server",
    maxMessageBytes: 2 ** 20,
    checkUtf8: true,
    inflater: messageInflater,
  });
  decoder.push(bytes, 0, bytes.length);
  return { messages, wireBytes: decoder.wireBytes };
}

for (const { id, onlyText = false } of protocols) {
  for (const [name, payload] of PAYLOADS.filter(([, { isText }]) => isText || !onlyText)) {
    Deno.test(`compressed messages of ${id} inflate to the plain ones: ${name}`, () => {
      const messages = codecFor(id, url).messages(payload);
      const memory = new SeriesMemory();
      const plain = plainFrames(memory, messages);
      const compressed = deflateFrames(messages);
      const size = Math.max(plain.most, compressed.most) + 7;
      const at = memory.reserve(size);
      const target = memory.bytes.subarray(at, at + size);
      for (const [connection, sequence] of NUMBERS) {
        const plainEnd = plain.write(target, 7, connection, sequence, 1);
        const expected = messagesIn(target.slice(7, plainEnd)).messages;
        assert.equal(plain.frameBytes, 0);

        target.fill(0xee);
        const before = compressed.frameBytes;
        const end = compressed.write(target, 7, connection, sequence, 1);
        assert.ok(end - 7 <= compressed.most);
        assert.ok(target.subarray(end).every((byte) => byte === 0xee), "nothing behind it");
        assert.equal(target[7]! & 0x40, 0x40);
        const found = messagesIn(target.slice(7, end));
        assert.deepEqual(found.messages, expected);
        assert.equal(compressed.frameBytes - before, found.wireBytes);
      }
    });
  }
}
