/** Messages whose blocks are marked as the last ones: a stream ends with them, but not what may be referred to. */

import assert from "node:assert/strict";
import { Random } from "../../../checks/fuzz/target.ts";
import { fromHex } from "../testing/frames.ts";
import { History } from "./history.ts";
import { type Inflater, messageInflater, windowInflater } from "./inflater.ts";

function inflate(inflater: Inflater, payload: Uint8Array): number[] {
  const length = inflater.inflate(payload, 0, payload.length, 2 ** 20);
  return [...inflater.output.subarray(0, length)];
}

/** Bits in the order of DEFLATE (RFC 1951 §3.1.1). */
class Bits {
  readonly #bits: number[] = [];

  /** @param value written with its lowest bit first */
  number(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) this.#bits.push(value >> bit & 1);
  }

  /** @param value written with its highest bit first, as Huffman codes are */
  code(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.#bits.push(value >> bit & 1);
  }

  align(): void {
    while (this.#bits.length % 8 > 0) this.#bits.push(0);
  }

  get bytes(): Uint8Array {
    const { length } = this.#bits;
    return Uint8Array.from(
      { length: length / 8 },
      (_, at) =>
        this.#bits.slice(8 * at, 8 * at + 8).reduce((sum, bit, index) => sum | bit << index, 0),
    );
  }
}

/** A reference in the fixed codes (RFC 1951 §3.2.5, §3.2.6), of 3 to 10 bytes. */
function writeReference(bits: Bits, length: number, distance: number): void {
  bits.code(length - 2, 7);
  const rest = distance - 1;
  const extra = Math.max(0, Math.floor(Math.log2(Math.max(1, rest))) - 1);
  bits.code(extra === 0 ? rest : 2 * (extra + 1) + (rest >> extra & 1), 5);
  bits.number(rest & (1 << extra) - 1, extra);
}

/**
 * A message of up to three blocks, each of which may be marked as the last.
 *
 * @param all what was said before on the connection, to which the message is added
 * @param most how far back it may refer
 */
function randomMessage(random: Random, all: number[], most: number): Uint8Array {
  const bits = new Bits();
  const blocks = 1 + random.below(3);
  for (let block = 0; block < blocks; block++) {
    const isLast = random.chance(0.5);
    bits.number(isLast ? 1 : 0, 1);
    bits.number(1, 2);
    for (let tokens = random.below(40); tokens > 0; tokens--) {
      const reach = Math.min(most, all.length);
      if (reach > 0 && random.chance(0.6)) {
        const length = 3 + random.below(8);
        const distance = random.chance(0.3) ? reach : 1 + random.below(reach);
        writeReference(bits, length, distance);
        for (let left = length; left > 0; left--) all.push(all[all.length - distance]!);
      } else {
        const byte = random.below(144);
        bits.code(0x30 + byte, 8);
        all.push(byte);
      }
    }
    bits.code(0, 7);
    if (isLast) bits.align();
  }
  // The header of an empty stored block, whose rest is left out (RFC 7692 §7.2.1, §7.2.3.4).
  bits.number(0, 3);
  bits.align();
  return bits.bytes;
}

Deno.test("windowInflater() keeps the window over the example of a last block of RFC 7692 §7.2.3.4", () => {
  const inflater = windowInflater(15);
  const hello = [..."Hello"].map((letter) => letter.charCodeAt(0));
  for (const hex of ["f3 48 cd c9 c9 07 00 00", "f2 00 11 00 00", "f3 00 11 00 00"]) {
    assert.deepEqual(inflate(inflater, fromHex(hex)), hello, hex);
  }
  inflater.release();
});

for (const windowBits of [9, 11, 15]) {
  Deno.test(`windowInflater() keeps a window of 2^${windowBits} bytes over last blocks anywhere`, () => {
    const random = new Random(windowBits);
    for (let connection = 0; connection < 20; connection++) {
      const inflater = windowInflater(windowBits);
      const all: number[] = [];
      for (let message = 0; message < 60; message++) {
        // Enough to fill the window now and then.
        if (random.chance(0.1)) {
          const size = random.below(2 ** windowBits * 1.2);
          const stored = storedMessage(random.bytes(size));
          assert.deepEqual(inflate(inflater, stored.payload), stored.plain);
          all.push(...stored.plain);
        }
        const start = all.length;
        const payload = randomMessage(random, all, 2 ** windowBits);
        assert.deepEqual(inflate(inflater, payload), all.slice(start), `message ${message}`);
      }
      inflater.release();
    }
  });
}

/** A message of stored blocks that is not marked as the last. */
function storedMessage(plain: Uint8Array): { payload: Uint8Array; plain: number[] } {
  const { length } = plain;
  const header = [0, length & 255, length >> 8, ~length & 255, ~length >> 8 & 255];
  return { payload: Uint8Array.from([...header, ...plain, 0]), plain: [...plain] };
}

Deno.test("messageInflater keeps the window of a message over its last blocks, and none after it", () => {
  const random = new Random(7);
  for (let round = 0; round < 500; round++) {
    const all: number[] = [];
    assert.deepEqual(inflate(messageInflater, randomMessage(random, all, 2 ** 15)), all);
  }
  inflate(messageInflater, fromHex("f3 48 cd c9 c9 07 00 00"));
  assert.throws(() => inflate(messageInflater, fromHex("f2 00 11 00 00")), {
    kind: "invalid compressed data",
  });
});

Deno.test("History keeps the last bytes of messages of all sizes, in their order", () => {
  const random = new Random(8);
  for (let round = 0; round < 200; round++) {
    const most = 1 + random.below(100);
    const history = new History(most);
    const all: number[] = [];
    for (let message = random.below(20); message > 0; message--) {
      const bytes = random.bytes(random.below(random.pick([3, 50, 250])));
      history.add(Uint8Array.from([...bytes, 1, 2, 3]), bytes.length);
      all.push(...bytes);
      assert.deepEqual(history.parts.flatMap((part) => [...part]), all.slice(-most));
    }
  }
});
