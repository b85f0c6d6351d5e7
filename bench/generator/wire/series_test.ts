/** WebAssembly and JavaScript write the same frames, and find the same replies right, whatever messages are made of. */

import assert from "node:assert/strict";
import { writeFrame } from "../../../clients/wire/frame/frame.ts";
import { seededRandom } from "../../../measure/record/random.ts";
import { writerOf } from "../../../protocols/parts/composer.ts";
import { composed } from "../../../protocols/parts/message.ts";
import type { Hole, Message, Parts } from "../../../protocols/types.ts";
import { assembled, GENERATED } from "./assemble.ts";
import { MASK, opcodeOf, plainFrames } from "./frames.ts";
import { ReplyMatcher } from "./reply_matcher.ts";
import { SeriesMemory } from "./series_memory.ts";

/** Messages before which a number has a digit more, a byte is full, or 32 bits are. */
const FIRSTS = [0, 5, 95, 250, 65_530, 999_990, 2 ** 31 - 5, 2 ** 32 - 5];
const CONNECTIONS = [0, 9, 12_345];
const COUNT = 12;
const RUNS = 300;

class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  hole(at: number): Hole {
    const holds = this.of(["connection", "sequence"] as const);
    if (this.below(2) === 0) return { at, holds, as: "uint32", width: 4 };
    return { at, holds, as: "decimal", width: this.of([0, 10, 17]) };
  }

  parts(): Parts {
    const holes: Hole[] = [];
    let size = this.below(40);
    for (let count = this.below(4); count > 0; count--) {
      const hole = this.hole(size);
      holes.push(hole);
      size += hole.width + this.below(20);
    }
    const length = this.below(150);
    // Some share a buffer, some do not; some are of one length, some are not.
    const whole = this.bytes(length + 8);
    const areAlike = this.below(2) === 0;
    const fillings = Array.from({ length: 1 + this.below(7) }, (_, index) => {
      const filling = whole.subarray(index, index + length - (areAlike ? 0 : this.below(2)));
      return this.below(9) === 0 ? filling.slice() : filling;
    });
    return { head: this.bytes(size), holes, fillings, tail: this.bytes(this.below(20)) };
  }
}

/** Of two kinds of connections. */
function messageBy(chance: Chance): Message {
  return composed(
    chance.below(2) === 0,
    [chance.parts(), chance.parts()],
    (connection) => connection % 2,
  );
}

/** The frames of messages as JavaScript writes them, from `at` on, and where each ends. */
function framesOf(
  message: Message,
  connection: number,
  first: number,
  mask: number | undefined,
): { bytes: Uint8Array<ArrayBuffer>; ends: number[]; payload: number[] } {
  const bytes = new Uint8Array(COUNT * (message.size + 14));
  const content = new Uint8Array(message.size);
  const write = writerOf(message);
  const ends: number[] = [];
  const payload: number[] = [];
  for (let sequence = first; sequence < first + COUNT; sequence++) {
    const length = write(content, 0, connection, sequence);
    payload.push(length);
    const end = ends.at(-1) ?? 0;
    ends.push(writeFrame(bytes, end, opcodeOf(message), content, 0, length, mask));
  }
  return { bytes: bytes.subarray(0, ends.at(-1)), ends, payload };
}

/** Calls `check` for many messages, connections and numbers. */
function forMany(
  check: (message: Message, connection: number, first: number, chance: Chance) => void,
): void {
  for (let seed = 1; seed <= RUNS; seed++) {
    const chance = new Chance(seed);
    const message = messageBy(chance);
    check(message, chance.of(CONNECTIONS), chance.of(FIRSTS), chance);
  }
}

Deno.test("plainFrames() writes in series what is written one by one, and nothing before it", () => {
  forMany((message, connection, first) => {
    const memory = new SeriesMemory();
    const frames = plainFrames(memory, [message]);
    const size = COUNT * frames.most + 3;
    const at = memory.reserve(size);
    const target = memory.bytes.subarray(at, at + size);
    target.fill(0xee);
    const { bytes } = framesOf(message, connection, first, MASK);
    const end = frames.write(target, 3, connection, first, COUNT);
    assert.deepEqual(target.subarray(3, end), bytes);
    assert.deepEqual([...target.subarray(0, 3)], [0xee, 0xee, 0xee]);
  });
});

Deno.test("ReplyMatcher counts the replies that are whole, wherever a read is cut", () => {
  forMany((message, connection, first) => {
    const memory = new SeriesMemory();
    const matcher = new ReplyMatcher(memory, message);
    const { bytes, ends, payload } = framesOf(message, connection, first, undefined);
    const start = memory.place(bytes);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const whole = ends.filter((end) => end <= cut).length;
      const count = matcher.count(
        memory.bytes,
        start,
        start + cut,
        connection,
        first,
        COUNT,
      );
      assert.equal(count, whole);
      assert.equal(matcher.end - start, ends[whole - 1] ?? 0);
      assert.equal(matcher.bytes, payload.slice(0, whole).reduce((a, b) => a + b, 0));
    }
  });
});

Deno.test("ReplyMatcher stops at the reply that differs by a bit, wherever that is", () => {
  forMany((message, connection, first, chance) => {
    const memory = new SeriesMemory();
    const matcher = new ReplyMatcher(memory, message);
    const { bytes, ends } = framesOf(message, connection, first, undefined);
    const here = memory.place(bytes);
    for (let tries = 0; tries < 50; tries++) {
      const at = chance.below(bytes.length);
      const bit = 1 << chance.below(8);
      const wrong = ends.findIndex((end) => at < end);
      // In the memory, and in a buffer elsewhere.
      for (const [buffer, start] of [[memory.bytes, here], [bytes, 0]] as const) {
        buffer[start + at]! ^= bit;
        const end = start + bytes.length;
        assert.equal(matcher.count(buffer, start, end, connection, first, COUNT), wrong);
        assert.equal(matcher.end - start, ends[wrong - 1] ?? 0);
        buffer[start + at]! ^= bit;
      }
    }
  });
});

Deno.test("ReplyMatcher looks at as much of a long read as it copies", () => {
  const message = composed(false, [{
    head: new Uint8Array(4),
    holes: [{ at: 0, holds: "sequence", as: "uint32", width: 4 }],
    fillings: [new Uint8Array(30_000)],
    tail: new Uint8Array(),
  }]);
  const matcher = new ReplyMatcher(new SeriesMemory(), message);
  const { bytes, ends } = framesOf(message, 3, 5, undefined);
  assert.equal(matcher.count(bytes, 0, bytes.length, 3, 5, COUNT), 2);
  assert.equal(matcher.end, ends[1]);
});

Deno.test("series.generated.ts is what deno task wasm makes of series.wat", async () => {
  const isNew = await Deno.readTextFile(GENERATED) === await assembled();
  assert.ok(isNew, "series.wat has changed: run `deno task wasm`");
});
