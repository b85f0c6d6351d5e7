import assert from "node:assert/strict";
import { documents } from "./documents.ts";
import type { Parts } from "../../protocols/types.ts";
import type { Payload } from "./types.ts";

const decoder = new TextDecoder();

function textOf(payload: Payload, connection: number, sequence: number): string {
  const target = new Uint8Array(payload.size);
  return decoder.decode(target.subarray(0, payload.write(target, 0, connection, sequence)));
}

Deno.test("documents() makes valid JSON with records at every size", () => {
  for (let size = 64; size < 1500; size += size < 300 ? 1 : 7) {
    const payload = documents(size);
    for (let sequence = 0; sequence < 3; sequence++) {
      const text = textOf(payload, 3, sequence);
      assert.equal(text.length, size);
      const { connection, sequence: told, items } = JSON.parse(text);
      assert.deepEqual([connection, told], [3, sequence]);
      assert.ok(items.length > 0);
      assert.ok(size < 600 || typeof items[0].address.location[0] === "number");
    }
  }
  assert.throws(() => documents(63), {
    name: "RangeError",
    message: "Cannot make a document as 'size' must be at least 64: received 63",
  });
});

Deno.test("documents() has ASCII texts only, and none of them twice in a row", () => {
  const payload = documents(2048);
  const [{ fillings }] = payload.parts as [Parts];
  const seen = new Set(fillings.map((filling) => decoder.decode(filling)));
  for (const text of seen) assert.match(text, /^[\x20-\x7e]*$/);
  assert.equal(seen.size, fillings.length);
});
