/**
 * Payloads: what the messages of a trial say, and whether a reply is the right one.
 *
 * Each message names its connection and its number where it has the room, so that a lost, doubled, reordered or
 * altered reply is told from a right one. Messages are written and checked as bytes in place; for small ones nothing is
 * allocated.
 *
 * @module
 */

import {
  bytesOf,
  Comparer,
  digitsEnd,
  readDigits,
  readPadded,
  readUint32,
  writeDigits,
  writeUint32,
} from "./bytes.ts";

/** Makes messages and checks their replies. */
export interface Payload {
  /** Whether a message is text; a reply of the other type is wrong. */
  readonly isText: boolean;
  /** The most bytes that a message takes. */
  readonly size: number;
  /**
   * Writes the message with a number on a connection.
   *
   * @param target where to write; it has room for {@linkcode Payload.size} bytes from `at` on
   * @returns the place after the last byte
   */
  write(target: Uint8Array, at: number, connection: number, sequence: number): number;
  /**
   * Finds out which message a reply answers.
   *
   * @param source holds the reply from `start` to before `end`
   * @param connection where it was received
   * @param expected number of the message whose reply is due
   * @returns the number of the message that is answered; {@linkcode altered} of that number where the reply names it
   * but is not what it should be; {@linkcode UNREADABLE} where it names none
   */
  check(
    source: Uint8Array,
    start: number,
    end: number,
    connection: number,
    expected: number,
  ): number;
}

/** Result of {@linkcode Payload.check} for a reply that names no message. */
export const UNREADABLE = -1;

/** Marks a number as that of a message with a wrong reply; applied twice it gives the number again. */
export function altered(sequence: number): number {
  return -2 - sequence;
}

/** The same text every time: it cannot tell a reply from another one, only a right one from a wrong one. */
export function fixedText(text: string): Payload {
  const bytes = bytesOf(text);
  const comparer = new Comparer();
  return {
    isText: true,
    size: bytes.length,
    write(target, at) {
      target.set(bytes, at);
      return at + bytes.length;
    },
    check(source, start, end, _connection, expected) {
      return end - start === bytes.length && comparer.equal(source, start, bytes, 0, bytes.length)
        ? expected
        : UNREADABLE;
    },
  };
}

/** What fills a message; its length is prime, so that neighbours differ. */
const FILLING = bytesOf("the quick brown fox jumps over the lazy dog, 1234567890 times or 6.");

/** Where a message's filling begins in {@linkcode FILLING}: a changed number does not fit its filling. */
function rotation(connection: number, sequence: number): number {
  return (connection * 7 + sequence) % FILLING.length;
}

/** The filling of a message from each of its beginnings. */
function fillings(length: number): Uint8Array[] {
  const repeated = new Uint8Array(length + FILLING.length);
  for (let at = 0; at < repeated.length; at++) repeated[at] = FILLING[at % FILLING.length]!;
  return Array.from(FILLING, (_, start) => repeated.subarray(start, start + length));
}

/** Makes a payload of a fixed size from how its numbers are written and read. */
function sized(
  { isText, size, writeNumbers, readConnection, readSequence, fillingAt, fillingLength, tail }: {
    readonly isText: boolean;
    readonly size: number;
    readonly writeNumbers: (
      target: Uint8Array,
      at: number,
      connection: number,
      sequence: number,
    ) => void;
    readonly readConnection: (source: Uint8Array, start: number) => number;
    readonly readSequence: (source: Uint8Array, start: number) => number;
    readonly fillingAt: number;
    readonly fillingLength: number;
    readonly tail: Uint8Array;
  },
): Payload {
  const filling = fillings(fillingLength);
  const right = new Uint8Array(size);
  const comparer = new Comparer();

  function write(target: Uint8Array, at: number, connection: number, sequence: number): number {
    writeNumbers(target, at, connection, sequence);
    target.set(filling[rotation(connection, sequence)]!, at + fillingAt);
    if (tail.length > 0) target.set(tail, at + size - tail.length);
    return at + size;
  }

  return {
    isText,
    size,
    write,
    check(source, start, end, connection) {
      if (end - start !== size || readConnection(source, start) !== connection) return UNREADABLE;
      const sequence = readSequence(source, start);
      if (sequence < 0) return UNREADABLE;
      write(right, 0, connection, sequence);
      return comparer.equal(source, start, right, 0, size) ? sequence : altered(sequence);
    },
  };
}

/** The smallest message that {@linkcode json} can make, in bytes. */
export const SMALLEST_JSON = 64;
const JSON_HEAD = bytesOf('{"connection":     ,"sequence":         ,"data":"');
const CONNECTION_AT = 14;
const CONNECTION_DIGITS = 5;
const SEQUENCE_AT = 31;
const SEQUENCE_DIGITS = 9;
const JSON_TAIL = bytesOf('"}');

/**
 * A JSON object of a given size: `{"connection":3    ,"sequence":17       ,"data":"…"}`. The spaces keep every part at
 * its place. The data begin at a place in a text that depends on both numbers.
 *
 * @param size bytes of each message, all ASCII
 * @throws {RangeError} below {@linkcode SMALLEST_JSON}, where the numbers would not fit
 */
