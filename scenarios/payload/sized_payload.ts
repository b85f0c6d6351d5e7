/** Payloads of a given size: messages that name their connection and their number, then filling. */

import { bytesOf, readPadded, readUint32 } from "../../protocols/parts/bytes.ts";
import { Composer } from "../../protocols/parts/composer.ts";
import { composed, NOTHING } from "../../protocols/parts/message.ts";
import type { Hole, Parts } from "../../protocols/types.ts";
import { fillingsFor, randomBytes, repeatedText } from "./fillings.ts";
import { altered, type Payload, UNREADABLE } from "./types.ts";

/** @param parts have a hole for the connection, then one for the number, each with a width */
function sized(isText: boolean, parts: Parts): Payload {
  const [connectionHole, sequenceHole] = parts.holes as [Hole, Hole];
  const composer = new Composer(parts);
  const message = composed(isText, [parts]);
  const { size } = message;
  return {
    ...message,
    write: (target, at, connection, sequence) => composer.write(target, at, connection, sequence),
    reply: message,
    check(source, start, end, connection) {
      if (end - start !== size || numberIn(connectionHole, source, start) !== connection) {
        return UNREADABLE;
      }
      const sequence = numberIn(sequenceHole, source, start);
      if (sequence < 0) return UNREADABLE;
      return composer.equal(source, start, end, connection, sequence)
        ? sequence
        : altered(sequence);
    },
  };
}

/** The number in a hole of a message; -1 if there is none. */
function numberIn({ as, at, width }: Hole, source: Uint8Array, start: number): number {
  return as === "uint32" ? readUint32(source, start + at) : readPadded(source, start + at, width);
}

function checkSize(what: string, size: number, smallest: number): void {
  if (Number.isSafeInteger(size) && size >= smallest) return;
  throw new RangeError(
    `Cannot make ${what} as 'size' must be at least ${smallest}: received ${size}`,
  );
}

const CONNECTION_DIGITS = 5;
const SEQUENCE_DIGITS = 9;

/** Where connection and number stand as digits, with spaces after them. */
function decimals(connectionAt: number, sequenceAt: number): readonly [Hole, Hole] {
  return [
    { at: connectionAt, holds: "connection", as: "decimal", width: CONNECTION_DIGITS },
    { at: sequenceAt, holds: "sequence", as: "decimal", width: SEQUENCE_DIGITS },
  ];
}

/** The smallest message that {@linkcode json} can make, in bytes. */
export const SMALLEST_JSON = 64;
const JSON_START = '{"connection":     ,"sequence":         ,';
const CONNECTION_AT = 14;
const SEQUENCE_AT = 31;

/** A JSON object of a given size whose third member has the filling. */
export function jsonOf(
  what: string,
  size: number,
  [before, after]: readonly [before: string, after: string],
  fillings: (length: number) => readonly Uint8Array[],
): Payload {
  checkSize(what, size, SMALLEST_JSON);
  const head = bytesOf(JSON_START + before);
  const tail = bytesOf(after);
  return sized(true, {
    head,
    holes: decimals(CONNECTION_AT, SEQUENCE_AT),
    fillings: fillings(size - head.length - tail.length),
    tail,
  });
}

/**
 * A JSON object of a given size in bytes: `{"connection":3    ,"sequence":17       ,"data":"…"}`. The spaces keep every
 * part in its place. Where in the repeated text the data begin depends on both numbers.
 *
 * @throws {RangeError} below {@linkcode SMALLEST_JSON}, where the numbers would not fit
 */
export function json(size: number): Payload {
  return jsonOf("a JSON message", size, ['"data":"', '"}'], repeatedText);
}

/** The smallest message that {@linkcode numbered} and {@linkcode random} can make, in bytes. */
export const SMALLEST_NUMBERED = 16;
const NUMBERS_SIZE = 8;

/** Connection and number as unsigned 32-bit integers, little endian, then filling. */
function bytes(size: number, fillings: (length: number) => readonly Uint8Array[]): Payload {
  checkSize("a message", size, SMALLEST_NUMBERED);
  return sized(false, {
    head: new Uint8Array(NUMBERS_SIZE),
    holes: [
      { at: 0, holds: "connection", as: "uint32", width: 4 },
      { at: 4, holds: "sequence", as: "uint32", width: 4 },
    ],
    fillings: fillings(size - NUMBERS_SIZE),
    tail: NOTHING,
  });
}

/**
 * Bytes: connection and number as unsigned 32-bit integers, little endian, then a text that repeats.
 *
 * @throws {RangeError} below {@linkcode SMALLEST_NUMBERED}
 */
export function numbered(size: number): Payload {
  return bytes(size, repeatedText);
}

/**
 * Bytes: connection and number as in {@linkcode numbered}, then bytes that cannot be compressed, neither by themselves
 * nor by looking back at earlier messages.
 *
 * @throws {RangeError} below {@linkcode SMALLEST_NUMBERED}
 */
export function random(size: number): Payload {
  return bytes(size, (length) => randomBytes(length, fillingsFor(size)));
}

/** The smallest message that {@linkcode numberedText} can make, in bytes. */
export const SMALLEST_TEXT = CONNECTION_DIGITS + SEQUENCE_DIGITS + 2;
const TEXT_START = " ".repeat(CONNECTION_DIGITS + SEQUENCE_DIGITS);

/**
 * A short text: connection and number in decimal, padded with spaces to five and nine places, then filling.
 *
 * @throws {RangeError} below {@linkcode SMALLEST_TEXT}
 */
export function numberedText(size: number): Payload {
  checkSize("a text", size, SMALLEST_TEXT);
  const head = bytesOf(TEXT_START);
  return sized(true, {
    head,
    holes: decimals(0, CONNECTION_DIGITS),
    fillings: repeatedText(size - head.length),
    tail: NOTHING,
  });
}
