import assert from "node:assert/strict";
import { bytesOf } from "./bytes.ts";
import { Composer, writerOf } from "./composer.ts";
import { composed } from "./message.ts";
import type { Parts } from "../types.ts";

const parts: Parts = {
  head: bytesOf("a: b=     ;c"),
  holes: [
    { at: 2, holds: "sequence", as: "decimal", width: 0 },
    { at: 5, holds: "connection", as: "decimal", width: 5 },
    { at: 11, holds: "sequence", as: "decimal", width: 0 },
  ],
  fillings: ["", "x"].map(bytesOf),
  tail: bytesOf("!"),
};

function textOf(connection: number, sequence: number): string {
  const target = new Uint8Array(100).fill(46);
  const end = new Composer(parts).write(target, 2, connection, sequence);
  return new TextDecoder().decode(target.subarray(2, end));
}

Deno.test("Composer writes numbers with spaces up to their width, or in between", () => {
  assert.equal(textOf(1, 5), "a:5 b=1    ;5c!");
  assert.equal(textOf(12_345, 1000), "a:1000 b=12345;1000cx!");
});

Deno.test("Composer.equal() is false for every other byte, another length and another number", () => {
  const composer = new Composer(parts);
  const target = new Uint8Array(100);
  const end = composer.write(target, 3, 9, 78);
  const isEqual = (from = 3, to = end, sequence = 78): boolean =>
    composer.equal(target, from, to, 9, sequence);
  assert.ok(isEqual());
  assert.ok(!isEqual(3, end + 1) && !isEqual(3, end - 1) && !isEqual(4) && !isEqual(3, end, 79));
  for (let at = 3; at < end; at++) {
    target[at]! ^= 1;
    assert.ok(!isEqual(), `byte ${at}`);
    target[at]! ^= 1;
  }
});

Deno.test("writerOf() writes what the connection's parts make", () => {
  const other = { ...parts, head: bytesOf("other"), holes: [] };
  const write = writerOf(composed(true, [parts, other], (connection) => connection % 2));
  const target = new Uint8Array(100);
  const textOf = (connection: number): string =>
    new TextDecoder().decode(target.subarray(0, write(target, 0, connection, 1)));
  assert.deepEqual([2, 3].map(textOf), ["a:1 b=2    ;1cx!", "other!"]);
});