export function json(size: number): Payload {
  if (!Number.isSafeInteger(size) || size < SMALLEST_JSON) {
    throw new RangeError(
      `Cannot make a JSON message as 'size' must be at least ${SMALLEST_JSON}: received ${size}`,
    );
  }
  return sized({
    isText: true,
    size,
    fillingAt: JSON_HEAD.length,
    fillingLength: size - JSON_HEAD.length - JSON_TAIL.length,
    tail: JSON_TAIL,
    writeNumbers(target, at, connection, sequence) {
      target.set(JSON_HEAD, at);
      writeDigits(target, at + CONNECTION_AT, connection);
      writeDigits(target, at + SEQUENCE_AT, sequence);
    },
    readConnection: (source, start) => readPadded(source, start + CONNECTION_AT, CONNECTION_DIGITS),
    readSequence: (source, start) => readPadded(source, start + SEQUENCE_AT, SEQUENCE_DIGITS),
  });
}

/** The smallest message that {@linkcode numbered} can make, in bytes. */
export const SMALLEST_NUMBERED = 16;

/**
 * Bytes: connection and number as unsigned 32-bit integers, little endian, then filling.
 *
 * @param size bytes of each message
 * @throws {RangeError} below {@linkcode SMALLEST_NUMBERED}
 */
export function numbered(size: number): Payload {
  if (!Number.isSafeInteger(size) || size < SMALLEST_NUMBERED) {
    throw new RangeError(
      `Cannot make a message as 'size' must be at least ${SMALLEST_NUMBERED}: received ${size}`,
    );
  }
  return sized({
    isText: false,
    size,
    fillingAt: 8,
    fillingLength: size - 8,
    tail: new Uint8Array(),
    writeNumbers(target, at, connection, sequence) {
      writeUint32(target, at, connection);
      writeUint32(target, at + 4, sequence);
    },
    readConnection: readUint32,
    readSequence: (source, start) => readUint32(source, start + 4),
  });
}

/** The smallest message that {@linkcode numberedText} can make, in bytes. */
export const SMALLEST_TEXT = CONNECTION_DIGITS + SEQUENCE_DIGITS + 2;
const TEXT_HEAD = bytesOf(" ".repeat(CONNECTION_DIGITS + SEQUENCE_DIGITS));

/**
 * A short text: connection and number in decimal, padded with spaces to five and nine places, then filling.
 *
 * @param size bytes of each message, all ASCII
 * @throws {RangeError} below {@linkcode SMALLEST_TEXT}
 */
export function numberedText(size: number): Payload {
  if (!Number.isSafeInteger(size) || size < SMALLEST_TEXT) {
    throw new RangeError(
      `Cannot make a text as 'size' must be at least ${SMALLEST_TEXT}: received ${size}`,
    );
  }
  return sized({
    isText: true,
    size,
    fillingAt: TEXT_HEAD.length,
    fillingLength: size - TEXT_HEAD.length,
    tail: new Uint8Array(),
    writeNumbers(target, at, connection, sequence) {
      target.set(TEXT_HEAD, at);
      writeDigits(target, at, connection);
      writeDigits(target, at + CONNECTION_DIGITS, sequence);
    },
    readConnection: (source, start) => readPadded(source, start, CONNECTION_DIGITS),
    readSequence: (source, start) => readPadded(source, start + CONNECTION_DIGITS, SEQUENCE_DIGITS),
  });
}

/** A text of any size from {@linkcode SMALLEST_TEXT} on: JSON where it fits. */
export function textOf(size: number): Payload {
  return size < SMALLEST_JSON ? numberedText(size) : json(size);
}

/** A message of any size from {@linkcode SMALLEST_NUMBERED} on: JSON where it fits, else numbered bytes. */
export function messageOf(size: number): Payload {
  return size < SMALLEST_JSON ? numbered(size) : json(size);
}

/** `prefix` and the message's number, answered with ` - N` appended, N in 0…999: what `/tag` does. */
export function tagged(prefix: string): Payload {
  const separator = bytesOf(" - ");
  const comparer = new Comparer();

  /** Whether ` - N` stands there and nothing else. */
  function isTag(source: Uint8Array, start: number, end: number): boolean {
    const digitsAt = start + separator.length;
    const digits = end - digitsAt;
    if (digits < 1 || digits > 3) return false;
    return comparer.equal(source, start, separator, 0, separator.length) &&
      digitsEnd(source, digitsAt, end) === end;
  }
  return prefixed(prefix, isTag);
}

/** The same messages, answered as they came. */
export function counted(prefix: string): Payload {
  return prefixed(prefix, (_source, start, end) => start === end);
}

/** `prefix` and the message's number; a reply's rest after these is right or it is not. */
function prefixed(
  prefix: string,
  isRight: (source: Uint8Array, start: number, end: number) => boolean,
): Payload {
  const head = bytesOf(prefix);
  const comparer = new Comparer();
  return {
    isText: true,
    size: head.length + 16,
    write(target, at, _connection, sequence) {
      target.set(head, at);
      return writeDigits(target, at + head.length, sequence);
    },
    check(source, start, end) {
      const digitsAt = start + head.length;
      if (digitsAt >= end || !comparer.equal(source, start, head, 0, head.length)) {
        return UNREADABLE;
      }
      const restAt = digitsEnd(source, digitsAt, end);
      if (restAt === digitsAt) return UNREADABLE;
      const sequence = readDigits(source, digitsAt, restAt);
      return isRight(source, restAt, end) ? sequence : altered(sequence);
    },
  };
}
