/** What can be fuzzed, and the random source of its input. */

import { Buffer } from "node:buffer";
import { seededRandom } from "../../measure/record/random.ts";

export interface Target {
  readonly name: string;
  /** Its share of the inputs, relative to the other targets (1). */
  readonly share?: number;
  /**
   * Makes one input and checks all that must hold for it.
   *
   * @param folder where it may write files
   * @returns what became of it, for the report: `"accepted"` or the kind of the error
   * @throws {Finding} or any other error if something does not hold
   */
  run(random: Random, folder: string): string | Promise<string>;
}

/** A target's `run` that makes a text and reads it; whatever is thrown is a finding with that text. */
export function made(
  make: (random: Random) => string,
  read: (input: string, folder: string, random: Random) => string | Promise<string>,
): Target["run"] {
  return async (random, folder) => {
    const input = make(random);
    try {
      return await read(input, folder, random);
    } catch (error) {
      throw new Finding("does not hold", input, { cause: error });
    }
  };
}

export class Finding extends Error {
  override readonly name = "Finding";

  constructor(message: string, readonly input: Uint8Array | string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Random values that can be had again from a seed. */
export class Random {
  /** A number in [0, 1). */
  readonly number: () => number;

  /** @param seed an integer; its lowest 32 bits count */
  constructor(seed: number) {
    this.number = seededRandom(seed);
  }

  /** An unsigned integer of 32 bits. */
  uint32(): number {
    return this.number() * 2 ** 32;
  }

  /** An integer of 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.number() * limit);
  }

  chance(probability: number): boolean {
    return this.number() < probability;
  }

  /** One of a list, each equally likely. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let at = 0, value = 0; at < length; at++, value >>>= 8) {
      if (at % 4 === 0) value = this.uint32();
      bytes[at] = value;
    }
    return bytes;
  }

  /** Ascending offsets that cut `length` bytes into pieces, some of them empty; the last one is `length`. */
  cuts(length: number): number[] {
    const most = this.pick([1, 2, 3, 7, 20, 200, 5000]);
    const cuts: number[] = [];
    for (let at = 0; at < length;) {
      at = Math.min(length, at + this.below(most + 1));
      cuts.push(at);
    }
    return cuts;
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

/** A copy with one to three faults: bits flipped, bytes replaced, ranges left out, repeated or put in. */
export function mutate(random: Random, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let mutated = new Uint8Array(bytes);
  for (let faults = 1 + random.below(3); faults > 0; faults--) {
    const at = random.below(mutated.length + 1);
    const to = Math.min(mutated.length, at + random.below(6));
    const fault = random.below(5);
    if (fault === 0 && at < mutated.length) mutated[at]! ^= 1 << random.below(8);
    else if (fault === 1 && at < mutated.length) mutated[at] = random.below(256);
    else if (fault === 2) mutated = concat([mutated.subarray(0, at), mutated.subarray(to)]);
    else if (fault === 3) mutated = concat([mutated.subarray(0, to), mutated.subarray(at)]);
    else {
      const added = random.bytes(1 + random.below(4));
      mutated = concat([mutated.subarray(0, at), added, mutated.subarray(at)]);
    }
  }
  return mutated;
}
