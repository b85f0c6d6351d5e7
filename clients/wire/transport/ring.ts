/**
 * Linux's io_uring (io_uring(7)): operations are written into memory that the system reads, one call begins all of them
 * and waits for the next result, and results are read from memory, too.
 */

import { describeErrno, ERRNO, type Libc } from "./libc.ts";
import { MappedMemory } from "./mapped_memory.ts";

/** Numbers of the system calls, the same on all processors. */
const CALL = { setup: 425, enter: 426, register: 427 } as const;

/**
 * Room for results is chosen apart; all that is handed over is taken, even if an operation is wrong; one thread uses
 * the ring; the system works on it only while that thread waits. The last two need Linux 6.1.
 */
const SETUP_FLAGS = 1 << 3 | 1 << 7 | 1 << 12 | 1 << 13;
/** Operations that can be prepared before they are handed over, and results that can wait to be read. */
const OPERATIONS = 1024;
const RESULTS = 4096;
/** Words of 32 bits of an operation and of a result. */
const OPERATION_WORDS = 16;
const RESULT_WORDS = 4;
/** Where the operations are mapped from. */
const OPERATIONS_OFFSET = 0x10000000;
/** Words in `struct io_uring_params` where the offsets of both queues begin. */
const SUBMISSION_AT = 10;
const COMPLETION_AT = 20;

const ENTER = { getEvents: 1, extendedArgument: 8 } as const;
const REGISTER_BUFFER_RING = 22;

/** Size of the argument of a wait, passed where a pointer is expected: see `libc.ts`. */
const ARGUMENT_SIZE = 24;
const TIMESPEC_SIZE = 16;

/** Called with each result: the two words that its operation was marked with, the result, and flags. */
export type ResultHandler = (low: number, high: number, result: number, flags: number) => void;

export class Ring implements Disposable {
  /** The operations: words of 32 bits, each operation 16 of them (`struct io_uring_sqe`). */
  readonly words: Int32Array;
  readonly #libc: Libc;
  readonly #fd: number;
  readonly #resources: DisposableStack;
  readonly #argument = new Uint8Array(ARGUMENT_SIZE);
  readonly #argumentSize = Deno.UnsafePointer.create(BigInt(ARGUMENT_SIZE));
  readonly #time: Int32Array;
  /** Words of both queues, with their heads and tails at these places. */
  readonly #shared: Int32Array;
  readonly #headAt: number;
  readonly #tailAt: number;
  readonly #resultHeadAt: number;
  readonly #resultTailAt: number;
  readonly #results: Int32Array;
  /** Where the next operation is written, and where the system is; both grow for ever. */
  #tail = 0;
  #head = 0;

