/** What a fuzzed part of wire/ must offer, and the random source that it draws its input from. */

/** One part that can be fuzzed. */
export interface Target {
  /** Names it in the report. */
  name: string;
  /**
   * Makes one input and checks all that must hold for it.
   *
   * @returns what became of it, for the report: `"accepted"` or the kind of the error
   * @throws {Finding} or any other error if something does not hold
   */
  run(random: Random): string;
}

/** Something that does not hold. */
export class Finding extends Error {
  /** The bytes that show it. */
  readonly input: Uint8Array;

  /**
   * Makes one.
   *
   * @param message what does not hold
   * @param input the bytes that show it
   */
  constructor(message: string, input: Uint8Array) {
    super(message);
    this.name = "Finding";
    this.input = input;
  }
}

/** Random values that can be had again from a seed (Mulberry32). */
export class Random {
  #state: number;

  /**
   * Begins anew.
   *
   * @param seed an integer; its lowest 32 bits count
   */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** An unsigned integer of 32 bits. */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** An integer of 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.uint32() / 2 ** 32 * limit);
  }

  /** True with a probability. */
  chance(probability: number): boolean {
    return this.uint32() < probability * 2 ** 32;
  }

  /** One of a list, each equally likely. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Random bytes. */
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

/** Joins bytes. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
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
