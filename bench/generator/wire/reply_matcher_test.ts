import assert from "node:assert/strict";
import { writeFrame } from "../../../clients/wire/frame/frame.ts";
import {
  counted,
  fixedText,
  messageOf,
  type Payload,
  type PayloadKind,
  tagged,
} from "../../../scenarios/payload/payload.ts";
import { byConnection } from "../../../scenarios/payload/by_connection.ts";
import { opcodeOf } from "./frames.ts";
import { ReplyMatcher } from "./reply_matcher.ts";
import { SeriesMemory } from "./series_memory.ts";

const CONNECTION = 3;
/** Across the places where the numbers of texts become longer. */
const FIRST = 95;
const COUNT = 12;
const KINDS: readonly PayloadKind[] = ["text", "binary", "random", "documents"];

const PAYLOADS: readonly (readonly [name: string, payload: Payload])[] = [
  ["nothing", fixedText("")],
  ["a fixed text", fixedText("hello")],
  ["a counted text", counted("größe ")],
  ...KINDS.flatMap((kind) =>
    [64, 125, 126, 300].map((size) => [`${size} B of ${kind}`, messageOf(size, kind)] as const)
  ),
  ["16 B", messageOf(16)],
  ["70,000 B", messageOf(70_000)],
  [
    "a payload by connection",
    byConnection([3, 1].map((connections, index) => (
      { connections, payload: messageOf(64 + index * 64, "text") }
    ))),
  ],
];

/** The replies of a server to so many messages, from `at` on; and where each of them ends. */
function repliesTo(
  payload: Payload,
  count: number,
  at: number,
): { bytes: Uint8Array; ends: number[] } {
  const bytes = new Uint8Array(at + count * (payload.size + 14) + 8);
  const content = new Uint8Array(payload.size);
  const ends: number[] = [];
  let end = at;
  for (let index = 0; index < count; index++) {
    const length = payload.write(content, 0, CONNECTION, FIRST + index);
    end = writeFrame(bytes, end, opcodeOf(payload), content, 0, length, undefined);
    ends.push(end);
  }
  return { bytes, ends };
}

for (const [name, payload] of PAYLOADS) {
  Deno.test(`ReplyMatcher counts right replies in order, as many as are due and whole: ${name}`, () => {
    const memory = new SeriesMemory();
    const matcher = new ReplyMatcher(memory, payload.reply!);
    const replies = repliesTo(payload, COUNT, 5);
    const { ends } = replies;
    const end = ends.at(-1)!;
    const at = memory.place(replies.bytes);
    const bytes = memory.bytes.subarray(at, at + end);
    const count = (most: number, until: number): number =>
      matcher.count(bytes, 5, until, CONNECTION, FIRST, most);
    assert.equal(count(COUNT, end), COUNT);
    assert.equal(matcher.end, end);
    assert.equal(count(4, end), 4);
    assert.equal(matcher.end, ends[3]);
    assert.equal(count(COUNT, end - 1), COUNT - 1);
    assert.equal(matcher.end, ends[COUNT - 2]);
    assert.equal(count(0, end), 0);
    assert.equal(matcher.end, 5);
    assert.equal(count(1, end), 1);
    const single = new Uint8Array(payload.size);
    assert.equal(matcher.bytes, payload.write(single, 0, CONNECTION, FIRST));
  });

  if (payload.size > 1000) continue;
  Deno.test(`ReplyMatcher stops at the reply with a flipped bit, wherever that is: ${name}`, () => {
    const matcher = new ReplyMatcher(new SeriesMemory(), payload.reply!);
    const { bytes, ends } = repliesTo(payload, COUNT, 0);
    const end = ends.at(-1)!;
    for (let at = 0; at < end; at++) {
      const reply = ends.findIndex((one) => at < one);
      bytes[at]! ^= 1 << at % 8;
      assert.equal(matcher.count(bytes, 0, end, CONNECTION, FIRST, COUNT), reply, `byte ${at}`);
      assert.equal(matcher.end, ends[reply - 1] ?? 0);
      bytes[at]! ^= 1 << at % 8;
    }
  });
}

Deno.test("ReplyMatcher takes no reply of another connection, another number or another type", () => {
  const payload = messageOf(64, "text");
  const matcher = new ReplyMatcher(new SeriesMemory(), payload.reply!);
  const { bytes, ends } = repliesTo(payload, 1, 0);
  assert.equal(matcher.count(bytes, 0, ends[0]!, CONNECTION, FIRST, 9), 1);
  assert.equal(matcher.count(bytes, 0, ends[0]!, CONNECTION + 1, FIRST, 9), 0);
  assert.equal(matcher.count(bytes, 0, ends[0]!, CONNECTION, FIRST + 1, 9), 0);
  assert.equal(tagged("a ").reply, undefined);
});
