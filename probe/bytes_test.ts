import assert from "node:assert/strict";
import { formatBytes } from "./bytes.ts";

Deno.test("formatBytes() takes the largest unit that needs no fraction", () => {
  assert.equal(formatBytes(32 * 1024), "32 KiB");
  assert.equal(formatBytes(2 ** 20), "1 MiB");
  assert.equal(formatBytes(1.5 * 2 ** 20), "1536 KiB");
  assert.equal(formatBytes(100), "100 bytes");
});
