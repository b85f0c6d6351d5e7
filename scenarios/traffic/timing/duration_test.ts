import assert from "node:assert/strict";
import { durationInWords, readDuration } from "./duration.ts";

Deno.test("readDuration() reads what people write, and nothing else", () => {
  const known = {
    "500ms": 500,
    "1s": 1000,
    "1.5 s": 1500,
    "2m": 120_000,
    "2min": 120_000,
    "1m30s": 90_000,
    "1h": 3_600_000,
    "0s": 0,
  };
  for (const [text, ms] of Object.entries(known)) assert.equal(readDuration(text), ms, text);
  for (const text of ["", "1", "s", "-1s", "1 day", "1s2", "1,5s", "1e3s", "s1"]) {
    assert.equal(readDuration(text), undefined, text);
  }
});

Deno.test("durationInWords() has the largest unit that fits", () => {
  assert.deepEqual(
    [0, 20, 999, 1000, 1500, 90_000, 120_000].map(durationInWords),
    ["0 s", "20 ms", "999 ms", "1 s", "1.5 s", "90 s", "2 min"],
  );
});
