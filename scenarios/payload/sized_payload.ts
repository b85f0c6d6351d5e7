/** Payloads of a given size: messages that name their connection and their number, then filling. */

import {
  Bytes,
  bytesOf,
  Pieces,
  readPadded,
  readUint32,
  writeDigits,
  writeUint32,
} from "../../protocols/bytes.ts";
import { fillingOf, fillingsFor, randomBytes, repeatedText } from "./fillings.ts";
import type { Message } from "../../protocols/types.ts";
import { altered, type Payload, UNREADABLE } from "./payload_parts.ts";

/** How messages are put together. */
interface Form {
  readonly isText: boolean;
  readonly size: number;
  /** Bytes before the filling. */
  readonly headSize: number;
  readonly writeHead: (
    target: Uint8Array,
    at: number,
    connection: number,
    sequence: number,
  ) => void;
  readonly readConnection: (source: Uint8Array, start: number) => number;
  readonly readSequence: (source: Uint8Array, start: number) => number;
  /** All of one length; see {@linkcode fillingOf}. */
  readonly fillings: readonly Uint8Array[];
  /** What comes after the filling. */
  readonly tail: Uint8Array;
}

function sized(
  { isText, size, headSize, writeHead, readConnection, readSequence, fillings, tail }: Form,
): Payload {
  const filled = new Pieces(fillings);
  const ending = new Bytes(tail);
  const rightHead = new Uint8Array(headSize);
  const right = new Bytes(rightHead);
  const { length: count } = fillings;
  const message: Message = {
    isText,
    size,
    parts: {
      headSize,
      writeHead(target, at, connection, sequence) {
        writeHead(target, at, connection, sequence);
        return at + headSize;
      },
      count,
      rest(index) {
        if (tail.length === 0) return fillings[index]!;
        const rest = new Uint8Array(size - headSize);
        rest.set(fillings[index]!);
        rest.set(tail, rest.length - tail.length);
        return rest;
      },
      restOf: (connection, sequence) => fillingOf(count, connection, sequence),
    },
    write(target, at, connection, sequence) {
      writeHead(target, at, connection, sequence);
      const filling = fillingOf(count, connection, sequence);
      return ending.copy(target, filled.copy(filling, target, at + headSize));
    },
  };
  return {
    ...message,
    reply: message,
    check(source, start, end, connection) {
      if (end - start !== size || readConnection(source, start) !== connection) return UNREADABLE;
      const sequence = readSequence(source, start);
      if (sequence < 0) return UNREADABLE;
      writeHead(rightHead, 0, connection, sequence);
      const isRight = right.equal(source, start) &&
        filled.equal(fillingOf(count, connection, sequence), source, start + headSize) &&
        ending.equal(source, end - ending.length);
      return isRight ? sequence : altered(sequence);
    },
  };
}

function checkSize(what: string, size: number, smallest: number): void {
  if (Number.isSafeInteger(size) && size >= smallest) return;
  throw new RangeError(
    `Cannot make ${what} as 'size' must be at least ${smallest}: received ${size}`,
  );
}

const CONNECTION_DIGITS = 5;
const SEQUENCE_DIGITS = 9;
const [DIGIT_0, DIGIT_9, SPACE] = bytesOf("09 ");

/**
 * A head with connection and number in decimal, spaces after each up to its width. The head before is kept: of the next
 * number mostly one digit is another.
 */
class DecimalHead {
  readonly #head: Uint8Array;
  readonly #bytes: Bytes;
  readonly #connectionAt: number;
  readonly #sequenceAt: number;
  #connection = -1;
  #sequence = -1;
  #sequenceEnd = 0;

  /** @param text has spaces in the places of the two numbers */
  constructor(text: string, connectionAt: number, sequenceAt: number) {
    this.#head = bytesOf(text);
    this.#bytes = new Bytes(this.#head);
    this.#connectionAt = connectionAt;
    this.#sequenceAt = sequenceAt;
  }

  get length(): number {
    return this.#head.length;
  }

  write(target: Uint8Array, at: number, connection: number, sequence: number): void {
    if (connection !== this.#connection) {
      this.#put(this.#connectionAt, CONNECTION_DIGITS, connection);
      this.#connection = connection;
    }
    if (sequence !== this.#sequence) {
      if (sequence !== this.#sequence + 1 || !this.#increment()) {
        this.#sequenceEnd = this.#put(this.#sequenceAt, SEQUENCE_DIGITS, sequence);
      }
      this.#sequence = sequence;
    }
    this.#bytes.copy(target, at);
  }

  #put(at: number, width: number, value: number): number {
    this.#head.fill(SPACE!, at, at + width);
    return writeDigits(this.#head, at, value);
  }

  /** Adds 1 to the number, unless that takes one digit more. */
  #increment(): boolean {
    const head = this.#head;
    let at = this.#sequenceEnd - 1;
    while (at >= this.#sequenceAt && head[at] === DIGIT_9) head[at--] = DIGIT_0!;
    if (at < this.#sequenceAt) return false;
    head[at]!++;
    return true;
  }
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
  const head = new DecimalHead(JSON_START + before, CONNECTION_AT, SEQUENCE_AT);
  const tail = bytesOf(after);
  return sized({
    isText: true,
    size,
    headSize: head.length,
    fillings: fillings(size - head.length - tail.length),
    tail,
    writeHead: (target, at, connection, sequence) => head.write(target, at, connection, sequence),
    readConnection: (source, start) => readPadded(source, start + CONNECTION_AT, CONNECTION_DIGITS),
    readSequence: (source, start) => readPadded(source, start + SEQUENCE_AT, SEQUENCE_DIGITS),
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
  return sized({
    isText: false,
    size,
    headSize: NUMBERS_SIZE,
    fillings: fillings(size - NUMBERS_SIZE),
    tail: new Uint8Array(),
    writeHead(target, at, connection, sequence) {
      writeUint32(target, at, connection);
      writeUint32(target, at + 4, sequence);
    },
    readConnection: readUint32,
    readSequence: (source, start) => readUint32(source, start + 4),
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
  const head = new DecimalHead(TEXT_START, 0, CONNECTION_DIGITS);
  return sized({
    isText: true,
    size,
    headSize: head.length,
    fillings: repeatedText(size - head.length),
    tail: new Uint8Array(),
    writeHead: (target, at, connection, sequence) => head.write(target, at, connection, sequence),
    readConnection: (source, start) => readPadded(source, start, CONNECTION_DIGITS),
    readSequence: (source, start) => readPadded(source, start + CONNECTION_DIGITS, SEQUENCE_DIGITS),
  });
}
