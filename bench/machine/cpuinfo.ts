/** The text of Linux' `/proc/cpuinfo`, which differs by architecture. */

export interface Cpuinfo {
  /** Name of the processor; null if the text has none that is known. */
  readonly model: string | null;
  /** Clock frequency of the first CPU in MHz; null if the text has none, as on ARM. */
  readonly mhz: number | null;
  /** Whether the processor says that a hypervisor runs it; null on an architecture that has no such flag. */
  readonly hypervisor: boolean | null;
}

/** Companies by the number that their ARM processors carry (MIDR_EL1, bits 31 to 24). */
const ARM_IMPLEMENTERS: { readonly [implementer: string]: string } = {
  "0x41": "ARM",
  "0x46": "Fujitsu",
  "0x48": "HiSilicon",
  "0x4e": "NVIDIA",
  "0x51": "Qualcomm",
  "0x61": "Apple",
  "0x6d": "Microsoft",
  "0xc0": "Ampere",
};

/** Cores of ARM itself by part number (MIDR_EL1, bits 15 to 4; from each core's technical reference manual). */
const ARM_PARTS: { readonly [part: string]: string } = {
  "0xd03": "Cortex-A53",
  "0xd05": "Cortex-A55",
  "0xd07": "Cortex-A57",
  "0xd08": "Cortex-A72",
  "0xd09": "Cortex-A73",
  "0xd0a": "Cortex-A75",
  "0xd0b": "Cortex-A76",
  "0xd0c": "Neoverse-N1",
  "0xd40": "Neoverse-V1",
  "0xd49": "Neoverse-N2",
  "0xd4f": "Neoverse-V2",
  "0xd84": "Neoverse-V3",
  "0xd8e": "Neoverse-N3",
};

/** Every value of a field, each once, in order of appearance. */
function valuesOf(text: string, field: string): string[] {
  const lines = text.matchAll(new RegExp(`^${field}[ \\t]*:[ \\t]*(.+)$`, "gmi"));
  const values = new Set(lines.map(([, value = ""]) => value.trim()));
  values.delete("");
  return [...values];
}

/** Names the kinds of core in an ARM processor, with their numbers if the name is not known. */
function armModel(text: string): string | null {
  const [implementer] = valuesOf(text, "CPU implementer");
  const parts = valuesOf(text, "CPU part");
  if (implementer === undefined || parts.length === 0) return null;
  const maker = ARM_IMPLEMENTERS[implementer] ?? `implementer ${implementer}`;
  return parts.map((part) => {
    const core = implementer === "0x41" ? ARM_PARTS[part] : undefined;
    return `${maker} ${core ?? `part ${part}`}`;
  }).join(" + ");
}

/** Reads the text of `/proc/cpuinfo`: of x86, which has names, and of ARM, which has numbers. */
export function parseCpuinfo(text: string): Cpuinfo {
  const [named] = valuesOf(text, "model name");
  const [mhz] = valuesOf(text, "cpu MHz");
  const [flags] = valuesOf(text, "flags");
  return {
    model: named ?? armModel(text),
    mhz: mhz === undefined ? null : Number(mhz),
    hypervisor: flags === undefined ? null : flags.split(" ").includes("hypervisor"),
  };
}
