/** Which CPUs the server and the generator run on, so that neither takes time from the other. */

import type { Absent, Settings } from "../../measure/model/result.ts";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import { cpuQuota } from "../machine/container.ts";
import { parseCpuList } from "../machine/cpu_list.ts";
import { nodesOf } from "../machine/nodes.ts";
import { coresOf } from "../machine/siblings.ts";
import { type System, thisSystem } from "../machine/system.ts";
import { UsageError } from "../usage.ts";
import { type GivenCpus, pinnedByHand } from "./given_cpus.ts";

/** CPUs of one core each; a part of them if not all of its threads may be used. */
type Cores = readonly (readonly number[])[];

/**
 * Splits the cores into a half for the server and a half for the generator; with an odd number the generator has the
 * smaller half. Threads of one core stay together, because they slow each other down; only a single core is split.
 */
export function splitCores(cores: Cores): Settings["pinning"] {
  const parts = cores.length > 1 ? cores : cores.flat().map((cpu) => [cpu]);
  if (parts.length < 2) return { absent: `there is only ${parts.length} CPU to run on` };
  const half = Math.ceil(parts.length / 2);
  return { server: parts.slice(0, half).flat(), generator: parts.slice(half).flat() };
}

/**
 * The CPUs that this process may run on and that are there, by their cores; those of a NUMA node follow one another, so
 * that a half is on as few nodes as can be.
 */
function coresByNode(system: System): Cores | Absent {
  const allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(system.read("/proc/self/status") ?? "")?.[1];
  if (allowed === undefined) return { absent: "/proc/self/status does not list the CPUs" };
  const online = parseCpuList(system.read("/sys/devices/system/cpu/online") ?? allowed);
  // The kernel also allows CPUs that a machine could be given, as many virtual ones can.
  const cpus = parseCpuList(allowed).filter((cpu) => online.includes(cpu));
  const nodes = nodesOf(system);
  const nodeOf = ([cpu]: readonly number[]): number =>
    nodes.findIndex((node) => node.includes(cpu!));
  return coresOf(cpus, system).toSorted((a, b) => nodeOf(a) - nodeOf(b));
}

/** So many of the CPUs: a thread of each core before there are two of one. */
function someOf(cores: Cores, count: number): Cores {
  const threads = cores.flatMap((core, place) =>
    core.map((cpu, thread) => ({ cpu, place, thread }))
  )
    .toSorted((a, b) => a.thread - b.thread).slice(0, count);
  return [...Map.groupBy(threads, ({ place }) => place).values()]
    .map((core) => core.map(({ cpu }) => cpu));
}

/**
 * Chooses halves of the CPUs. A control group that gives the time of fewer CPUs than may be used would stop both sides
 * when that time is used up: then only as many are taken as it gives time for.
 */
function chooseHalves(cores: Cores, quota: number): Settings["pinning"] {
  const all = cores.flat().length;
  const most = Math.max(2, Math.floor(quota));
  const halves = splitCores(most < all ? someOf(cores, most) : cores);
  if ("absent" in halves || quota >= all) return halves;
  return {
    ...halves,
    reason: `the control group gives the time of ${quota} ${quota === 1 ? "CPU" : "CPUs"}, and ${
      cpuRanges(cores.flat())
    } may be used`,
  };
}

/** What stands against pinning here; undefined if nothing does. */
function obstacleTo(system: System): string | undefined {
  if (system.platform !== "linux") return `${system.platform} offers no way to do it`;
  try {
    if (system.run("taskset", ["--version"]) !== null) return undefined;
  } catch {
    // One that may not be run is as good as none.
  }
  return "the program taskset is missing";
}

/**
 * Chooses the CPUs of server and generator.
 *
 * @param options whether they are pinned to CPUs at all, and the CPUs that the user gives them
 * @throws {UsageError} for CPUs that cannot be given
 */
export function choosePinning(
  { pin = true, cpus }: { readonly pin?: boolean; readonly cpus?: GivenCpus },
  system: System = thisSystem,
): Settings["pinning"] {
  if (!pin) {
    if (cpus !== undefined) throw new UsageError("Give --cpus or --no-pin, not both");
    return { absent: "--no-pin was given" };
  }
  const obstacle = obstacleTo(system);
  const cores = obstacle === undefined ? findCores(system) : { absent: obstacle };
  if (cpus === undefined) {
    return "absent" in cores ? cores : chooseHalves(cores, quotaOf(system));
  }
  if ("absent" in cores) {
    throw new UsageError(
      `Server and generator cannot have CPUs here: ${cores.absent}. Leave --cpus out`,
    );
  }
  return pinnedByHand(cpus, cores, system);
}

function findCores(system: System): Cores | Absent {
  try {
    return coresByNode(system);
  } catch {
    return { absent: "/proc/self/status cannot be read" };
  }
}

function quotaOf(system: System): number {
  try {
    return cpuQuota(system);
  } catch {
    return Infinity;
  }
}
