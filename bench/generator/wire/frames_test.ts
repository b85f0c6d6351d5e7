import assert from "node:assert/strict";
import { FrameDecoder, OPCODE, writeFrame } from "../../../clients/wire/frame/frame.ts";
import { fixedText } from "../../../scenarios/payload/payload.ts";
import { areInSeries, MASK, PING_SIZE, plainFrames, readPong, writePing } from "./frames.ts";
import { SeriesMemory } from "./series_memory.ts";

Deno.test("plainFrames() writes large messages one by one, and keeps none of them in memory", () => {
  const payload = fixedText("x".repeat(2 ** 20));
  assert.ok(!areInSeries(payload));
  assert.ok(areInSeries(fixedText("x".repeat(2 ** 20 - 1))));
  const memory = new SeriesMemory();
  const frames = plainFrames(memory, [payload]);
  assert.ok(memory.bytes.length < payload.size);
  const target = new Uint8Array(2 * frames.most + 3);
  const right = new Uint8Array(target.length);
  const content = new Uint8Array(payload.size);
  const length = payload.write(content, 0, 3, 5);
  let end = 3;
  for (let count = 0; count < 2; count++) {
    end = writeFrame(right, end, OPCODE.text, content, 0, length, MASK);
  }
  assert.equal(frames.write(target, 3, 3, 5, 2), end);
  assert.deepEqual(target, right);
});

Deno.test("writePing() writes a masked ping that names its connection and its number", () => {
  const target = new Uint8Array(PING_SIZE + 4).fill(0xee);
  assert.equal(writePing(target, 2, 70_000, 4_000_000_000), 2 + PING_SIZE);
  assert.deepEqual([...target.subarray(0, 3)], [0xee, 0xee, 0x80 | OPCODE.ping]);
  assert.deepEqual([...target.subarray(2 + PING_SIZE)], [0xee, 0xee]);
  const found: number[] = [];
  const decoder = new FrameDecoder({
    message: () => assert.fail(),
    ping: (buffer, start, end) => found.push(readPong(buffer, start, end, 70_000)),
    pong: () => assert.fail(),
    close: () => assert.fail(),
  }, { role: "server", maxMessageBytes: 100, checkUtf8: true });
  decoder.push(target, 2, 2 + PING_SIZE);
  assert.deepEqual(found, [4_000_000_000]);
});

Deno.test("readPong() is -1 for the pong of another connection, and for one that is not wsmark's", () => {
  const ping = new Uint8Array(PING_SIZE);
  writePing(ping, 0, 3, 5);
  const payload = ping.subarray(PING_SIZE - 8);
  assert.equal(readPong(payload, 0, 8, 3), 5);
  assert.equal(readPong(payload, 0, 8, 4), -1);
  assert.equal(readPong(payload, 0, 7, 3), -1);
  assert.equal(readPong(payload, 0, 0, 3), -1);
});
