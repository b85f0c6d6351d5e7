import assert from "node:assert/strict";
import { readFont, readResvg } from "./package_file.ts";

Deno.test("readFont() gives a TrueType font", async () => {
  assert.deepEqual([...(await readFont()).subarray(0, 4)], [0, 1, 0, 0]);
});

Deno.test("readResvg() gives WebAssembly", async () => {
  assert.deepEqual([...(await readResvg()).subarray(0, 4)], [0, 0x61, 0x73, 0x6d]);
});
