import assert from "node:assert/strict";
import { parseCpuinfo } from "./cpuinfo.ts";

const X86 = `processor	: 0
vendor_id	: AuthenticAMD
cpu family	: 25
model		: 17
model name	: AMD EPYC 9R14
cpu MHz		: 2596.134
cache size	: 1024 KB
flags		: fpu vme de pse tsc hypervisor lahf_lm
bugs		: sysret_ss_attrs

processor	: 1
model name	: AMD EPYC 9R14
cpu MHz		: 3700.000
flags		: fpu vme de pse tsc hypervisor lahf_lm
`;

/** One core as arm64 shows it. */
function armCore(implementer: string, part: string): string {
  return `processor	: 0
BogoMIPS	: 243.75
Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics
CPU implementer	: ${implementer}
CPU architecture: 8
CPU variant	: 0x3
CPU part	: ${part}
CPU revision	: 1

`;
}

Deno.test("parseCpuinfo() reads x86", () => {
  assert.deepEqual(parseCpuinfo(X86), { model: "AMD EPYC 9R14", mhz: 2596.134, hypervisor: true });
  assert.equal(parseCpuinfo(X86.replaceAll(" hypervisor", "")).hypervisor, false);
});

Deno.test("parseCpuinfo() names the cores of ARM", () => {
  const text = armCore("0x41", "0xd0c").repeat(4);
  assert.deepEqual(parseCpuinfo(text), { model: "ARM Neoverse-N1", mhz: null, hypervisor: null });
});

Deno.test("parseCpuinfo() names each kind of core once", () => {
  const text = armCore("0x41", "0xd03").repeat(4) + armCore("0x41", "0xd09").repeat(2);
  assert.equal(parseCpuinfo(text).model, "ARM Cortex-A53 + ARM Cortex-A73");
});

Deno.test("parseCpuinfo() gives the numbers of what it cannot name", () => {
  assert.equal(parseCpuinfo(armCore("0x61", "0x022")).model, "Apple part 0x022");
  assert.equal(parseCpuinfo(armCore("0x99", "0xd0c")).model, "implementer 0x99 part 0xd0c");
  assert.equal(parseCpuinfo(armCore("0x41", "0xfff")).model, "ARM part 0xfff");
});

Deno.test("parseCpuinfo() finds nothing in a text without a name", () => {
  assert.deepEqual(parseCpuinfo("processor\t: 0\nmodel name\t: \n"), {
    model: null,
    mhz: null,
    hypervisor: null,
  });
});
