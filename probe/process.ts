/**
 * CPU time and resident memory of a process and all that it started, seen from outside.
 *
 * @module
 */

import { type Absent, type Figure, isMeasured } from "../measure/result.ts";
import { createProcReader, TICK_NS } from "./proc.ts";
import type { ProcessCpu, ProcessReading } from "./process_tree.ts";
import { createPsReader } from "./ps.ts";
import { reasonOf, type System, thisSystem } from "./system.ts";

/** What a process tree had used at one moment. It is plain data and can be sent as JSON. */
export interface ProcessSample {
  /**
   * CPU time since the processes began, in nanoseconds; {@linkcode cpuBetween} is more exact than a
   * difference of two.
   */
  readonly cpuNs: Figure;
  /**
   * Resident memory, in bytes. Pages that processes share count once for each; the kernel's own
   * count may lag by some pages per CPU.
   */
  readonly residentBytes: Figure;
  /**
   * The most resident memory since the processes began, as the kernel kept it, in bytes. For
   * several processes it is the sum of their peaks, which may lie at different moments: an upper
   * bound.
   */
  readonly peakBytes: Figure;
  /** CPU time process by process, the root first; empty where `cpuNs` is absent. */
  readonly processes: readonly ProcessCpu[];
}

/** Samples one process tree. */
export interface ProcessProbe {
  /** Reads the tree as it is now. Never throws: what cannot be read is absent, with the reason. */
  sample(): ProcessSample;
}

const ENDED: Absent = { absent: "the process has ended" };

function absentSample(reason: Absent): ProcessSample {
  return { cpuNs: reason, residentBytes: reason, peakBytes: reason, processes: [] };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function sumBytes(
  readings: readonly ProcessReading[],
  field: "residentBytes" | "peakBytes",
): Figure {
  const bytes = readings.map((reading) => reading[field]);
  return bytes.includes(null)
    ? { absent: "the operating system does not report it" }
    : sum(bytes as number[]);
}

function toSample(readings: readonly ProcessReading[]): ProcessSample {
  if (readings[0] === undefined || readings[0].ended) return absentSample(ENDED);
  return {
    // Each of the two falls behind: threads lose those that ended, ticks what is below one tick.
    cpuNs: sum(
      readings.map((reading) =>
        Math.max(sum(Object.values(reading.threads ?? {})), reading.ownNs) + reading.reapedNs
      ),
    ),
    residentBytes: sumBytes(readings, "residentBytes"),
    peakBytes: sumBytes(readings, "peakBytes"),
    processes: readings,
  };
}

/**
 * Makes a probe for a process and everything below it.
 *
 * On Linux a sample reads `/proc`: two small files per thread and three per process, about 10 µs
 * each. CPU time is exact to one tick of the kernel's scheduler (1 to 10 ms) per running thread. On
 * macOS and the BSDs a sample starts `ps`, which takes milliseconds, rounds CPU time to 10 ms or to
 * a second, loses children that ended, and knows no peak. On Windows everything is absent.
 *
 * The first sample of a program costs some milliseconds more, while its code is compiled.
 *
 * @param pid id of the process at the top of the tree
 * @param system where to read; this machine unless a test says otherwise
 */
export function createProcessProbe(pid: number, system: System = thisSystem): ProcessProbe {
  if (system.platform === "windows") {
    return { sample: () => absentSample({ absent: "wsmark cannot read processes on Windows" }) };
  }
  const createReader = system.platform === "linux" ? createProcReader : createPsReader;
  let read: ReturnType<typeof createReader> | undefined;
  return {
    sample(): ProcessSample {
      try {
        read ??= createReader(system);
        const readings = read(pid);
        return "absent" in readings ? absentSample(readings) : toSample(readings);
      } catch (error) {
        return absentSample({ absent: reasonOf(error) });
      }
    },
  };
}

/** What a process itself used since `before`, or since it began. */
function ownBetween(before: ProcessCpu | undefined, after: ProcessCpu): number {
  const byTicks = Math.max(0, after.ownNs - (before?.ownNs ?? 0));
  if (after.threads === null || before?.threads === null) return byTicks;
  const byThreads = sum(
    Object.entries(after.threads).map(([thread, time]) =>
      Math.max(0, time - (before?.threads?.[thread] ?? 0))
    ),
  );
  // User and system time are each cut to whole ticks, so the ticks can be ahead by up to two with
  // nothing lost. Beyond that, threads have ended and taken their part of the finer figure with
  // them.
  return byTicks - byThreads > 2 * TICK_NS ? byTicks : byThreads;
}

/**
 * CPU time that a process tree used between two samples of the same probe, in nanoseconds.
 *
 * Threads and child processes that began or ended in between count with what they used in between.
 * Short-lived threads that used less than 20 ms in all may be missed, as is a child that ended
 * without being waited for.
 *
 * @param earlier sample at the start
 * @param later sample at the end
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
    own += ownBetween(previous, process);
    reaped += process.reapedNs - (previous?.reapedNs ?? 0);
    before.delete(process.id);
  }
  // A child that ended handed all of its time to its parent; what it had used before the first
  // sample does not belong here.
  reaped -= sum(before.values().map((gone) => gone.ownNs + gone.reapedNs));
  return own + Math.max(0, reaped);
}
