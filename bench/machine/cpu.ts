/**
 * The processor: what it is, how its cores and caches are laid out, how fast it runs, and whether a hypervisor runs it.
 */

import { cpus } from "node:os";
import { type Fact, FACTS } from "../../measure/model/result.ts";
import { largest } from "../../measure/statistics/statistics.ts";
import { parseCpuList } from "./cpu_list.ts";
import { type Cpuinfo, parseCpuinfo } from "./cpuinfo.ts";
import { fact, type FactValue, formatBytes } from "./fact.ts";
import { createSysctl, macProcessorFacts } from "./macos.ts";
import type { System } from "./system.ts";

const GROUP = "Processor";
const CPUS = "/sys/devices/system/cpu";
const CLOCK_SOURCES = "/sys/devices/system/clocksource/clocksource0/available_clocksource";

/** Clock sources that only a guest of the hypervisor has. */
const CLOCKS: readonly (readonly [start: string, hypervisor: string])[] = [
  ["kvm-clock", "KVM"],
  ["hyperv", "Hyper-V"],
  ["xen", "Xen"],
];

/**
 * Words by which the firmware of a virtual machine gives itself away. Amazon also sells whole machines, such as
 * c7g.metal.
 */
const VIRTUAL_FIRMWARE =
  /QEMU|KVM|VMware|Xen|VirtualBox|Parallels|Virtual Machine|Virtualization|Google Compute Engine|OpenStack|Amazon EC2(?!.*metal)/;

/** Text of a file without the newline and the NUL that the kernel may end it with. */
function readTrimmed(system: System, path: string): string | null {
  return system.read(path)?.replace(/[\0\s]+$/, "") ?? null;
}

/** Every distinct text of one file over all CPUs, in the order of their numbers. */
function overCpus(system: System, file: string): string[] {
  const texts = cpuFolders(system).map((folder) => readTrimmed(system, `${folder}/${file}`));
  return [...new Set(texts.filter((text) => text !== null))];
}

/** Folders of the CPUs that the kernel knows, such as `/sys/devices/system/cpu/cpu0`. */
function cpuFolders(system: System): string[] {
  const numbers = (system.list(CPUS) ?? []).flatMap((name) => /^cpu(\d+)$/.exec(name)?.[1] ?? []);
  return numbers.map(Number).toSorted((a, b) => a - b).map((number) => `${CPUS}/cpu${number}`);
}

function topologyFacts(system: System): Fact[] {
  // Newer kernels also call the two core_cpus_list and package_cpus_list; older ones only this.
  const cores = (): string[] => overCpus(system, "topology/thread_siblings_list");
  const sockets = (): string[] => overCpus(system, "topology/core_siblings_list");
  const threads = (): FactValue =>
    cores().length ? largest(cores().map((list) => parseCpuList(list).length)) : null;
  const absent = "the kernel does not list the topology";
  return [
    fact(GROUP, "Sockets", () => sockets().length || null, absent),
    fact(GROUP, "Physical cores", () => cores().length || null, absent),
    fact(GROUP, "Threads per core", threads, absent),
  ];
}

/** Describes the caches of one level: how many of which size, such as `4 × 32 KiB`. */
function cachesOf(system: System, level: number): string {
  const sizes = new Map<string, number>();
  for (const cpu of cpuFolders(system)) {
    for (const name of system.list(`${cpu}/cache`) ?? []) {
      const file = (field: string): string =>
        readTrimmed(system, `${cpu}/cache/${name}/${field}`) ?? "";
      if (file("level") !== String(level) || file("type") === "Instruction") continue;
      const kibibytes = /^(\d+)K$/.exec(file("size"))?.[1];
      if (kibibytes !== undefined) sizes.set(file("shared_cpu_list"), Number(kibibytes) * 1024);
    }
  }
  return [...Map.groupBy(sizes.values(), (size) => size)]
    .map(([size, caches]) => `${caches.length} × ${formatBytes(size)}`).join(" + ");
}

function cacheFacts(system: System): Fact[] {
  return ["L1d cache", "L2 cache", "L3 cache"].map((name, index) =>
    fact(GROUP, name, () => cachesOf(system, index + 1), "the kernel does not list it")
  );
}

/** Whether the processor may exceed its base frequency, by Intel's driver or by the others' switch. */
function turbo(system: System): FactValue {
  const noTurbo = readTrimmed(system, `${CPUS}/intel_pstate/no_turbo`);
  if (noTurbo !== null) return noTurbo === "0" ? "on" : "off";
  const boost = readTrimmed(system, `${CPUS}/cpufreq/boost`);
  return boost === null ? null : boost === "1" ? "on" : "off";
}

