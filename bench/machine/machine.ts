/** The machine and the software that a run was made on, as the hardware table of a report. */

import { type as osType, version as osVersion } from "node:os";
import { type Fact, FACTS } from "../../measure/model/result.ts";
import { containerFacts } from "./container.ts";
import { processorFacts } from "./cpu.ts";
import { fact, type FactValue } from "./fact.ts";
import { createSysctl, macNetworkFacts } from "./macos.ts";
import { type System, thisSystem } from "./system.ts";

/** Readings that are compared: about 1 ms in all. */
const READINGS = 10_000;

function memoryFacts(): Fact[] {
  const bytes = (name: string, field: "total" | "available" | "swapTotal"): Fact =>
    fact("Memory", name, () => Deno.systemMemoryInfo()[field], "Deno does not report it", "bytes");
  return [bytes("Total", "total"), bytes("Available", "available"), bytes("Swap", "swapTotal")];
}

/** Reads the name of a Linux distribution from the text of `/etc/os-release`, see os-release(5); null if it has none. */
export function parseOsRelease(osRelease: string): string | null {
  return /^PRETTY_NAME=(["']?)(.+)\1$/m.exec(osRelease)?.[2] ?? null;
}

function systemName(system: System): FactValue {
  if (system.platform === "linux") {
    return parseOsRelease(
      system.read("/etc/os-release") ?? system.read("/usr/lib/os-release") ?? "",
    ) ?? osType();
  }
  if (system.platform === "darwin") {
    const version = createSysctl(system)().get("kern.osproductversion");
    return version === undefined ? osType() : `macOS ${version}`;
  }
  return system.platform === "windows" ? osVersion() : osType();
}

function systemFacts(system: System): Fact[] {
  return [
    fact("Operating system", "Name", () => systemName(system), "it does not name itself"),
    fact("Operating system", "Kernel", () => Deno.osRelease(), "it does not name its release"),
  ];
}

/** Reads a soft limit from the text of `/proc/self/limits`: a number, "unlimited", or null if it is not listed. */
export function parseSoftLimit(limits: string, name: string): number | string | null {
  const soft = new RegExp(`^${name}\\s+(\\S+)`, "m").exec(limits)?.[1];
  if (soft === undefined) return null;
  return soft === "unlimited" ? soft : Number(soft);
}

function linuxLimitFacts(system: System): Fact[] {
  const files = (): FactValue =>
    parseSoftLimit(system.read("/proc/self/limits") ?? "", "Max open files");
  const ports = (): FactValue =>
    system.read("/proc/sys/net/ipv4/ip_local_port_range")?.trim().split(/\s+/).join("–");
  const queue = (): FactValue => {
    const text = system.read("/proc/sys/net/core/somaxconn");
    return text === null ? null : Number(text);
  };
  const absent = "the kernel does not list it";
  return [
    fact("Limits", "Open files", files, absent, "files"),
    fact("Limits", "Ephemeral ports", ports, absent),
    fact("Limits", "Accept queue (somaxconn)", queue, absent, "connections"),
  ];
}

function limitFacts(system: System): Fact[] {
  if (system.platform === "linux") return linuxLimitFacts(system);
  if (system.platform !== "darwin") return [];
  const files = (): FactValue => {
    const text = system.run("sh", ["-c", "ulimit -n"])?.trim();
    return text === undefined || text === "unlimited" ? text : Number(text || NaN);
  };
  return [
    fact("Limits", "Open files", files, "the shell does not report it", "files"),
    ...macNetworkFacts(createSysctl(system)),
  ];
}

/**
 * Finds the smallest step between two readings of a clock that differ: its resolution, or the cost
 * of one reading if that is longer.
 *
 * @param now the clock, in milliseconds
 * @returns nanoseconds, or null if the clock stood still
 */
export function smallestStepNs(now: () => number, readings: number): number | null {
  let smallestMs = Infinity;
  let previousMs = now();
  for (let reading = 1; reading < readings; reading++) {
    const currentMs = now();
    const stepMs = currentMs - previousMs;
    if (stepMs > 0 && stepMs < smallestMs) smallestMs = stepMs;
    previousMs = currentMs;
  }
  return smallestMs === Infinity ? null : Math.round(smallestMs * 1e6);
}

function clockFacts(system: System): Fact[] {
  const source = (): string | undefined =>
    system.read("/sys/devices/system/clocksource/clocksource0/current_clocksource")?.trim();
  const step = (): number | null => smallestStepNs(() => performance.now(), READINGS);
  const stands = "the clock stood still while it was read";
  return [
    // Only Linux lets the source be chosen.
    ...(system.platform === "linux"
      ? [fact("Clock", "Kernel clock source", source, "the kernel does not name it")]
      : []),
    fact(FACTS.clockStep.group, FACTS.clockStep.name, step, stands, "ns"),
  ];
}

function softwareFacts(): Fact[] {
  const { deno, v8, typescript } = Deno.version;
  return Object.entries({ Deno: deno, V8: v8, TypeScript: typescript })
    .map(([name, value]) => ({ group: "Software", name, value }));
}

/**
 * Reads the load averages: how many threads ran or wanted to, on average over the last 1, 5 and 15
 * minutes. Windows has none, and there are no facts about it.
 *
 * @param moment when they are read, such as "at the start"; it becomes part of each name
 */
export function describeLoad(moment: string, system: System = thisSystem): Fact[] {
  if (system.platform === "windows") return [];
  // The kernel's own figures have two decimals; the others come from the conversion.
  const loads = (): number[] => Deno.loadavg().map((load) => Math.round(load * 100) / 100);
  return [1, 5, 15].map((minutes, index) =>
    fact("Load", `${minutes} min ${moment}`, () => loads()[index], "Deno does not report it")
  );
}

/**
 * Describes the machine: processor, memory, operating system, limits, load, clock, and the runtime.
 *
 * What cannot be read is a fact with the reason; what makes no sense on the platform is left out.
 * Nothing in it names the machine, its user or its network.
 */
export function describeMachine(system: System = thisSystem): Fact[] {
  return [
    ...processorFacts(system),
    ...memoryFacts(),
    ...systemFacts(system),
    ...containerFacts(system),
    ...limitFacts(system),
    ...describeLoad("at the start", system),
    ...clockFacts(system),
    ...softwareFacts(),
  ];
}
