/** What fills messages of a given size: a few fillings of equal length, one of which a message has by its numbers. */

import { seededRandom } from "../../measure/record/random.ts";
import { bytesOf } from "../../protocols/parts/bytes.ts";

/** What repeats in messages of text; its length is prime, so that neighbours differ. */
const TEXT = bytesOf("the quick brown fox jumps over the lazy dog, 1234567890 times or 6.");

/** The text repeated to a length, from each of its characters on. */
export function repeatedText(length: number): readonly Uint8Array[] {
  const repeated = new Uint8Array(length + TEXT.length);
  for (let at = 0; at < repeated.length; at++) repeated[at] = TEXT[at % TEXT.length]!;
  return Array.from(TEXT, (_, start) => repeated.subarray(start, start + length));
}

/** How far back a compressor looks (RFC 1951 §2), in bytes. */
const WINDOW = 2 ** 15;
/** From this prime on, a change of one digit or one bit in a number is never a multiple of it. */
const FEWEST = 11;

/**
 * How many fillings messages of a size need so that none is repeated while a compressor still looks back at it:
 * otherwise it would compress what is meant to be new.
 */
export function fillingsFor(size: number): number {
  let count = Math.max(FEWEST, Math.ceil(1.25 * WINDOW / size));
  while (!isPrime(count)) count++;
  return count;
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor++) {
    if (value % divisor === 0) return false;
  }
  return true;
}

/** Seed of the bytes: every process makes the same. */
const SEED = 7692;

/** Bytes that cannot be compressed. */
export function randomBytes(length: number, count: number): readonly Uint8Array[] {
  const random = seededRandom(SEED);
  // Four at a time: messages of 1 MiB need many.
  const words = new Uint32Array(Math.ceil(length * count / 4));
  for (let index = 0; index < words.length; index++) words[index] = random() * 2 ** 32;
  const bytes = new Uint8Array(words.buffer);
  return Array.from(
    { length: count },
    (_, index) => bytes.subarray(index * length, (index + 1) * length),
  );
}
