import assert from "node:assert/strict";
import { bytesOf } from "./bytes.ts";
import { Head } from "./head.ts";
import type { Parts } from "../types.ts";

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

Deno.test("Head writes what stands for a number, with zeros before it, and 16 bits", () => {
  const parts: Parts = {
    head: bytesOf("a000b__c0000"),
    holes: [
      { at: 1, holds: "connection", of: (one) => one % 100, as: "padded", width: 3 },
      { at: 5, holds: "sequence", of: (one) => one % 65_535 + 1, as: "uint16", width: 2 },
      { at: 8, holds: "sequence", as: "padded", width: 4 },
    ],
    fillings: [bytesOf("")],
    tail: bytesOf(""),
  };
  const head = new Head(parts);
  for (const method of ["write", "rewrite"] as const) {
    const target = bytesOf("-a000b__c0000");
    for (const [connection, sequence] of [[0, 0], [112, 65_534], [7, 65_535], [7, 77]] as const) {
      assert.equal(head[method](target, 1, connection, sequence), 13);
      const identifier = sequence % 65_535 + 1;
      const text = String.fromCharCode(identifier >> 8, identifier & 0xff);
      const number = `${sequence}`.padStart(4, "0").slice(-4);
      const expected = `-a${`${connection % 100}`.padStart(3, "0")}b${text}c${number}`;
      assert.equal(String.fromCharCode(...target), expected);
    }
  }
});
