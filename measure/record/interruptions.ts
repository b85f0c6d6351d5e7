/**
 * How much of a delay is the machine's: time in which a process that never waits had no CPU, because another process or
 * the hypervisor had it.
 *
 * It is the difference of two clocks: the time that passed, and the CPU time that the process used meanwhile, all its
 * threads together. So whatever the process does itself, a collection of garbage included, is never taken for the
 * machine's; nor is what the system does not tell apart from it, such as interrupts.
 */

/** How often both clocks are compared, in milliseconds: an interruption is known to be within so long. */
const EVERY_MS = 0.05;

/** Follows the interruptions of one process. All times are milliseconds, of two clocks that never go back. */
export class Interruptions {
  #seenMs = NaN;
  #seenCpuMs = NaN;
  #owedMs = 0;

  /** Whether it is time for {@linkcode Interruptions.compare}. */
  isDue(nowMs: number): boolean {
    return !(nowMs - this.#seenMs < EVERY_MS);
  }

  /**
   * Compares the clocks.
   *
   * @param cpuMs CPU time that the process has used
   */
  compare(nowMs: number, cpuMs: number): void {
    const lostMs = nowMs - this.#seenMs - (cpuMs - this.#seenCpuMs);
    if (lostMs > 0) this.#owedMs += lostMs;
    this.#seenMs = nowMs;
    this.#seenCpuMs = cpuMs;
  }

  /** The process is about to wait: for that it needs no CPU. */
  wait(): void {
    this.#seenMs = NaN;
  }

  /** Nothing is overdue: what was lost before delays nothing that comes. */
  catchUp(): void {
    this.#owedMs = 0;
  }

  /**
   * Takes the machine's part off a delay: what was lost since nothing was overdue, at most the delay itself. Later
   * delays owe no more of it than this one: what is sent in turn catches up.
   *
   * @param lateMs by how much something is late that is being done now
   * @returns the rest, which is the process's own
   */
  own(lateMs: number): number {
    if (lateMs < this.#owedMs) this.#owedMs = lateMs;
    return lateMs - this.#owedMs;
  }
}
