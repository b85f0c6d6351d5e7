/** An operating system made of literal texts, for tests. */

import { parseCpuList } from "./cpu_list.ts";
import type { System } from "./system.ts";

/**
 * Makes a system that holds these files and nothing else; folders follow from the files' paths.
 *
 * @param files text by path
 * @param overrides what it does otherwise; without them it is Linux and has no programs
 */
export function fakeSystem(
  files: { readonly [path: string]: string },
  overrides: Partial<System> = {},
): System {
  return {
    platform: "linux",
    read: (path) => files[path] ?? null,
    link: (path) => files[path] ?? null,
    list: (path) => {
      const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      const names = below.map((file) => file.slice(path.length + 1).split("/")[0] ?? "");
      return names.length > 0 ? [...new Set(names)] : null;
    },
    run: () => null,
    ...overrides,
  };
}

/** A machine with as many CPUs as there are lists of siblings. */
export interface FakeMachine {
  /** The NUMA nodes, each with the lists of its CPUs. */
  readonly nodes: readonly string[];
  /** The cores, each with the list of its threads. */
  readonly cores: readonly string[];
  /** What this process may use; all when left out. */
  readonly allowed?: string;
  /** Quota and period of its control group in microseconds, as `cpu.max` of version 2 has them. */
  readonly cpuMax?: string;
}

/** The files from which the CPUs of a machine, and those that may be used, are read. */
export function machineFiles(
  { nodes, cores, allowed, cpuMax }: FakeMachine,
): { [path: string]: string } {
  const online = nodes.join(",");
  const cpus = "/sys/devices/system/cpu";
  const siblings = cores.flatMap((core) =>
    parseCpuList(core).map((
      cpu,
    ) => [`${cpus}/cpu${cpu}/topology/thread_siblings_list`, `${core}\n`])
  );
  return {
    "/proc/self/status": `Name:\tdeno\nCpus_allowed:\tff\nCpus_allowed_list:\t${
      allowed ?? online
    }\nMems_allowed:\t1\n`,
    [`${cpus}/online`]: `${online}\n`,
    ...Object.fromEntries(siblings),
    ...Object.fromEntries(
      nodes.map((list, node) => [`/sys/devices/system/node/node${node}/cpulist`, `${list}\n`]),
    ),
    ...(cpuMax !== undefined && {
      "/proc/self/cgroup": "0::/pod\n",
      "/proc/self/mountinfo": "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
      "/sys/fs/cgroup/pod/cpu.max": `${cpuMax}\n`,
    }),
  };
}
