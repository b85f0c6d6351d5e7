/**
 * CPU time and resident memory of a process and all that it started, and how long they waited for a
 * CPU, seen from outside.
 */

import { type Absent, type Figure, isMeasured } from "../../../measure/model/result.ts";
import { createProcReader, TICK_NS } from "./proc.ts";
import type { ProcessCpu, ProcessReading, ThreadTime } from "./process_tree.ts";
import { createPsReader } from "./ps.ts";
import { type Probe, reasonOf, type System, thisSystem } from "../system.ts";

/** What a process tree had used at one moment. It is plain data and can be sent as JSON. */
export interface ProcessSample {
  /**
   * CPU time since the processes began, in nanoseconds; {@linkcode cpuBetween} is more exact than a difference of two.
   */
  readonly cpuNs: Figure;
  /**
   * Resident memory, in bytes. Pages that processes share count once for each; the kernel's own
   * count may lag by some pages per CPU.
   */
  readonly residentBytes: Figure;
  /**
   * The most resident memory since the processes began, as the kernel kept it, in bytes. For several processes it is
   * the sum of their peaks, which may be at different moments: an upper bound.
   */
  readonly peakBytes: Figure;
  /** CPU time process by process, with the wait of each thread, the root first; empty if `cpuNs` is absent. */
  readonly processes: readonly ProcessCpu[];
}

const ENDED: Absent = { absent: "the process has ended" };
const REPLACED: Absent = { absent: "the process has ended, and another one has its id" };
const BACKWARDS: Absent = { absent: "the system's account of its CPU time ran backwards" };
const UNREPORTED: Absent = { absent: "the operating system does not report it" };

