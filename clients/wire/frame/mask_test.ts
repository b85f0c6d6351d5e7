import assert from "node:assert/strict";
import { Random } from "../../../checks/fuzz/target.ts";
import { applyMask } from "./mask.ts";

const masked = (bytes: Uint8Array, key: number, phase: number): Uint8Array =>
  bytes.map((byte, at) => byte ^ (key >>> (24 - 8 * ((at + phase) % 4))));

Deno.test("applyMask() masks every length at every offset and phase, and nothing around it", () => {
  const random = new Random(1);
  for (let length = 0; length <= 70; length++) {
    for (let offset = 0; offset < 8; offset++) {
      const phase = random.below(9);
      const key = random.uint32();
      const before = random.bytes(offset + length + 5);
      const bytes = new Uint8Array(before);
      applyMask(bytes, offset, offset + length, key, phase);
      const expected = new Uint8Array(before);
      expected.set(masked(before.subarray(offset, offset + length), key, phase), offset);
      assert.deepEqual(bytes, expected, `length ${length}, offset ${offset}, phase ${phase}`);
    }
  }
});

Deno.test("applyMask() in pieces is applyMask() at once", () => {
  const random = new Random(2);
  for (let round = 0; round < 300; round++) {
    const bytes = random.bytes(random.below(400));
    const key = random.uint32();
    const pieces = new Uint8Array(bytes);
    let start = 0;
    for (const end of random.cuts(bytes.length)) {
      applyMask(pieces, start, end, key, start);
      start = end;
    }
    assert.deepEqual(pieces, masked(bytes, key, 0));
  }
});

Deno.test("applyMask() masks a view that does not begin with its memory", () => {
  const memory = new ArrayBuffer(64);
  const view = new Uint8Array(memory, 3, 40);
  applyMask(view, 0, 40, 0x01020304);
  applyMask(new Uint8Array(memory, 5, 38), 0, 38, 0x01020304, 2);
  assert.deepEqual([...new Uint8Array(memory)].filter((byte) => byte !== 0), [1, 2]);
});

Deno.test("applyMask() twice restores the bytes", () => {
  const bytes = new Random(3).bytes(100_003);
  const twice = new Uint8Array(bytes);
  applyMask(twice, 0, twice.length, 0xfedcba98);
  assert.notDeepEqual(twice, bytes);
  applyMask(twice, 0, twice.length, 0xfedcba98);
  assert.deepEqual(twice, bytes);
});
