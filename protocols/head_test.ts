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

Deno.test("Head counts what follows a length: numbers, filling, and the tail without its end", () => {
  for (const [as, before] of [["decimal", "20"], ["varint", "\x14"]] as const) {
    const head = new Head({
      head: bytesOf("n :"),
      holes: [
        { at: 1, holds: "length", as, width: 0, counts: { from: 1, without: 2 } },
        { at: 3, holds: "sequence", as: "decimal", width: 0 },
      ],
      fillings: [bytesOf("abc"), bytesOf("x".repeat(13))],
      tail: bytesOf("]]\r\n"),
    });
    const target = new Uint8Array(50);
    const text = (sequence: number): string =>
      new TextDecoder().decode(target.subarray(0, head.write(target, 0, 1, sequence)));
    // " :", digits, filling and "]]": 2 + 3 + 13 + 2 and 2 + 1 + 3 + 2.
    assert.equal(text(100), `n${before} :100`);
    assert.equal(text(1), as === "decimal" ? "n8 :1" : "n\x08 :1");
  }
});
