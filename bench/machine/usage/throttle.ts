/** Time for which a CPU quota of Linux held a process back. */

import type { Throttling } from "../../../measure/warnings/warnings.ts";
import type { Absent } from "../../../measure/model/result.ts";
import { findHierarchy, type Hierarchy, readCpuLimit } from "../container.ts";
import { isAbsent, type Probe, reasonOf, type System, thisSystem } from "../system.ts";

/** What a control group has had since it began. */
export interface GroupThrottling {
  /** How many CPUs' time it may use; null without a quota. */
  readonly cpus: number | null;
  /** Periods in which its quota ran out. */
  readonly times: number;
  /** Time for which it was held back then, in nanoseconds; each CPU counts by itself. */
  readonly throttledNs: number;
}

/**
 * The control groups of a process at one moment, by folder: its own, and each that contains it; or the reason why there
 * are none.
 */
export type ThrottleSample = { readonly [folder: string]: GroupThrottling } | Absent;

/** Reads `cpu.stat`, of version 1 in ns (sched-bwc.rst in the kernel); null if it has no throttling, as at the top. */
export function parseThrottling(
  text: string,
): Pick<GroupThrottling, "times" | "throttledNs"> | null {
  const number = (name: string): number | undefined => {
    const digits = new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const times = number("nr_throttled");
  const microseconds = number("throttled_usec");
  const throttledNs = microseconds === undefined ? number("throttled_time") : microseconds * 1000;
  return times === undefined || throttledNs === undefined ? null : { times, throttledNs };
}

/** Makes a probe for the CPU quota of a process: it reads two or three small files for each of its control groups. */
export function createThrottleProbe(
  process: number | "self",
  system: System = thisSystem,
): Probe<ThrottleSample> {
  let hierarchy: Hierarchy | Absent | undefined;
  return {
    sample() {
      if (system.platform !== "linux") return { absent: "only Linux has such quotas" };
      try {
        hierarchy ??= hierarchyOf(process, system);
        return "absent" in hierarchy ? hierarchy : groupsOf(hierarchy, system);
      } catch (error) {
        return { absent: reasonOf(error) };
      }
    },
  };
}

function hierarchyOf(process: number | "self", system: System): Hierarchy | Absent {
  const membership = system.read(`/proc/${process}/cgroup`) ?? "";
  if (process !== "self" && membership.includes(":/..")) {
    return { absent: "its control group is not visible from here" };
  }
  const mountinfo = system.read("/proc/self/mountinfo") ?? "";
  return findHierarchy("cpu", membership, mountinfo) ??
    { absent: "no control group file system is mounted" };
}

function groupsOf({ version, folders }: Hierarchy, system: System): ThrottleSample {
  return Object.fromEntries(folders.flatMap((folder) => {
    const throttling = parseThrottling(system.read(`${folder}/cpu.stat`) ?? "");
    if (throttling === null) return [];
    const limit = readCpuLimit(system, folder, version) ?? Infinity;
    return [[folder, { cpus: limit === Infinity ? null : limit, ...throttling }]];
  }));
}

/** What a CPU quota took between two samples of a probe, in the control group that was held back longest, if any. */
export function throttlingBetween(
  earlier: ThrottleSample,
  later: ThrottleSample,
): Throttling | null {
  if (isAbsent(earlier) || isAbsent(later)) return null;
  const all = Object.entries(later).flatMap(([folder, { cpus, times, throttledNs }]) => {
    const start = earlier[folder];
    if (start === undefined || times <= start.times) return [];
    const throttledMs = Math.max(0, throttledNs - start.throttledNs) / 1e6;
    return [{ cpus, times: times - start.times, throttledMs }];
  });
  return all.toSorted((a, b) => b.throttledMs - a.throttledMs)[0] ?? null;
}