/** What `/proc/cpuinfo` says; null if there is none. */
function readCpuinfo(system: System): Cpuinfo | null {
  const text = system.read("/proc/cpuinfo");
  return text === null ? null : parseCpuinfo(text);
}

function frequencyFacts(system: System): Fact[] {
  const absent = "the kernel has no cpufreq, as is usual in a virtual machine";
  // The kernel writes kHz.
  const megahertz = (file: string): number[] =>
    overCpus(system, `cpufreq/${file}`).map((text) => Number(text) / 1000).sort((a, b) => a - b);
  const lowest = (): FactValue => megahertz("cpuinfo_min_freq")[0];
  const highest = (): FactValue => megahertz("cpuinfo_max_freq").at(-1);
  const current = (): FactValue => {
    const [first] = overCpus(system, "cpufreq/scaling_cur_freq");
    return first === undefined ? readCpuinfo(system)?.mhz : Number(first) / 1000;
  };
  const governor = (): FactValue => overCpus(system, "cpufreq/scaling_governor").join(" + ");
  return [
    fact(GROUP, "Lowest frequency", lowest, absent, "MHz"),
    fact(GROUP, "Highest frequency", highest, absent, "MHz"),
    fact(GROUP, "Current frequency (first CPU)", current, absent, "MHz"),
    fact(GROUP, "Scaling governor", governor, absent),
    fact(GROUP, "Turbo", () => turbo(system), "the kernel does not say"),
  ];
}

/**
 * Names the hypervisor that Linux runs under.
 *
 * @param flag whether the processor says that it is run by a hypervisor; null if it has no such flag
 * @returns a name, "none", or null if nothing says so
 */
export function findVirtualMachine(system: System, flag: boolean | null): string | null {
  if (flag === false) return "none";
  const firmware = ["sys_vendor", "product_name"]
    .map((file) => readTrimmed(system, `/sys/class/dmi/id/${file}`) ?? "").join(" ").trim();
  const found = findHypervisor(system);
  if (found !== null) return firmware === "" ? found : `${found}: ${firmware}`;
  if (VIRTUAL_FIRMWARE.test(firmware)) return firmware;
  return flag ? "yes, of a kind that does not name itself" : null;
}

function findHypervisor(system: System): string | null {
  const clocks = system.read(CLOCK_SOURCES)?.split(/\s+/) ?? [];
  const known = CLOCKS.find(([start]) => clocks.some((clock) => clock.startsWith(start)));
  if (known !== undefined) return known[1];
  return readTrimmed(system, "/sys/hypervisor/type") ||
    readTrimmed(system, "/proc/device-tree/hypervisor/compatible")?.replaceAll("\0", " ") || null;
}

function linuxFacts(system: System): Fact[] {
  // A device tree names the board, which is better than nothing.
  const model = (): FactValue =>
    readCpuinfo(system)?.model ?? readTrimmed(system, "/proc/device-tree/model");
  const allowed = (): FactValue =>
    /^Cpus_allowed_list:\s*(\S+)$/m.exec(system.read("/proc/self/status") ?? "")?.[1];
  const virtual = (): FactValue =>
    findVirtualMachine(system, readCpuinfo(system)?.hypervisor ?? null);
  return [
    fact(GROUP, "Model", model, "the kernel does not name it"),
    ...commonFacts(),
    fact(GROUP, "CPUs allowed to this process", allowed, "the kernel does not list them"),
    ...topologyFacts(system),
    ...cacheFacts(system),
    ...frequencyFacts(system),
    fact(GROUP, "Virtual machine", virtual, "neither the processor nor the firmware says so"),
  ];
}

function commonFacts(): Fact[] {
  return [
    { group: GROUP, name: "Architecture", value: Deno.build.arch },
    { ...FACTS.cpus, value: navigator.hardwareConcurrency },
  ];
}

/** Facts about the processor, as far as the platform reports them. */
export function processorFacts(system: System): Fact[] {
  if (system.platform === "linux") return linuxFacts(system);
  if (system.platform === "darwin") return macProcessorFacts(createSysctl(system), commonFacts());
  const unread = "wsmark reads it on Linux and macOS alone";
  return [
    fact(GROUP, "Model", () => cpus()[0]?.model, "the operating system does not name it"),
    ...commonFacts(),
    ...["Sockets", "Physical cores", "L1d cache", "L2 cache", "L3 cache", "Virtual machine"]
      .map((name) => fact(GROUP, name, () => null, unread)),
  ];
}
