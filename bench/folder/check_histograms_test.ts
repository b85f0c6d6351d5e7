import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { HIGHEST_NS, Histogram } from "../../measure/record/histogram.ts";
import { seededRandom } from "../../measure/record/random.ts";
import { completedTrial, failedTrial } from "../../measure/model/testdata.ts";
import { checkHistogram, checkHistograms } from "./check_histograms.ts";

/** A histogram with this header and these bytes after it. */
function encoded(
  counts: Uint8Array,
  { length = counts.length, digits = 3, lowest = 1n, highest = BigInt(HIGHEST_NS) } = {},
): string {
  const header = Buffer.alloc(40);
  header.writeInt32BE(0x1c849313, 0);
  header.writeInt32BE(length, 4);
  header.writeInt32BE(digits, 12);
  header.writeBigInt64BE(lowest, 16);
  header.writeBigInt64BE(highest, 24);
  header.writeDoubleBE(1, 32);
  const body = deflateSync(Buffer.concat([header, counts]));
  const cookie = Buffer.alloc(8);
  cookie.writeInt32BE(0x1c849314, 0);
  cookie.writeInt32BE(body.length, 4);
  return Buffer.concat([cookie, body]).toString("base64");
}

Deno.test("checkHistogram() lets through what wsmark writes, whether empty or as full as can be", () => {
  const full = new Histogram();
  const random = seededRandom(1);
  for (const [ns] of everyBucket()) full.add([[ns, 1 + Math.floor(random() * 2 ** 40)]]);
  for (const histogram of [new Histogram(), Histogram.from([[1_000_000, 7]]), full]) {
    checkHistogram(encodeHistogram(histogram));
  }
});

/** The smallest duration of each bucket. */
function* everyBucket(): Generator<[number]> {
  for (let ns = 0; ns <= HIGHEST_NS; ns += ns < 2048 ? 1 : 2 ** (Math.floor(Math.log2(ns)) - 10)) {
    yield [ns];
  }
}

for (
  const [what, text, message] of [
    ["a gigabyte in a megabyte", encoded(Buffer.alloc(2 ** 27)), /inflates to more than it can/],
    ["a text of a megabyte", "A".repeat(2 ** 20), /longer than 347,\d\d\d characters/],
    [
      "two billion counts that are not there",
      encoded(Buffer.alloc(3), { length: 2 ** 31 - 1 }),
      /h/,
    ],
    [
      "a negative number of counts",
      encoded(Buffer.alloc(3), { length: -1 }),
      /header does not fit/,
    ],
    [
      "a count behind two million empty buckets",
      encoded(Uint8Array.of(0xcf, 0x0f, 2, 0xfd, 0xff, 0x9c, 0xfd, 0x0f, 2)),
      /its counts go beyond the 28672 buckets/,
    ],
    ["five digits", encoded(Buffer.alloc(3), { digits: 5 }), /it has 5 digits/],
    [
      "durations of three centuries",
      encoded(Buffer.alloc(3), { highest: 2n ** 63n - 1n }),
      /at most/,
    ],
    ["another unit", encoded(Buffer.alloc(3), { lowest: 1000n }), /from 1000 to/],
    ["more than a number can hold", encoded(Buffer.alloc(9, 0xff)), /one of its counts is larger/],
    [
      "no deflated bytes",
      Buffer.concat([Buffer.from("1c84931400000004", "hex"), Buffer.from("no!!")])
        .toString("base64"),
      /does not inflate/,
    ],
    ["nothing", "", /no histogram/],
    ["what is no base64", "AAA\u{1f600}", /no base64/],
    ["another text", btoa("hello, world"), /no histogram/],
  ] as const
) {
  Deno.test(`checkHistogram() refuses ${what}`, () => {
    assert.throws(() => checkHistogram(text), { name: "SyntaxError", message });
  });
}

Deno.test("checkHistograms() names the place of the first that is wrong", () => {
  checkHistograms(failedTrial("it ended"), "trials.0");
  checkHistograms(completedTrial({}, [1, 2, 3]), "trials.0");
  const trial = { ...completedTrial({}, [1]), histograms: { batchTime: "AAAA" } };
  assert.throws(() => checkHistograms(trial, "trials.7"), {
    name: "SyntaxError",
    message: "Cannot read a trial of wsmark: trials.7.histograms.batchTime: no histogram of " +
      "HdrHistogram, V2 compressed",
  });
});
