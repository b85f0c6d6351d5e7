/** A process and everything that it started. */

/** What a thread has had since it began, in nanoseconds. */
export interface ThreadTime {
  /** Time on a CPU. */
  readonly cpuNs: number;
  /** Time that it could have run and waited for a CPU; a wait that still lasts is not in it. */
  readonly waitNs: number;
}

/** CPU time of one process since it began. */
export interface ProcessCpu {
  /**
   * Process id, with the start time if the system reports it, so that a reused id is not taken for the same process.
   */
  readonly id: string;
  /** Time of all its threads, ended ones too, in nanoseconds, at the resolution of the system's clock tick. */
  readonly ownNs: number;
  /** Time of its children that have ended and were waited for, and of theirs, in nanoseconds. */
  readonly reapedNs: number;
  /** Times of each living thread by thread id; null if the system reports no more than `ownNs`. */
  readonly threads: { readonly [thread: string]: ThreadTime } | null;
}

export interface ProcessReading extends ProcessCpu {
  /** Whether it only waits for its parent to collect its exit code. */
  readonly ended: boolean;
  /** Resident memory in bytes; null if the system does not report it. */
  readonly residentBytes: number | null;
  /** The most resident memory since it began, in bytes; null if the system does not report it. */
  readonly peakBytes: number | null;
}

/** The ids of a process and those below it, by the parent of each process: `root`, then its children, then theirs. */
export function treeOf(root: number, parents: ReadonlyMap<number, number>): number[] {
  const children = Map.groupBy(parents, ([, parent]) => parent);
  const tree = [root];
  for (const pid of tree) {
    for (const [child] of children.get(pid) ?? []) {
      // Process 0 is its own parent on some systems.
      if (!tree.includes(child)) tree.push(child);
    }
  }
  return tree;
}
