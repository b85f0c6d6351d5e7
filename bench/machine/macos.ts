/** The machine as macOS describes it through `sysctl`. */

import type { Fact } from "../../measure/model/result.ts";
import { fact, type FactValue, formatBytes } from "./fact.ts";
import type { System } from "./system.ts";

export type Sysctl = ReadonlyMap<string, string>;

/** Reads what `sysctl` prints: one `name: value` per line. */
export function parseSysctl(text: string): Sysctl {
  const lines = text.matchAll(/^(.*?): (.*)$/gm);
  return new Map(lines.map(([, name = "", value = ""]) => [name, value.trim()]));
}

/**
 * Makes a function that asks `sysctl`, once, for all that the facts need; nothing is found if there is no such program.
 */
export function createSysctl(system: System): () => Sysctl {
  const names = [
    "hw",
    "machdep.cpu",
    "kern.osproductversion",
    "kern.hv_vmm_present",
    "kern.ipc.somaxconn",
    "net.inet.ip.portrange",
  ];
  let values: Sysctl | undefined;
  return () => values ??= parseSysctl(system.run("sysctl", names) ?? "");
}

function numberOf(sysctl: Sysctl, name: string): number | null {
  const value = sysctl.get(name);
  return value ? Number(value) : null;
}

/**
 * Describes one cache. Apple's own processors have kinds of cores, each with its caches, and
 * without a kind the figure is that of the slowest cores.
 */
function cacheOf(sysctl: Sysctl, name: string): FactValue {
  const kinds = Array.from(
    { length: numberOf(sysctl, "hw.nperflevels") ?? 0 },
    (_, level) => `hw.perflevel${level}`,
  );
  const described = kinds.flatMap((kind) => {
    const size = numberOf(sysctl, `${kind}.${name}size`);
    return size ? [`${formatBytes(size)} (${sysctl.get(`${kind}.name`) ?? kind} cores)`] : [];
  });
  if (described.length > 0) return described.join(" + ");
  const size = numberOf(sysctl, `hw.${name}size`);
  return size ? formatBytes(size) : null;
}

/** Facts about the processor of a Mac; `common` ones, which every platform has, come after the model. */
export function macProcessorFacts(sysctl: () => Sysctl, common: readonly Fact[]): Fact[] {
  const make = (name: string, find: (values: Sysctl) => FactValue, unit?: string): Fact =>
    fact("Processor", name, () => find(sysctl()), "sysctl does not list it", unit);
  const perCore = (values: Sysctl): FactValue => {
    const logical = numberOf(values, "hw.logicalcpu");
    const physical = numberOf(values, "hw.physicalcpu");
    return logical && physical ? logical / physical : null;
  };
  const megahertz = (values: Sysctl, name: string): FactValue => {
    const hertz = numberOf(values, name);
    return hertz ? hertz / 1e6 : null;
  };
  const virtual = new Map([["0", "none"], ["1", "yes, of a kind that does not name itself"]]);
  return [
    make("Model", (values) => values.get("machdep.cpu.brand_string")),
    ...common,
    make("Sockets", (values) => numberOf(values, "hw.packages")),
    make("Physical cores", (values) => numberOf(values, "hw.physicalcpu")),
    make("Threads per core", perCore),
    make("L1d cache", (values) => cacheOf(values, "l1dcache")),
    make("L2 cache", (values) => cacheOf(values, "l2cache")),
    make("L3 cache", (values) => cacheOf(values, "l3cache")),
    make("Lowest frequency", (values) => megahertz(values, "hw.cpufrequency_min"), "MHz"),
    make("Highest frequency", (values) => megahertz(values, "hw.cpufrequency_max"), "MHz"),
    make("Virtual machine", (values) => virtual.get(values.get("kern.hv_vmm_present") ?? "")),
  ];
}

export function macNetworkFacts(sysctl: () => Sysctl): Fact[] {
  const ports = (): FactValue => {
    const [first, last] = ["first", "last"]
      .map((end) => sysctl().get(`net.inet.ip.portrange.${end}`));
    return first && last ? `${first}–${last}` : null;
  };
  const queue = (): FactValue => numberOf(sysctl(), "kern.ipc.somaxconn");
  const absent = "sysctl does not list it";
  return [
    fact("Limits", "Ephemeral ports", ports, "sysctl does not list them"),
    fact("Limits", "Accept queue (somaxconn)", queue, absent, "connections"),
  ];
}
