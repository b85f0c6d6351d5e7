import assert from "node:assert/strict";
import { backoffInWords, backoffMs, readBackoff } from "./backoff.ts";

Deno.test("readBackoff() reads the first and the longest pause, and by how much they vary", () => {
  const known = {
    "100ms..5s±50%": [100, 5000, 0.5],
    "100ms..5s": [100, 5000, 0],
    "1s +- 10 %": [1000, 1000, 0.1],
    "20ms": [20, 20, 0],
  };
  for (const [text, [firstMs, longestMs, jitter]] of Object.entries(known)) {
    assert.deepEqual(readBackoff(text), { firstMs, longestMs, jitter }, text);
  }
});

Deno.test("readBackoff() refuses anything else", () => {
  for (const text of ["", "100", "..5s", "100ms..", "100ms...5s", "100ms±50", "fast"]) {
    assert.throws(
      () => readBackoff(text),
      { name: "SyntaxError", message: /^Unknown back-off "/ },
      text,
    );
  }
  for (const text of ["0ms", "5s..1s", "1s..2m", "1s±101%"]) {
    assert.throws(
      () => readBackoff(text),
      { name: "RangeError", message: /^A back-off must be/ },
      text,
    );
  }
});

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

Deno.test("backoffInWords() says what there is", () => {
  assert.equal(backoffInWords("100ms..5s±50%"), "100 ms, doubled up to 5 s, ±50 %");
  assert.equal(backoffInWords("20ms"), "20 ms");
});
