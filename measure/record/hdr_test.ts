import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import assert from "node:assert/strict";
import { decodeHistogram, encodeHistogram } from "./hdr.ts";
import { Histogram } from "./histogram.ts";
import { seededRandom } from "./random.ts";

Deno.test("decodeHistogram() gives back what encodeHistogram() was given", () => {
  const random = seededRandom(6);
  const histogram = new Histogram();
  for (let index = 0; index < 10_000; index++) histogram.record(random() ** 6 * 60e9);
  assert.deepEqual([...decodeHistogram(encodeHistogram(histogram)).entries()], [
    ...histogram.entries(),
  ]);
});

Deno.test("encodeHistogram() encodes an empty histogram", () => {
  assert.equal(decodeHistogram(encodeHistogram(new Histogram())).count, 0);
});

Deno.test("decodeHistogram() reads what another HdrHistogram library wrote", () => {
  const other = build({ numberOfSignificantValueDigits: 3, highestTrackableValue: 1e10 });
  for (const value of [1000, 1_000_000, 1_000_000, 1_000_000_000]) other.recordValue(value);
  const histogram = decodeHistogram(encodeIntoCompressedBase64(other));
  assert.equal(histogram.count, 4);
  assert.equal(histogram.percentile(50), other.getValueAtPercentile(50));
});

Deno.test("decodeHistogram() throws a SyntaxError for what is not a histogram", () => {
  for (const text of ["", "no base64!", "AAAA", btoa("x".repeat(100))]) {
    assert.throws(() => decodeHistogram(text), SyntaxError, text);
  }
});
