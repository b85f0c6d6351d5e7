/** NUMA nodes: memory, and the CPUs that reach it fastest. */

import { parseCpuList } from "./cpu_list.ts";
import type { System } from "./system.ts";

const NODES = "/sys/devices/system/node";

/** Finds the CPUs of each NUMA node that has any, in the order of their numbers; empty if the system does not say. */
export function nodesOf(system: System): number[][] {
  try {
    const numbers = (system.list(NODES) ?? []).flatMap((name) =>
      /^node(\d+)$/.exec(name)?.[1] ?? []
    );
    return numbers.map(Number).toSorted((a, b) => a - b)
      .map((number) => parseCpuList(system.read(`${NODES}/node${number}/cpulist`) ?? ""))
      .filter(({ length }) => length > 0);
  } catch {
    // A better order is not worth a run.
    return [];
  }
}
