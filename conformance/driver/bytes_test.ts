import assert from "node:assert/strict";
import { bytesOf, joined } from "./bytes.ts";

Deno.test("bytesOf() takes a text as UTF-8, and bytes as they are", () => {
  assert.deepEqual([...bytesOf("aä")], [0x61, 0xc3, 0xa4]);
  const bytes = Uint8Array.of(255);
  assert.equal(bytesOf(bytes), bytes);
});

for (const filling of ["words", "noise"] as const) {
  Deno.test(`bytesOf() makes of parts of ${filling} the whole`, () => {
    const whole = bytesOf({ filling, length: 1000 });
    const parts = [0, 300, 999].map((from, index) =>
      bytesOf({ filling, from, length: [300, 699, 1][index]! })
    );
    assert.deepEqual(joined(parts), whole);
    assert.ok(new Set(whole).size > 15);
  });
}
