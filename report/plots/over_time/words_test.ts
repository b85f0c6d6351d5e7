import assert from "node:assert/strict";
import { inWords, reading, windowOf } from "./words.ts";

const series = (length: number) => ({
  name: "ws",
  stretches: [{
    x: Array.from({ length }, (_, at) => at),
    y: Array.from({ length }, (_, at) => at),
  }],
});

Deno.test("windowOf() is a tenth of the longest stretch, and 5 at the least", () => {
  assert.equal(windowOf([series(10)]), 5);
  assert.equal(windowOf([series(10), series(1000)]), 100);
});

Deno.test("reading() says what a point is, and when points are missing", () => {
  assert.deepEqual(reading([series(3)], 5, "a message"), [
    "Each point is a message; lines: mean of 5 points around each.",
  ]);
  assert.equal(reading([series(9999)], 5, "a message").length, 2);
});

Deno.test("inWords() has the mean and the range of the average", () => {
  assert.equal(inWords(series(5), 3), "ws: mean 2.00, moving average 0.500 to 3.50.");
});
