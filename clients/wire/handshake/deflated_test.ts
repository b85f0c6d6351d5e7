import assert from "node:assert/strict";
import { deflateRest, MOST_STORED, STORED_HEADER_SIZE, writeStoredHeader } from "./deflated.ts";
import { Random } from "../../../checks/fuzz/target.ts";
import { messageInflater, windowInflater } from "./inflater.ts";

const encoder = new TextEncoder();

function compressed(head: Uint8Array, rest: Uint8Array): Uint8Array {
  const tail = deflateRest(rest);
  const payload = new Uint8Array(STORED_HEADER_SIZE + head.length + tail.length);
  writeStoredHeader(payload, 0, head.length);
  payload.set(head, STORED_HEADER_SIZE);
  payload.set(tail, STORED_HEADER_SIZE + head.length);
  return payload;
}

Deno.test("writeStoredHeader() and the rest of nothing give the example of RFC 7692 §7.2.3.3", () => {
  const hello = compressed(encoder.encode("Hello"), new Uint8Array());
  assert.deepEqual(
    [...hello],
    [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00],
  );
});

Deno.test("deflateRest() of nothing is the empty message of RFC 7692 §7.2.3.6", () => {
  assert.deepEqual([...deflateRest(new Uint8Array())], [0]);
});

Deno.test("a message compressed in advance inflates to what it is, with takeover and without", () => {
  const random = new Random(5);
  const inflater = windowInflater(15);
  for (const size of [0, 1, 100, 5000, 70_000, 2 ** 20]) {
    for (const isRandom of [false, true]) {
      const rest = isRandom ? random.bytes(size) : new Uint8Array(size).fill(65);
      for (const head of [encoder.encode("a head"), random.bytes(random.below(300))]) {
        const payload = compressed(head, rest);
        for (const one of [inflater, messageInflater]) {
          const length = one.inflate(payload, 0, payload.length, 2 ** 21);
          assert.equal(length, head.length + size);
          assert.deepEqual(one.output.slice(0, head.length), head);
          assert.deepEqual(one.output.slice(head.length, length), rest);
        }
      }
    }
  }
  inflater.release();
});

Deno.test("writeStoredHeader() refuses what is too long for a block", () => {
  const target = new Uint8Array(5);
  writeStoredHeader(target, 0, MOST_STORED);
  assert.deepEqual([...target], [0, 0xff, 0xff, 0, 0]);
  assert.throws(() => writeStoredHeader(target, 0, MOST_STORED + 1), RangeError);
});
