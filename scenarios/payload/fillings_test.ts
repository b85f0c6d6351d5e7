import assert from "node:assert/strict";
import { fillingOf } from "../../protocols/parts/message.ts";
import { fillingsFor, randomBytes, repeatedText } from "./fillings.ts";

Deno.test("fillingsFor() is prime, and more than a compressor looks back at", () => {
  for (const size of [16, 64, 1000, 1024, 4096, 16_384, 2 ** 20]) {
    const count = fillingsFor(size);
    assert.ok(count >= 11 && (count - 1) * size > 2 ** 15, `${size}: ${count}`);
    for (let divisor = 2; divisor < count; divisor++) assert.notEqual(count % divisor, 0);
  }
});

Deno.test("fillingOf() differs for numbers that differ by a digit or by a bit", () => {
  for (const count of [67, 11, fillingsFor(64)]) {
    for (let place = 1; place < 1e9; place *= 10) {
      for (let digit = 1; digit < 10; digit++) {
        assert.notEqual(fillingOf(count, 3, 0), fillingOf(count, 3, digit * place));
      }
    }
    for (let bit = 0; bit < 32; bit++) {
      assert.notEqual(fillingOf(count, 3, 0), fillingOf(count, 3, 2 ** bit));
    }
  }
});

Deno.test("repeatedText() and randomBytes() make fillings of the length, all different", () => {
  for (const fillings of [repeatedText(100), randomBytes(100, 13)]) {
    assert.ok(fillings.every(({ length }) => length === 100));
    assert.equal(new Set(fillings.map(String)).size, fillings.length);
  }
});
