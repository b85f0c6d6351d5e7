import assert from "node:assert/strict";
import { borrow, giveBack, makeRoom } from "./buffer_pool.ts";

Deno.test("borrow() rounds up to a power of two, up to 1 MiB", () => {
  for (
    const [least, length] of [
      [0, 128],
      [1, 128],
      [128, 128],
      [129, 256],
      [65536, 65536],
      [65537, 131072],
      [2 ** 20, 2 ** 20],
      [2 ** 20 + 1, 2 ** 20 + 1],
    ] as const
  ) assert.equal(borrow(least).length, length, `${least}`);
});

Deno.test("borrow() lends again what was given back, and to one at a time", () => {
  const first = borrow(300);
  giveBack(first);
  const again = borrow(400);
  assert.equal(again, first);
  assert.notEqual(borrow(400), first);
  giveBack(again);
});

Deno.test("borrow() makes a buffer of the least size if none of the wished size is idle", () => {
  const lent = Array.from({ length: 40 }, () => borrow(2 ** 18));
  assert.equal(borrow(10, 2 ** 18).length, 128);
  const [idle] = lent;
  giveBack(idle!);
  assert.equal(borrow(10, 2 ** 18), idle);
});

Deno.test("borrow() makes no buffer for what is only announced", () => {
  assert.equal(borrow(10, 2 ** 50).length, 128);
});

Deno.test("giveBack() keeps no more than 16 MiB", () => {
  const lent = Array.from({ length: 20 }, () => borrow(2 ** 20));
  for (const buffer of lent) giveBack(buffer);
  const again = Array.from({ length: 20 }, () => borrow(2 ** 20));
  assert.ok(again.filter((buffer) => lent.includes(buffer)).length <= 16);
});

Deno.test("makeRoom() keeps the content and at least doubles", () => {
  // The pool holds no buffer that is so large, whatever has been given back to it.
  const wished = 2 ** 21;
  let held = makeRoom(undefined, 0, 100, wished);
  held.fill(7, 0, 100);
  assert.equal(makeRoom(held, 100, 128, wished), held);
  const smaller = held;
  held = makeRoom(held, 100, 129, wished);
  assert.notEqual(held, smaller);
  assert.ok(held.length >= 200);
  assert.deepEqual(held.subarray(0, 100), new Uint8Array(100).fill(7));
});