function absentSample(reason: Absent): ProcessSample {
  return { cpuNs: reason, residentBytes: reason, peakBytes: reason, processes: [] };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function sumBytes(bytes: readonly (number | null)[]): Figure {
  // A process that runs has some: a kernel that says 0 keeps no account.
  return bytes.includes(null) ? UNREPORTED : sum(bytes as number[]) || UNREPORTED;
}

function toSample(readings: readonly ProcessReading[]): ProcessSample {
  if (readings[0] === undefined || readings[0].ended) return absentSample(ENDED);
  return {
    // Each of the two falls behind: threads lose those that ended, ticks what is below one tick.
    cpuNs: sum(
      readings.map(({ threads, ownNs, reapedNs }) =>
        Math.max(sum(Object.values(threads ?? {}).map(({ cpuNs }) => cpuNs)), ownNs) + reapedNs
      ),
    ),
    residentBytes: sumBytes(readings.map(({ residentBytes }) => residentBytes)),
    peakBytes: sumBytes(readings.map(({ peakBytes }) => peakBytes)),
    processes: readings,
  };
}

/**
 * Makes a probe of a process and everything below it.
 *
 * On Linux a sample reads `/proc`: two small files per thread and three per process, about 10 µs
 * each. CPU time is exact to one tick of the kernel's scheduler (1 to 10 ms) per running thread. On
 * macOS and the BSDs a sample starts `ps`, which takes milliseconds, rounds CPU time to 10 ms or to
 * a second, loses children that ended, and knows no peak. On Windows everything is absent.
 *
 * The first sample of a program costs some milliseconds more, while its code is compiled.
 */
export function createProcessProbe(pid: number, system: System = thisSystem): Probe<ProcessSample> {
  if (system.platform === "windows") {
    return { sample: () => absentSample({ absent: "wsmark cannot read processes on Windows" }) };
  }
  const createReader = system.platform === "linux" ? createProcReader : createPsReader;
  let read: ReturnType<typeof createReader> | undefined;
  let id: string | undefined;
  return {
    sample() {
      try {
        read ??= createReader(system);
        const readings = read(pid);
        if ("absent" in readings) return absentSample(readings);
        id ??= readings[0]?.id;
        const isAnother = readings[0] !== undefined && readings[0].id !== id;
        return isAnother ? absentSample(REPLACED) : toSample(readings);
      } catch (error) {
        return absentSample({ absent: reasonOf(error) });
      }
    },
  };
}

/** What each thread that lives in the end has had since `before`, or since it began. */
function threadsBetween(before: ProcessCpu | undefined, after: ProcessCpu): ThreadTime[] {
  return Object.entries(after.threads ?? {}).map(([id, time]) => {
    const start = before?.threads?.[id] ?? { cpuNs: 0, waitNs: 0 };
    return {
      cpuNs: Math.max(0, time.cpuNs - start.cpuNs),
      waitNs: Math.max(0, time.waitNs - start.waitNs),
    };
  });
}

/** What a process itself used since `before`, or since it began. */
function ownBetween(before: ProcessCpu | undefined, after: ProcessCpu): number {
  const byTicks = Math.max(0, after.ownNs - (before?.ownNs ?? 0));
  if (after.threads === null || before?.threads === null) return byTicks;
  const byThreads = sum(threadsBetween(before, after).map(({ cpuNs }) => cpuNs));
  // User and system time are each cut to whole ticks, so the ticks can be ahead by up to two with nothing lost. Beyond
  // that, threads have ended and taken their part of the finer figure with them.
  return byTicks - byThreads > 2 * TICK_NS ? byTicks : byThreads;
}

/** Whether a process has had less than before; a tick may go from user to system time as the kernel divides it anew. */
function runsBackwards(before: ProcessCpu, after: ProcessCpu): boolean {
  const lost = Math.max(before.ownNs - after.ownNs, before.reapedNs - after.reapedNs);
  return lost > 2 * TICK_NS;
}

/**
 * CPU time that a process tree used between two samples of the same probe, in nanoseconds.
 *
 * Threads and child processes that began or ended in between count with what they used in between. Short-lived threads
 * that used less than 20 ms in all may be missed, as is a child that ended without being waited for.
 *
 * @returns nanoseconds, or the reason why one of the samples has none
 */
export function cpuBetween(earlier: ProcessSample, later: ProcessSample): Figure {
  if (!isMeasured(earlier.cpuNs)) return earlier.cpuNs;
  if (!isMeasured(later.cpuNs)) return later.cpuNs;
  if (earlier.processes[0]?.id !== later.processes[0]?.id) return ENDED;
  const before = new Map(earlier.processes.map((process) => [process.id, process]));
  let own = 0;
  let reaped = 0;
  for (const process of later.processes) {
    const previous = before.get(process.id);
    if (previous !== undefined && runsBackwards(previous, process)) return BACKWARDS;
    own += ownBetween(previous, process);
    reaped += process.reapedNs - (previous?.reapedNs ?? 0);
    before.delete(process.id);
  }
  // A child that ended handed all of its time to its parent; what it had used before the first
  // sample does not belong here.
  reaped -= sum(before.values().map((gone) => gone.ownNs + gone.reapedNs));
  return own + Math.max(0, reaped);
}

/**
 * Time that the busiest thread of a process tree could have run and waited for a CPU between two samples of the same
 * probe, as far as something outside the tree caused it, in nanoseconds: its wait, less all CPU time of the tree's
 * other threads, as if each of them had run in its place.
 *
 * The busiest is the thread that used most CPU time in between. What a server or a client does, one thread does, so its
 * wait is how long the work stood still. A sum over all threads would count helpers that nobody waits for, and grow
 * with their number; the thread that waited longest would be chosen for what is to be measured.
 *
 * Other processes, the hypervisor and a CPU quota count. Helper threads of the tree itself do not: a busy Deno that is
 * pinned to one CPU loses up to a sixth of the time to them on a quiet machine. On one CPU the result is close to the
 * truth. On several it may be far below, because other threads also run at the same time as the busiest. A wait that
 * still lasts at the end is missed.
 *
 * @returns nanoseconds, or the reason why there are none: only Linux reports it, and not of a thread that has ended
 */
export function outsideWaitBetween(earlier: ProcessSample, later: ProcessSample): Figure {
  const totalNs = cpuBetween(earlier, later);
  if (!isMeasured(totalNs)) return totalNs;
  const ever = later.processes.flatMap(({ threads }) => Object.values(threads ?? {}));
  // Even a thread on an idle CPU waits for some nanoseconds until it is switched in.
  if (!ever.some(({ waitNs }) => waitNs > 0)) return UNREPORTED;
  const before = new Map(earlier.processes.map((process) => [process.id, process]));
  const threads = later.processes.flatMap((process) =>
    threadsBetween(before.get(process.id), process)
  );
  const busiest = threads.reduce((most, thread) => thread.cpuNs > most.cpuNs ? thread : most);
  if (totalNs - sum(threads.map(({ cpuNs }) => cpuNs)) > busiest.cpuNs) {
    return { absent: "threads that ended in between used more CPU time than any that lives" };
  }
  return Math.max(0, busiest.waitNs - Math.max(0, totalNs - busiest.cpuNs));
}
