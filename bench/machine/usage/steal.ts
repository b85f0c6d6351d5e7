/** Time that a hypervisor took away from the CPUs of this machine. */

import type { Absent, Figure } from "../../../measure/model/result.ts";
import { isAbsent, type Probe, reasonOf, type System, thisSystem } from "../system.ts";

/** How a CPU has spent its time since the machine booted, in ticks of `/proc/stat`: 10 ms, see `TICK_NS`. */
export interface CpuTicks {
  /** Ticks in which it had something to run and the hypervisor ran something else. */
  readonly stolen: number;
  /** All ticks, the stolen ones among them. */
  readonly all: number;
}

/** What each CPU had spent at one moment, by its number, or the reason why nothing is known. */
export type StealSample = { readonly [cpu: string]: CpuTicks } | Absent;

/** Fewer ticks say nothing: one of them would be more than a tenth of the whole. */
const ENOUGH_TICKS = 10;

/** Ticks by the number of the CPU from `/proc/stat`, see proc_stat(5); empty without a column of stolen time. */
export function parseCpuTicks(text: string): { [cpu: string]: CpuTicks } {
  const cpus: { [cpu: string]: CpuTicks } = {};
  for (const [, cpu = "", columns = ""] of text.matchAll(/^cpu(\d+) ([\d ]+)$/gm)) {
    // user nice system idle iowait irq softirq steal; time of own guests, which follows, is in user and nice too.
    const ticks = columns.split(" ").map(Number).slice(0, 8);
    const stolen = ticks[7];
    if (stolen !== undefined) cpus[cpu] = { stolen, all: ticks.reduce((sum, part) => sum + part) };
  }
  return cpus;
}

function readCpus(system: System): StealSample {
  if (system.platform !== "linux") return { absent: "wsmark reads it on Linux alone" };
  try {
    const cpus = parseCpuTicks(system.read("/proc/stat") ?? "");
    return Object.keys(cpus).length > 0 ? cpus : { absent: "the kernel does not report it" };
  } catch (error) {
    return { absent: reasonOf(error) };
  }
}

/** Makes a probe for the time that the hypervisor stole. A sample takes 10 to some 100 µs, more with more CPUs. */
export function createStealProbe(system: System = thisSystem): Probe<StealSample> {
  return { sample: () => readCpus(system) };
}

/**
 * Share of the time of some CPUs that the hypervisor stole between two samples of the same machine:
 * stolen ticks divided by all ticks. It is as fine as one tick of 10 ms in that time.
 *
 * A CPU that had nothing to run cannot be stolen from, so for a CPU that was busy half of the time
 * the share can be 0.5 at most. A hypervisor that does not tell its guests looks like one
 * that stole nothing: both give 0, as does a machine without one.
 *
 * @param cpus numbers of the CPUs; all of the machine when empty
 * @returns 0 to 1, or the reason why one of the samples has none, or why they are too close
 */
export function stealBetween(
  earlier: StealSample,
  later: StealSample,
  cpus: readonly number[],
): Figure {
  if (isAbsent(earlier)) return earlier;
  if (isAbsent(later)) return later;
  let stolen = 0;
  let all = 0;
  for (const cpu of cpus.length > 0 ? cpus : Object.keys(later)) {
    const before = earlier[cpu];
    const after = later[cpu];
    if (before === undefined || after === undefined) {
      return { absent: `the kernel does not list CPU ${cpu}` };
    }
    stolen += after.stolen - before.stolen;
    all += after.all - before.all;
  }
  if (all < ENOUGH_TICKS) return { absent: "the samples are too close to tell" };
  // Seen when a virtual machine moves from one host to another.
  if (stolen < 0 || stolen > all) return { absent: "the kernel's count of stolen time has jumped" };
  return stolen / all;
}