  /** @throws {Error} if the system does not offer it, with the reason as a phrase */
  constructor(libc: Libc) {
    this.#libc = libc;
    using resources = new DisposableStack();
    const parameters = new Uint32Array(30);
    parameters[1] = RESULTS;
    parameters[2] = SETUP_FLAGS;
    this.#fd = libc.call.io_uring_setup(CALL.setup, OPERATIONS, new Uint8Array(parameters.buffer));
    if (this.#fd < 0) throw new Error(refusal(libc.errno()));
    resources.defer(() => libc.call.close(this.#fd));
    const resultsAt = parameters[COMPLETION_AT + 5]!;
    const arrayAt = parameters[SUBMISSION_AT + 6]!;
    const size = Math.max(resultsAt + RESULTS * RESULT_WORDS * 4, arrayAt + OPERATIONS * 4);
    const queues = resources.use(new MappedMemory(libc, size, this.#fd));
    const operations = resources.use(
      new MappedMemory(libc, OPERATIONS * OPERATION_WORDS * 4, this.#fd, OPERATIONS_OFFSET),
    );
    this.#shared = queues.words;
    this.words = operations.words;
    this.#headAt = parameters[SUBMISSION_AT]! / 4;
    this.#tailAt = parameters[SUBMISSION_AT + 1]! / 4;
    this.#resultHeadAt = parameters[COMPLETION_AT]! / 4;
    this.#resultTailAt = parameters[COMPLETION_AT + 1]! / 4;
    this.#results = this.#shared.subarray(resultsAt / 4, resultsAt / 4 + RESULTS * RESULT_WORDS);
    // Operations are handed over in the order of their places.
    for (let place = 0; place < OPERATIONS; place++) this.#shared[arrayAt / 4 + place] = place;
    const timespec = resources.use(new MappedMemory(libc, TIMESPEC_SIZE));
    this.#time = timespec.words;
    timespec.writeAddress(new Int32Array(this.#argument.buffer), 4, 0);
    this.#resources = resources.move();
  }

  /**
   * Begins to write an operation.
   *
   * @param head its kind, flags and priority, as its first word has them
   * @param low what its result is marked with, in two words
   * @returns where its words begin; those that are not given here are 0
   */
  prepare(head: number, fd: number, low: number, high: number): number {
    if (this.#prepared === OPERATIONS) {
      this.submit();
      if (this.#prepared === OPERATIONS) throw new Error("io_uring takes no more operations");
    }
    const at = (this.#tail & OPERATIONS - 1) * OPERATION_WORDS;
    const { words } = this;
    words[at] = head;
    words[at + 1] = fd;
    for (let index = at + 2; index < at + OPERATION_WORDS; index++) words[index] = 0;
    words[at + 8] = low;
    words[at + 9] = high;
    this.#tail = this.#tail + 1 | 0;
    return at;
  }

  /** How many operations are not handed over yet. */
  get #prepared(): number {
    return this.#tail - this.#head | 0;
  }

  /** Hands over what is prepared. What need not wait for anything is done when it returns. */
  submit(): void {
    if (this.#prepared > 0) this.#enter(0, 0);
  }

  /** Hands over what is prepared, and waits for a result, at most for `timeoutMs`, a whole number. */
  wait(timeoutMs: number): void {
    if (timeoutMs <= 0) return this.#enter(0, ENTER.getEvents);
    this.#time[0] = timeoutMs / 1000;
    this.#time[2] = timeoutMs % 1000 * 1_000_000;
    this.#enter(1, ENTER.getEvents | ENTER.extendedArgument);
  }

  #enter(least: number, flags: number): void {
    const { call } = this.#libc;
    Atomics.store(this.#shared, this.#tailAt, this.#tail);
    const isExtended = (flags & ENTER.extendedArgument) !== 0;
    const result = call.io_uring_enter(
      CALL.enter,
      this.#fd,
      this.#prepared,
      least,
      flags,
      isExtended ? this.#argument : null,
      isExtended ? this.#argumentSize : null,
    );
    this.#head = Atomics.load(this.#shared, this.#headAt);
    if (result >= 0) return;
    const errno = this.#libc.errno();
    // It is tried again in the next turn, when results are read and so there is room for more.
    const isHarmless = errno === ERRNO.timeIsUp || errno === ERRNO.interrupted ||
      errno === ERRNO.again || errno === ERRNO.busy;
    if (!isHarmless) throw new Error(`Cannot use io_uring: ${describeErrno(errno)}`);
  }

  /** Handles the results that have come, also those that come meanwhile. */
  handle(handler: ResultHandler): void {
    const results = this.#results;
    let head = this.#shared[this.#resultHeadAt]!;
    for (;;) {
      const tail = Atomics.load(this.#shared, this.#resultTailAt);
      if (head === tail) return;
      try {
        while (head !== tail) {
          const at = (head & RESULTS - 1) * RESULT_WORDS;
          head = head + 1 | 0;
          handler(results[at]!, results[at + 1]!, results[at + 2]!, results[at + 3]!);
        }
      } finally {
        Atomics.store(this.#shared, this.#resultHeadAt, head);
      }
    }
  }

  /**
   * Makes a ring of buffers known, which the system chooses from.
   *
   * @param entries how many there are, a power of two
   * @throws {Error} if the system does not offer it, with the reason as a phrase
   */
  registerBuffers(memory: MappedMemory, entries: number): void {
    const request = new Int32Array(10);
    memory.writeAddress(request, 0, 0);
    request[2] = entries;
    const result = this.#libc.call.io_uring_register(
      CALL.register,
      this.#fd,
      REGISTER_BUFFER_RING,
      new Uint8Array(request.buffer),
      1,
    );
    if (result < 0) throw new Error(refusal(this.#libc.errno()));
  }

  /** Lets go of it; not while results are handled. */
  [Symbol.dispose](): void {
    this.#resources.dispose();
  }
}

/** Why io_uring cannot be used, as a phrase. */
function refusal(errno: number): string {
  const reasons: { readonly [errno: number]: string } = {
    1: "the system does not permit io_uring",
    12: "the system has no memory for io_uring",
    22: "io_uring of this system is too old: Linux 6.1 is needed",
    38: "the system has no io_uring",
  };
  return reasons[errno] ?? `io_uring: ${describeErrno(errno)}`;
}
