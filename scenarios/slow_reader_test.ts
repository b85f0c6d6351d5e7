import assert from "node:assert/strict";
import { fakeLoad } from "./traffic/testing.ts";
import { slowReader } from "./slow_reader.ts";

const [alone, prompt, slow] = slowReader.cases;

Deno.test("slow-reader has the same connections alone, beside prompt and beside slow readers", () => {
  const made = [alone!, prompt!, slow!].map((one) => slowReader.traffic(fakeLoad(), one, 1));
  assert.deepEqual(made.map(({ slots }) => slots), [8, 12, 12]);
  assert.deepEqual(made.map(({ bulk }) => bulk?.messages), [undefined, 2048, 2048]);
});

Deno.test("slow-reader sends small messages on the measured connections, large ones beside them", () => {
  for (const size of [16, 64, 300]) {
    const { write } = slowReader.payload({ ...slow, size }, "/echo");
    const target = new Uint8Array(20_000);
    assert.deepEqual([7, 8, 11].map((connection) => write(target, 0, connection, 1)), [
      size,
      16_384,
      16_384,
    ]);
  }
});

Deno.test("slow-reader refuses more than a machine should be asked to keep", () => {
  assert.throws(() => slowReader.payload({ ...slow, messages: 40_000 }, "/echo"), {
    name: "RangeError",
    message: /40000 messages on 4 connections .* take 2500 MiB.*at most 2048 MiB$/,
  });
});
