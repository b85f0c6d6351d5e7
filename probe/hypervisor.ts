/**
 * Whether Linux runs in a virtual machine, and in whose.
 *
 * @module
 */

import type { System } from "./types.ts";

const CLOCK_SOURCES = "/sys/devices/system/clocksource/clocksource0/available_clocksource";

/** Clock sources that only a guest of the hypervisor has. */
const CLOCKS: readonly (readonly [start: string, hypervisor: string])[] = [
  ["kvm-clock", "KVM"],
  ["hyperv", "Hyper-V"],
  ["xen", "Xen"],
];

/** Words by which the firmware of a virtual machine gives itself away. */
const VIRTUAL_FIRMWARE: RegExp = new RegExp(
  [
    "QEMU",
    "KVM",
    "VMware",
    "Xen",
    "VirtualBox",
    "Parallels",
    "Virtual Machine",
    "Virtualization",
    "Google Compute Engine",
    "OpenStack",
    // Amazon sells whole machines too, as c7g.metal.
    "Amazon EC2(?!.*metal)",
  ].join("|"),
);

/**
 * Names the hypervisor that Linux runs under.
 *
 * @param system where to look
 * @param flag whether the processor says that it is run by a hypervisor; null where it has no such
 * flag
 * @returns a name, "none", or null where nothing tells
 */
export function findVirtualMachine(system: System, flag: boolean | null): string | null {
  if (flag === false) return "none";
  const firmware = ["sys_vendor", "product_name"]
    .map((file) => system.read(`/sys/class/dmi/id/${file}`)?.trim() ?? "").join(" ").trim();
  const found = findHypervisor(system);
  if (found !== null) return firmware === "" ? found : `${found}: ${firmware}`;
  if (VIRTUAL_FIRMWARE.test(firmware)) return firmware;
  return flag ? "yes, of a kind that does not name itself" : null;
}

function findHypervisor(system: System): string | null {
  const clocks = system.read(CLOCK_SOURCES)?.split(/\s+/) ?? [];
  const known = CLOCKS.find(([start]) => clocks.some((clock) => clock.startsWith(start)));
  if (known !== undefined) return known[1];
  const type = system.read("/sys/hypervisor/type")?.trim();
  if (type) return type;
  const compatible = system.read("/proc/device-tree/hypervisor/compatible");
  return compatible?.replaceAll("\0", " ").trim() || null;
}
