/**
 * The frames of messages whose numbers follow one another on a connection, written and compared by WebAssembly, which
 * takes 16 bytes at a time and makes no object: `series.wat`.
 *
 * A series ends before the message whose frame has another length. How its first message begins is written here; for
 * those that follow `series.wat` only adds 1 to the number in it.
 */

import { headerSize, writeHeader } from "../../../clients/wire/frame/frame.ts";
import { Head } from "../../../protocols/parts/head.ts";
import { fillingOf, headSize, tailOf } from "../../../protocols/parts/message.ts";
import type { Parts } from "../../../protocols/types.ts";
import type { SeriesMemory } from "./series_memory.ts";

/** The longest header of a frame, in bytes. */
const LONGEST_HEADER = 14;
/** How a series is described to `series.wat`: places of words of 32 bits. */
const WORD = {
  head: 0,
  headSize: 1,
  filling: 2,
  table: 3,
  tableEnd: 4,
  fillingSize: 5,
  tail: 6,
  tailSize: 7,
  number: 8,
  numberKind: 9,
} as const;
const WORDS = 10;
const NUMBER = { none: 0, uint32: 1, decimal: 2 } as const;
/** Longer than any series. */
const ENDLESS = 2 ** 30;

/** The frames of the messages that have some parts. */
export class Series {
  readonly #memory: SeriesMemory;
  readonly #head: Head;
  readonly #opcode: number;
  readonly #mask: number | undefined;
  /** Where its description is. */
  readonly #address: number;
  /** Where the head of a message is written; the header of its frame ends there. */
  readonly #headAt: number;
  readonly #table: number;
  /** Writes the tails of messages; undefined if they are all the same. */
  readonly #tail: Head | undefined;
  readonly #tailAt: number;
  readonly #tailSize: number;
  readonly #sizes: Int32Array;
  /** How many fillings from each on are as long. */
  readonly #alike: Int32Array;
  readonly #numberKind: number;
  /** What is added to the number. */
  readonly #plus: number;
  /** The payload of a frame, in bytes: that of the header that was written last. */
  #payloadSize = -1;

  constructor(memory: SeriesMemory, parts: Parts, opcode: number, mask: number | undefined) {
    const { fillings, holes } = parts;
    const end = tailOf(parts);
    const table = memory.placeFillings(fillings);
    const changing = [...holes, ...end.holes].filter(({ holds }) =>
      // A length is the same in all of a series.
      holds !== "connection" && holds !== "length"
    );
    this.#memory = memory;
    this.#head = new Head(parts);
    this.#opcode = opcode;
    this.#mask = mask;
    this.#table = table;
    this.#tail = end.holes.length > 0 ? new Head(end) : undefined;
    this.#tailSize = parts.tail.length;
    this.#sizes = Int32Array.from(fillings, ({ length }) => length);
    const [number] = changing;
    const isOneNumber = changing.length === 1 && number!.holds === "sequence" &&
      number!.of === undefined && end.holes.length === 0;
    this.#numberKind = !isOneNumber
      ? NUMBER.none
      : number!.as === "uint32"
      ? NUMBER.uint32
      : NUMBER.decimal;
    this.#plus = number?.plus ?? 0;
    // Messages that have more than one number in their head, or others than that, are always written here.
    this.#alike = !isOneNumber && changing.length + end.holes.length > 0
      ? this.#sizes.slice().fill(1)
      : alikeFrom(this.#sizes);
    this.#headAt = memory.reserve(LONGEST_HEADER + headSize(parts)) + LONGEST_HEADER;
    this.#tailAt = memory.reserve(headSize(end));
    this.#address = memory.reserve(4 * WORDS);
    const word = this.#address / 4;
    const { bytes, words } = memory;
    this.#head.write(bytes, this.#headAt, 0, 0);
    bytes.set(parts.tail, this.#tailAt);
    words[word + WORD.table] = table;
    words[word + WORD.tableEnd] = table + 4 * fillings.length;
    words[word + WORD.tail] = this.#tailAt;
    words[word + WORD.tailSize] = this.#tailSize;
    words[word + WORD.numberKind] = this.#numberKind;
  }

  /** The payload of each frame of the series that was begun last, in bytes. */
  get payloadSize(): number {
    return this.#payloadSize;
  }

  /** Writes so many of its frames from an address on, and returns the one after them. */
  write(at: number, count: number): number {
    return this.#memory.code.write(this.#address, at, count);
  }

  /** How many of its frames, at most `most`, which is at least one, a range begins with. */
  count(at: number, end: number, most: number): number {
    return this.#memory.code.count(this.#address, at, end, most);
  }

  /** Begins a series with a message, and returns how long it may be. */
  begin(connection: number, sequence: number): number {
    const { bytes, words } = this.#memory;
    const word = this.#address / 4;
    const head = this.#head;
    const headAt = this.#headAt;
    const filling = fillingOf(this.#sizes.length, connection, sequence);
    const fillingSize = this.#sizes[filling]!;
    const headEnd = head.rewrite(bytes, headAt, connection, sequence);
    let tailSize = this.#tailSize;
    if (this.#tail !== undefined) {
      tailSize = this.#tail.write(bytes, this.#tailAt, connection, sequence) - this.#tailAt;
      words[word + WORD.tailSize] = tailSize;
    }
    const size = headEnd - headAt + fillingSize + tailSize;
    const start = headAt - headerSize(size, this.#mask !== undefined);
    if (size !== this.#payloadSize) {
      writeHeader(bytes, start, this.#opcode, size, this.#mask);
      this.#payloadSize = size;
    }
    words[word + WORD.head] = start;
    words[word + WORD.headSize] = headEnd - start;
    words[word + WORD.filling] = this.#table + 4 * filling;
    words[word + WORD.fillingSize] = fillingSize;
    const alike = this.#alike[filling]!;
    if (this.#numberKind === NUMBER.decimal) {
      words[word + WORD.number] = head.numberEnd - 1;
      return Math.min(alike, untilLonger(sequence + this.#plus));
    }
    if (this.#numberKind === NUMBER.uint32) words[word + WORD.number] = head.numberEnd - 4;
    return alike;
  }
}

/** How many sizes from each on are the same, the first following the last. */
function alikeFrom(sizes: Int32Array): Int32Array {
  const alike = new Int32Array(sizes.length);
  if (sizes.every((size) => size === sizes[0])) return alike.fill(ENDLESS);
  for (let index = 2 * sizes.length - 1; index >= 0; index--) {
    const at = index % sizes.length;
    const next = (index + 1) % sizes.length;
    alike[at] = sizes[at] === sizes[next] ? alike[next]! + 1 : 1;
  }
  return alike;
}

/** How many numbers there are from one on that have as many digits. */
function untilLonger(value: number): number {
  let power = 10;
  while (power <= value) power *= 10;
  return Math.min(power - value, ENDLESS);
}
