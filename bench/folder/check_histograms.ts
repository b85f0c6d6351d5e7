/**
 * Checks the histograms of a trial that somebody else may have written, before they are decoded: some hundred bytes of
 * base64 may inflate to a gigabyte, and a header may promise two billion counts that a decoder looks for.
 *
 * The encoding is HdrHistogram's V2, compressed (https://github.com/HdrHistogram/HdrHistogram): a cookie, a length, and
 * deflated a header of 40 bytes and the counts, each a number of up to 9 bytes.
 */

import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { HIGHEST_NS } from "../../measure/record/histogram.ts";
import type { Trial } from "../../measure/model/result.ts";

/** Cookies of V2, but for the size of a word in bits 4 to 7. */
const COMPRESSED = 0x1c849304;
const PLAIN = 0x1c849303;
const WORD_SIZE = 0xf0;
const HEADER = 40;
/** Buckets of a histogram of wsmark, each a count of at most 9 bytes. */
const BUCKETS = 28_672;
const LONGEST_COUNT = 9;
const MOST_INFLATED = HEADER + BUCKETS * LONGEST_COUNT;
/** Deflating makes what does not shrink a little longer; base64 adds a third. */
const MOST_CHARACTERS = Math.ceil(MOST_INFLATED * 1.01 * 4 / 3) + 100;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Checks that each histogram of a trial can be decoded, and in little time and space.
 *
 * @param place where the trial is, for the message: "trials.3"
 * @throws {SyntaxError} that names the first one that cannot
 */
export function checkHistograms(trial: Trial, place: string): void {
  if (trial.state === "failed") return;
  for (const [name, base64] of Object.entries(trial.histograms)) {
    try {
      checkHistogram(base64!);
    } catch (error) {
      throw new SyntaxError(
        `Cannot read a trial of wsmark: ${place}.histograms.${name}: ${(error as Error).message}`,
        { cause: error },
      );
    }
  }
}

/** Throws if a text is not a histogram, or one that is larger than those of wsmark can be. */
export function checkHistogram(base64: string): void {
  if (base64.length > MOST_CHARACTERS) {
    throw new SyntaxError(`longer than ${MOST_CHARACTERS.toLocaleString("en")} characters`);
  }
  // `Buffer` skips what is no base64; the decoder does not.
  if (!BASE64.test(base64) || base64.length % 4 !== 0) throw new SyntaxError("no base64");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length < 8 || (bytes.readInt32BE(0) & ~WORD_SIZE) !== COMPRESSED) {
    throw new SyntaxError("no histogram of HdrHistogram, V2 compressed");
  }
  const content = inflated(bytes.subarray(8, 8 + Math.max(0, bytes.readInt32BE(4))));
  checkHeader(content);
  checkCounts(content.subarray(HEADER));
}

function inflated(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_INFLATED });
  } catch (error) {
    const isBomb = (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    throw new SyntaxError(isBomb ? "it inflates to more than it can have" : "it does not inflate", {
      cause: error,
    });
  }
}

/** Holds the header against what follows it, and against what a histogram of wsmark has. */
function checkHeader(bytes: Buffer): void {
  const isWhole = bytes.length >= HEADER &&
    (bytes.readInt32BE(0) & ~WORD_SIZE) === PLAIN &&
    bytes.readInt32BE(4) === bytes.length - HEADER;
  if (!isWhole) throw new SyntaxError("its header does not fit what follows it");
  const [digits, lowest, highest] = [
    bytes.readInt32BE(12),
    bytes.readBigInt64BE(16),
    bytes.readBigInt64BE(24),
  ];
  if (digits === 3 && lowest === 1n && highest > 1n && highest <= BigInt(HIGHEST_NS)) return;
  throw new SyntaxError(
    `it has ${digits} digits from ${lowest} to ${highest} ns, and 3 digits from 1 to at most ` +
      `${HIGHEST_NS} ns are read`,
  );
}

/**
 * Holds the places of the counts against the buckets that there are, and each count against what a number can hold. A
 * count is a ZigZag number in up to 9 bytes of 7 bits, the lowest first; a negative one means so many buckets without a
 * count.
 */
function checkCounts(counts: Uint8Array): void {
  let place = 0;
  for (let at = 0; at < counts.length && place <= BUCKETS;) {
    let number = 0;
    let length = 0;
    let byte: number;
    do {
      byte = counts[at++] ?? 0;
      // The ninth byte has eight bits.
      number += (length === LONGEST_COUNT - 1 ? byte : byte & 0x7f) * 128 ** length++;
    } while (byte >= 0x80 && length < LONGEST_COUNT);
    if (number / 2 > Number.MAX_SAFE_INTEGER) {
      throw new SyntaxError(`one of its counts is larger than ${Number.MAX_SAFE_INTEGER}`);
    }
    place += number % 2 === 1 ? (number + 1) / 2 : 1;
  }
  if (place > BUCKETS) throw new SyntaxError(`its counts go beyond the ${BUCKETS} buckets`);
}
