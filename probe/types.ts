/**
 * What a probe asks of the operating system, and what it learns about one process.
 *
 * @module
 */

/** The operating system as the probes see it; a test puts literal texts in its place. */
export interface System {
  /** Name as `Deno.build.os` gives it. */
  readonly platform: string;
  /** Text of a file; null where there is no such file. Other failures throw. */
  read(path: string): string | null;
  /** Names in a folder; null where there is no such folder. Other failures throw. */
  list(path: string): string[] | null;
  /**
   * What a program printed, whatever its exit code; null where there is no such program. Other
   * failures throw.
   */
  run(program: string, args: readonly string[]): string | null;
}

/** CPU time of one process since it began. */
export interface ProcessCpu {
  /**
   * Process id, with the start time where the system tells it, so that a reused id is not taken for
   * the same process.
   */
  readonly id: string;
  /**
   * Time of all its threads, ended ones too, in nanoseconds, at the resolution of the system's
   * clock tick.
   */
  readonly ownNs: number;
  /** Time of its children that have ended and were waited for, and of theirs, in nanoseconds. */
  readonly reapedNs: number;
  /**
   * Time of each living thread in nanoseconds, by thread id; null where the system tells no more
   * than `ownNs`.
   */
  readonly threads: { readonly [thread: string]: number } | null;
}

/** What was read about one process. */
export interface ProcessReading extends ProcessCpu {
  /** Whether it only waits for its parent to collect its exit code. */
  readonly ended: boolean;
  /** Resident memory in bytes; null where the system does not tell. */
  readonly residentBytes: number | null;
  /** The most resident memory since it began, in bytes; null where the system does not tell. */
  readonly peakBytes: number | null;
}
