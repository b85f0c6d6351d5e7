import assert from "node:assert/strict";
import { SeriesMemory } from "./series_memory.ts";

Deno.test("SeriesMemory keeps what was placed while it grows, with room after each range", () => {
  const memory = new SeriesMemory();
  const pieces = [1, 16, 1000, 200_000].map((size) => new Uint8Array(size).fill(size % 250));
  const places = pieces.map((piece) => memory.place(piece));
  const end = memory.reserve(1);
  for (const [index, at] of places.entries()) {
    const { length } = pieces[index]!;
    assert.deepEqual(memory.bytes.slice(at, at + length), pieces[index]);
    assert.ok((places[index + 1] ?? end) >= at + length + 16);
    assert.equal(at % 16, 0);
  }
  assert.equal(memory.words.buffer, memory.bytes.buffer);
  assert.ok(memory.bytes.length < 400_000);
});

Deno.test("SeriesMemory.placeFillings() places them once, and lets them overlap as they do", () => {
  const memory = new SeriesMemory();
  const text = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
  const fillings = [3, 0, 1].map((start) => text.subarray(start, start + 900));
  const table = memory.placeFillings(fillings);
  const addresses = [...memory.words.subarray(table / 4, table / 4 + 3)];
  assert.deepEqual(addresses.map((at) => at - addresses[1]!), [3, 0, 1]);
  for (const [index, at] of addresses.entries()) {
    assert.deepEqual(memory.bytes.slice(at, at + 900), fillings[index]);
  }
  assert.equal(memory.placeFillings(fillings), table);
});

Deno.test("SeriesMemory.reserve() throws for more than can be addressed", () => {
  assert.throws(() => new SeriesMemory().reserve(2 ** 33), RangeError);
});
