import assert from "node:assert/strict";
import { bytesOf } from "./bytes.ts";
import { Head } from "./head.ts";
import type { Parts } from "./types.ts";

const parts: Parts = {
  head: bytesOf("a: b=     ;c"),
  holes: [
    { at: 2, holds: "sequence", as: "decimal", width: 0 },
    { at: 5, holds: "connection", as: "decimal", width: 5 },
    { at: 11, holds: "sequence", as: "decimal", width: 0 },
  ],
  fillings: [bytesOf("")],
  tail: bytesOf(""),
};

Deno.test("Head.rewrite() makes of a head that of another message", () => {
  const fixed = { ...parts, holes: [parts.holes[1]!] };
  for (const head of [parts, fixed].map((one) => new Head(one))) {
    const target = new Uint8Array(50);
    const right = new Uint8Array(50);
    head.write(target, 3, 12_345, 99);
    for (const [connection, sequence] of [[7, 100], [890, 5], [0, 1000]] as const) {
      const end = head.rewrite(target, 3, connection, sequence);
      assert.equal(head.write(right, 3, connection, sequence), end);
      assert.deepEqual(target.subarray(3, end), right.subarray(3, end));
    }
  }
});

Deno.test("Head says where the message's number ends, the last time that it is there", () => {
  const head = new Head(parts);
  const target = new Uint8Array(100);
  const end = head.write(target, 3, 1, 1000);
  assert.equal(head.numberEnd, end - 1);
});
