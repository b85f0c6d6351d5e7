import assert from "node:assert/strict";
import { backoffMs } from "./backoff.ts";
import { readBackoff } from "./texts.ts";

Deno.test("backoffMs() doubles up to the longest pause, and varies by the jitter", () => {
  const backoff = readBackoff("100ms..1s±50%");
  assert.deepEqual([0, 1, 2, 3, 4, 1000].map((attempt) => backoffMs(backoff, attempt, 0.5)), [
    100,
    200,
    400,
    800,
    1000,
    1000,
  ]);
  assert.deepEqual([backoffMs(backoff, 0, 0), backoffMs(backoff, 4, 0.999)], [50, 1499]);
});
