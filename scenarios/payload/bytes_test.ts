import assert from "node:assert/strict";
import { bytesOf, Comparer, digitsEnd, readDigits, readPadded, writeDigits } from "./bytes.ts";

Deno.test("Comparer.equal() finds a difference at every place, whatever the length and the offsets", () => {
  const comparer = new Comparer();
  for (const length of [0, 1, 3, 4, 5, 64, 511, 512, 513, 2000]) {
    const a = new Uint8Array(length + 3).fill(7);
    const b = new Uint8Array(length + 1).fill(7);
    assert.ok(comparer.equal(a, 3, b, 1, length));
    for (let at = 0; at < length; at++) {
      b[1 + at] = 8;
      assert.ok(!comparer.equal(a, 3, b, 1, length), `${at} of ${length}`);
      b[1 + at] = 7;
    }
  }
});

Deno.test("writeDigits() writes what String() gives, and readDigits() reads it", () => {
  const target = new Uint8Array(20);
  for (const value of [0, 9, 10, 99, 100, 4_294_967_295, 9_007_199_254_740_991]) {
    const end = writeDigits(target, 2, value);
    assert.equal(new TextDecoder().decode(target.subarray(2, end)), String(value));
    assert.equal(readDigits(target, 2, end), value);
  }
});

Deno.test("digitsEnd() does not accept leading zeros", () => {
  for (const [text, end] of [["120 ", 3], ["0", 1], ["05", 1], ["x", 0], ["", 0]] as const) {
    assert.equal(digitsEnd(bytesOf(text), 0, text.length), end, text);
  }
});

Deno.test("readPadded() reads to the first space, and refuses what is not a digit", () => {
  for (
    const [text, value] of [["12   ", 12], ["12345", 12345], ["     ", -1], ["1x   ", -1]] as const
  ) {
    assert.equal(readPadded(bytesOf(text), 0, 5), value, text);
  }
});
