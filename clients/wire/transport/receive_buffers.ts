/** Buffers that the system chooses from when something arrives (io_uring_register(2), IORING_REGISTER_PBUF_RING). */

import type { Libc } from "./libc.ts";
import { MappedMemory, writeAddress } from "./mapped_memory.ts";
import type { Ring } from "./ring.ts";

/** How many there are, a power of two, and how much each holds in bytes. */
const COUNT = 64;
const SIZE = 16 * 1024;
/** All of them, in bytes. */
export const BUFFERS_SIZE = COUNT * SIZE;
/** Words of 32 bits of an entry: address, length, and number. */
const ENTRY_WORDS = 4;
/** The half word of the first entry where the ring's tail is. */
const TAIL_AT = 7;

export class ReceiveBuffers implements Disposable {
  readonly #address: number;
  readonly #resources: DisposableStack;
  readonly #words: Int32Array;
  readonly #halves: Uint16Array;
  #tail = 0;

  /**
   * @param bytes all of them, {@linkcode BUFFERS_SIZE}: kept until the ring has let go
   * @throws {Error} if the system does not offer it, with the reason as a phrase
   */
  constructor(libc: Libc, ring: Ring, readonly bytes: Uint8Array<ArrayBuffer>) {
    using resources = new DisposableStack();
    this.#address = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes)));
    const entries = resources.use(new MappedMemory(libc, COUNT * ENTRY_WORDS * 4));
    this.#words = entries.words;
    this.#halves = new Uint16Array(entries.bytes.buffer);
    ring.registerBuffers(entries, COUNT);
    this.#resources = resources.move();
    for (let number = 0; number < COUNT; number++) this.giveBack(number);
  }

  /** Where a buffer begins in {@linkcode ReceiveBuffers.bytes}. */
  start(number: number): number {
    return number * SIZE;
  }

  /** Lets the system use a buffer again. */
  giveBack(number: number): void {
    const at = (this.#tail & COUNT - 1) * ENTRY_WORDS;
    writeAddress(this.#words, at, this.#address + number * SIZE);
    this.#words[at + 2] = SIZE;
    this.#halves[2 * at + 6] = number;
    this.#tail++;
    Atomics.store(this.#halves, TAIL_AT, this.#tail);
  }

  [Symbol.dispose](): void {
    this.#resources.dispose();
  }
}
