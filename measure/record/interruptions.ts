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
  /** When {@linkcode Interruptions.compare} is due. A field, because V8 allocates a time that is passed. */
  nextMs = -Infinity;
  /** What was lost and is not known to be caught up; if it is 0, {@linkcode Interruptions.limit} has nothing to do. */
  owedMs = 0;
  #seenMs = NaN;
  #seenCpuMs = NaN;

  /**
   * Compares the clocks. A process that has its CPU for as long as it lost it should have caught up: one that needs more
   * than half of its time for what is due is not excused for that, or one that is always behind would always be.
   *
   * @param cpuMs CPU time that the process has used
   */
  compare(nowMs: number, cpuMs: number): void {
    const usedMs = cpuMs - this.#seenCpuMs;
    const lostMs = nowMs - this.#seenMs - usedMs;
    if (usedMs > 0) this.owedMs = Math.max(0, this.owedMs - usedMs);
    if (lostMs > 0) this.owedMs += lostMs;
    this.#seenMs = nowMs;
    this.nextMs = nowMs + EVERY_MS;
    this.#seenCpuMs = cpuMs;
  }

  /** The process is about to wait: for that it needs no CPU. */
  wait(): void {
    this.#seenMs = NaN;
    this.nextMs = -Infinity;
  }

  /**
   * Limits what is the machine's by what is overdue: what was lost before delays nothing that has caught up since.
   *
   * @param overdueMs by how much the oldest of what is to be done is late; below 0 if it is not due yet
   */
  limit(overdueMs: number): void {
    this.owedMs = Math.max(0, Math.min(this.owedMs, overdueMs));
  }

  /**
   * Takes the machine's part off a delay: what was lost since nothing was overdue.
   *
   * @param lateMs by how much something is late that is being done now
   * @returns the rest, which is the process's own: 0 or more
   */
  own(lateMs: number): number {
    return Math.max(0, lateMs - this.owedMs);
  }
}
