/** CPUs that are threads of one physical core, and so share its units and its caches. */

import { parseCpuList } from "./cpu_list.ts";
import { type System, thisSystem } from "./system.ts";

/** The CPUs of the core that a CPU is a thread of; empty if the system does not say. */
function siblingsOf(system: System, cpu: number): number[] {
  const topology = `/sys/devices/system/cpu/cpu${cpu}/topology`;
  try {
    // The second is the newer name of the same list; kernels since 5.3 have both.
    const list = system.read(`${topology}/thread_siblings_list`) ??
      system.read(`${topology}/core_cpus_list`);
    return parseCpuList(list ?? "");
  } catch {
    // A hint to the reader is not worth a run.
    return [];
  }
}

/** Groups CPUs by core, in the order of their first CPUs; a CPU of which nothing is known is a group by itself. */
export function coresOf(cpus: readonly number[], system: System = thisSystem): number[][] {
  const cores: number[][] = [];
  for (const cpu of cpus) {
    const siblings = siblingsOf(system, cpu);
    const core = cores.find((known) => known.some((other) => siblings.includes(other)));
    if (core === undefined) cores.push([cpu]);
    else core.push(cpu);
  }
  return cores;
}

/**
 * Finds the physical cores that two sets of CPUs share, though the CPUs are different ones.
 *
 * A virtual machine may not know which of its CPUs are threads of one core; then none are found.
 *
 * @returns for each shared core those of its CPUs that are in `a` or `b`, in ascending order; empty if they share
 * none, or if nothing is known, as on other systems than Linux
 */
export function sharedCores(
  a: readonly number[],
  b: readonly number[],
  system: System = thisSystem,
): number[][] {
  const wanted = new Set([...a, ...b]);
  const cores = new Map(
    [...wanted].toSorted((one, other) => one - other).map((cpu) => {
      const threads = siblingsOf(system, cpu).filter((sibling) => wanted.has(sibling));
      return [threads.join(), threads];
    }),
  );
  const shared = (core: readonly number[]): boolean =>
    a.some((cpu) => core.includes(cpu) && b.some((other) => other !== cpu && core.includes(other)));
  return [...cores.values()].filter(shared);
}
