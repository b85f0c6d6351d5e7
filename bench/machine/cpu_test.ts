import assert from "node:assert/strict";
import type { Fact } from "../../measure/model/result.ts";
import { findVirtualMachine, processorFacts } from "./cpu.ts";
import { fakeSystem } from "./testing.ts";

const CPUS = "/sys/devices/system/cpu";

function valuesOf(facts: readonly Fact[]): { [name: string]: unknown } {
  return Object.fromEntries(facts.map((fact) => [fact.name, fact.value]));
}

/** Two cores of two threads each, as Intel's driver shows them. */
function laptopFiles(): { [path: string]: string } {
  const files: { [path: string]: string } = {
    "/proc/cpuinfo": "model name\t: Intel(R) Core(TM) i5\ncpu MHz\t\t: 800.5\nflags\t\t: fpu vme\n",
    "/proc/self/status": "Cpus_allowed:\tf\nCpus_allowed_list:\t0-1,3\n",
    [`${CPUS}/cpufreq/policy0/affected_cpus`]: "0\n",
    [`${CPUS}/intel_pstate/no_turbo`]: "0\n",
    [`${CPUS}/online`]: "0-3\n",
  };
  for (const cpu of [0, 1, 2, 3]) {
    const folder = `${CPUS}/cpu${cpu}`;
    const siblings = `${cpu % 2},${(cpu % 2) + 2}\n`;
    const caches: [string, string, string, string][] = [
      ["1", "Data", "48K", siblings],
      ["1", "Instruction", "32K", siblings],
      ["2", "Unified", cpu % 2 ? "1280K" : "2048K", siblings],
      ["3", "Unified", "12288K", "0-3\n"],
    ];
    caches.forEach(([level, type, size, shared], index) => {
      files[`${folder}/cache/index${index}/level`] = `${level}\n`;
      files[`${folder}/cache/index${index}/type`] = `${type}\n`;
      files[`${folder}/cache/index${index}/size`] = `${size}\n`;
      files[`${folder}/cache/index${index}/shared_cpu_list`] = shared;
    });
    files[`${folder}/topology/thread_siblings_list`] = siblings;
    files[`${folder}/topology/core_siblings_list`] = "0-3\n";
    files[`${folder}/cpufreq/cpuinfo_min_freq`] = "400000\n";
    files[`${folder}/cpufreq/cpuinfo_max_freq`] = cpu % 2 ? "3900000\n" : "4700000\n";
    files[`${folder}/cpufreq/scaling_cur_freq`] = `${cpu + 1}100000\n`;
    files[`${folder}/cpufreq/scaling_governor`] = "powersave\n";
  }
  return files;
}

Deno.test("processorFacts() reads a whole processor on Linux", () => {
  const facts = processorFacts(fakeSystem(laptopFiles()));
  assert.deepEqual(valuesOf(facts), {
    "Model": "Intel(R) Core(TM) i5",
    "Architecture": Deno.build.arch,
    "Logical CPUs available": navigator.hardwareConcurrency,
    "CPUs allowed to this process": "0-1,3",
    "Sockets": 1,
    "Physical cores": 2,
    "Threads per core": 2,
    "L1d cache": "2 × 48 KiB",
    "L2 cache": "1 × 2 MiB + 1 × 1280 KiB",
    "L3 cache": "1 × 12 MiB",
    "Lowest frequency": 400,
    "Highest frequency": 4700,
    "Current frequency (first CPU)": 1100,
    "Scaling governor": "powersave",
    "Turbo": "on",
    "Virtual machine": "none",
  });
  assert.ok(facts.every(({ group }) => group === "Processor"));
  assert.equal(facts.find(({ name }) => name === "Highest frequency")?.unit, "MHz");
});

Deno.test("processorFacts() reads either switch of turbo", () => {
  const turbo = (files: { [path: string]: string }): unknown =>
    valuesOf(processorFacts(fakeSystem(files)))["Turbo"];
  assert.equal(turbo({ [`${CPUS}/intel_pstate/no_turbo`]: "1\n" }), "off");
  assert.equal(turbo({ [`${CPUS}/cpufreq/boost`]: "1\n" }), "on");
  assert.equal(turbo({ [`${CPUS}/cpufreq/boost`]: "0\n" }), "off");
  assert.deepEqual(turbo({}), { absent: "the kernel does not say" });
});

Deno.test("processorFacts() falls back to the frequency and the board that Linux does name", () => {
  const values = valuesOf(processorFacts(fakeSystem({
    "/proc/cpuinfo": "processor\t: 0\ncpu MHz\t\t: 2596.134\n",
    "/proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\0",
  })));
  assert.equal(values["Current frequency (first CPU)"], 2596.134);
  assert.equal(values["Model"], "Raspberry Pi 4 Model B Rev 1.4");
});

Deno.test("processorFacts() gives a reason for everything that Linux does not show", () => {
  const values = valuesOf(processorFacts(fakeSystem({})));
  const shown = Object.keys(values).filter((name) => typeof values[name] !== "object");
  assert.deepEqual(shown, ["Architecture", "Logical CPUs available"]);
  assert.equal(Object.keys(values).length, 16);
});

Deno.test("processorFacts() gives a reason for what wsmark does not read on Windows", () => {
  const values = valuesOf(processorFacts(fakeSystem({}, { platform: "windows" })));
  assert.deepEqual(values["L3 cache"], { absent: "wsmark reads it on Linux and macOS alone" });
  assert.equal(values["Scaling governor"], undefined);
});

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

Deno.test("findVirtualMachine() knows virtual firmware if the processor does not say", () => {
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
