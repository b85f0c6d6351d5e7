/** Processes as Linux shows them below `/proc`, see proc(5). */

import { type ProcessReading, type ThreadTime, treeOf } from "./process_tree.ts";
import type { System } from "../system.ts";

/**
 * Length of a tick of `/proc/PID/stat` in nanoseconds. Its rate is sysconf(_SC_CLK_TCK), which
 * needs libc to read; Linux has fixed it to 100 per second for programs on every architecture that
 * Deno is built for, whatever the kernel's own HZ.
 */
export const TICK_NS = 10_000_000;

export interface Stat {
  /** State as one letter; `Z` and `X` have ended. */
  readonly state: string;
  readonly parent: number;
  /** User and system time of all threads, ended ones too, in ticks. */
  readonly ownTicks: number;
  /** User and system time of children that were waited for, in ticks. */
  readonly reapedTicks: number;
  /** Start, in ticks since the machine booted. */
  readonly startTicks: number;
}

/** Reads the text of `/proc/PID/stat`; throws a `SyntaxError` if it is something else. */
export function parseStat(text: string): Stat {
  // The second field is the command in parentheses, and may hold spaces and parentheses itself.
  const fields = text.slice(text.lastIndexOf(")") + 1).trim().split(/\s+/);
  // Fields are numbered from 1 in proc(5); the first one here is number 3.
  const number = (field: number): number => Number(fields[field - 3]);
  const stat = {
    state: fields[0] ?? "",
    parent: number(4),
    ownTicks: number(14) + number(15),
    reapedTicks: number(16) + number(17),
    startTicks: number(22),
  };
  if (Number.isNaN(stat.parent + stat.ownTicks + stat.reapedTicks + stat.startTicks)) {
    throw new SyntaxError(`Cannot parse the status of a process: received ${JSON.stringify(text)}`);
  }
  return stat;
}

/** The times of a thread on a CPU and on a run queue from the text of its `schedstat` (sched-stats.rst in the kernel). */
export function parseSchedstat(text: string): ThreadTime {
  const [, cpu, wait] = /^(\d+) (\d+)\s/.exec(text) ?? [];
  if (cpu === undefined) {
    throw new SyntaxError(`Cannot parse a schedstat: received ${JSON.stringify(text)}`);
  }
  return { cpuNs: Number(cpu), waitNs: Number(wait) };
}

/** Bytes of a field of `/proc/PID/status`, such as `VmRSS`; null if it has none, as a kernel thread or an ended process. */
export function parseStatusBytes(text: string, field: string): number | null {
  const kibibytes = new RegExp(`^${field}:\\s*(\\d+) kB$`, "m").exec(text)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

/** Reads one process; its children too, if the kernel lists them by thread. Null when it is gone. */
function readProcess(
  system: System,
  pid: number,
  listsChildren: boolean,
): { reading: ProcessReading; children: number[] } | null {
  const folder = `/proc/${pid}`;
  // Before the threads: a process that reads its own stat makes the kernel bring its running thread up to date.
  const statText = system.read(`${folder}/stat`);
  if (statText === null) return null;
  const stat = parseStat(statText);
  const threads: { [thread: string]: ThreadTime } = {};
  const children: number[] = [];
  for (const thread of system.list(`${folder}/task`) ?? []) {
    const schedstat = system.read(`${folder}/task/${thread}/schedstat`);
    if (schedstat !== null) threads[thread] = parseSchedstat(schedstat);
    if (listsChildren) {
      const listed = system.read(`${folder}/task/${thread}/children`) ?? "";
      for (const id of listed.split(" ")) if (id !== "") children.push(Number(id));
    }
  }
  const ended = stat.state === "Z" || stat.state === "X";
  const status = ended ? null : system.read(`${folder}/status`);
  const bytes = (field: string): number | null =>
    status === null ? 0 : parseStatusBytes(status, field);
  const reading = {
    id: `${pid}@${stat.startTicks}`,
    ended,
    ownNs: stat.ownTicks * TICK_NS,
    reapedNs: stat.reapedTicks * TICK_NS,
    // A kernel that was built without these statistics has no such file, or writes zeros into it.
    threads: Object.values(threads).some(({ cpuNs }) => cpuNs > 0) ? threads : null,
    residentBytes: bytes("VmRSS"),
    peakBytes: bytes("VmHWM"),
  };
  return { reading, children };
}

/** The parent of every process, at the cost of one small file each: about 12 µs. */
export function readParents(system: System): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of system.list("/proc") ?? []) {
    if (!/^\d+$/.test(name)) continue;
    const stat = system.read(`/proc/${name}/stat`);
    if (stat !== null) parents.set(Number(name), parseStat(stat).parent);
  }
  return parents;
}

/**
 * Makes a function that reads a process and all below it from `/proc`.
 *
 * A process whose parent ended before it is no longer below the root, and is not read.
 *
 * @returns a function from a process id to its tree, the process itself first; empty when it is gone
 */
export function createProcReader(system: System): (root: number) => ProcessReading[] {
  // Kernels are built with or without CONFIG_PROC_CHILDREN.
  const listsChildren = system.read("/proc/thread-self/children") !== null;
  return (root) => {
    // A child that moves from one thread to another while they are read is listed twice.
    const pids = new Set(listsChildren ? [root] : treeOf(root, readParents(system)));
    const readings: ProcessReading[] = [];
    for (const pid of pids) {
      const found = readProcess(system, pid, listsChildren);
      if (found === null) {
        if (pid === root) return [];
        continue;
      }
      readings.push(found.reading);
      for (const child of found.children) pids.add(child);
    }
    return readings;
  };
}
