import assert from "node:assert/strict";
import { fakeSystem } from "./fake_system.ts";
import { findVirtualMachine } from "./hypervisor.ts";

const CLOCKS = "/sys/devices/system/clocksource/clocksource0/available_clocksource";

/** Files of the firmware. */
function firmware(vendor: string, product: string): { [path: string]: string } {
  const folder = "/sys/class/dmi/id";
  return { [`${folder}/sys_vendor`]: `${vendor}\n`, [`${folder}/product_name`]: `${product}\n` };
}

Deno.test("findVirtualMachine() trusts a processor that says there is none", () => {
  assert.equal(findVirtualMachine(fakeSystem(firmware("LENOVO", "20XW")), false), "none");
});

Deno.test("findVirtualMachine() names the hypervisor by its clock, and the firmware", () => {
  const clocks = { [CLOCKS]: "tsc kvm-clock \n" };
  assert.equal(findVirtualMachine(fakeSystem(clocks), true), "KVM");
  const system = fakeSystem({ ...clocks, ...firmware("Amazon EC2", "c7i.large") });
  assert.equal(findVirtualMachine(system, true), "KVM: Amazon EC2 c7i.large");
  const hyperV = fakeSystem({ [CLOCKS]: "hyperv_clocksource_tsc_page tsc acpi_pm\n" });
  assert.equal(findVirtualMachine(hyperV, true), "Hyper-V");
});

Deno.test("findVirtualMachine() names the hypervisor by the kernel or the device tree", () => {
  assert.equal(findVirtualMachine(fakeSystem({ "/sys/hypervisor/type": "xen\n" }), true), "xen");
  const tree = { "/proc/device-tree/hypervisor/compatible": "linux,kvm\0" };
  assert.equal(findVirtualMachine(fakeSystem(tree), null), "linux,kvm");
});

Deno.test("findVirtualMachine() knows virtual firmware where the processor is mute", () => {
  const find = (vendor: string, product: string): string | null =>
    findVirtualMachine(fakeSystem(firmware(vendor, product)), null);
  assert.equal(find("QEMU", "KVM Virtual Machine"), "QEMU KVM Virtual Machine");
  assert.equal(find("Amazon EC2", "c7g.large"), "Amazon EC2 c7g.large");
  assert.equal(find("Amazon EC2", "c7g.metal"), null);
  assert.equal(find("Microsoft Corporation", "Surface Pro"), null);
});

Deno.test("findVirtualMachine() admits what it does not know", () => {
  assert.equal(
    findVirtualMachine(fakeSystem({}), true),
    "yes, of a kind that does not name itself",
  );
  assert.equal(findVirtualMachine(fakeSystem({ [CLOCKS]: "arch_sys_counter\n" }), null), null);
});
