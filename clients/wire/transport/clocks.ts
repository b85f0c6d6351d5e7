/** The clocks of Linux that a loop looks at, each without an object or a promise. */

import { type Libc, LINUX } from "./libc.ts";

export class Clocks {
  /** What the last look has shown, in milliseconds: a result would be an object wherever it is not inlined. */
  readonly ms: Float64Array = new Float64Array(1);
  readonly #libc: Libc;
  readonly #time = new Uint8Array(16);
  /** The seconds and nanoseconds of {@linkcode #time}, in the machine's own byte order: low half, high half of each. */
  readonly #parts = new Uint32Array(this.#time.buffer);

  /** @param libc stays open as long as the clocks are read */
  constructor(libc: Libc) {
    this.#libc = libc;
  }

  /** Looks at the monotonic clock: a third of what `performance.now()` costs. */
  look(): void {
    this.#look(LINUX.CLOCK_MONOTONIC);
  }

  /** Looks at the CPU time of this process, all its threads together: a system call, of 0.4 µs. */
  lookAtCpu(): void {
    this.#look(LINUX.CLOCK_PROCESS_CPUTIME_ID);
  }

  #look(clock: number): void {
    this.#libc.call.clock_gettime(clock, this.#time);
    this.ms[0] = this.#parts[0]! * 1e3 + this.#parts[2]! / 1e6;
  }
}
