import assert from "node:assert/strict";
import { fakeSystem } from "./testing.ts";
import { createSysctl, macNetworkFacts, macProcessorFacts, parseSysctl } from "./macos.ts";

const APPLE = `hw.packages: 1
hw.physicalcpu: 8
hw.logicalcpu: 8
hw.l1dcachesize: 65536
hw.l2cachesize: 4194304
hw.nperflevels: 2
hw.perflevel0.name: Performance
hw.perflevel0.l1dcachesize: 131072
hw.perflevel0.l2cachesize: 12582912
hw.perflevel1.name: Efficiency
hw.perflevel1.l1dcachesize: 65536
hw.perflevel1.l2cachesize: 4194304
machdep.cpu.brand_string: Apple M1
kern.osproductversion: 14.5
kern.hv_vmm_present: 0
kern.ipc.somaxconn: 128
net.inet.ip.portrange.first: 49152
net.inet.ip.portrange.last: 65535
`;

const INTEL = `hw.packages: 1
hw.physicalcpu: 4
hw.logicalcpu: 8
hw.cpufrequency_min: 2300000000
hw.cpufrequency_max: 2300000000
hw.l1dcachesize: 32768
hw.l2cachesize: 262144
hw.l3cachesize: 6291456
machdep.cpu.brand_string: Intel(R) Core(TM) i5-8259U CPU @ 2.30GHz
kern.hv_vmm_present: 1
`;

const MISSING = { absent: "sysctl does not list it" };

Deno.test("parseSysctl() splits at the first colon, and passes over other lines", () => {
  const text = "a.b: c: d\nsysctl: odd\nkern.empty: \nnothing\n";
  assert.deepEqual([...parseSysctl(text)], [["a.b", "c: d"], ["sysctl", "odd"], [
    "kern.empty",
    "",
  ]]);
});

Deno.test("createSysctl() asks once, and finds nothing without the program", () => {
  let calls = 0;
  const run = (): string => {
    calls++;
    return INTEL;
  };
  const sysctl = createSysctl(fakeSystem({}, { run }));
  assert.equal(sysctl().get("hw.physicalcpu"), "4");
  assert.equal(sysctl().size, 10);
  assert.equal(calls, 1);
  assert.equal(createSysctl(fakeSystem({}))().size, 0);
});

Deno.test("macProcessorFacts() lists Apple's kinds of cores separately", () => {
  const facts = macProcessorFacts(() => parseSysctl(APPLE), []);
  assert.deepEqual(facts.map(({ name, value }) => [name, value]), [
    ["Model", "Apple M1"],
    ["Sockets", 1],
    ["Physical cores", 8],
    ["Threads per core", 1],
    ["L1d cache", "128 KiB (Performance cores) + 64 KiB (Efficiency cores)"],
    ["L2 cache", "12 MiB (Performance cores) + 4 MiB (Efficiency cores)"],
    ["L3 cache", MISSING],
    ["Lowest frequency", MISSING],
    ["Highest frequency", MISSING],
    ["Virtual machine", "none"],
  ]);
});

Deno.test("macProcessorFacts() reads Intel's processors", () => {
  const facts = macProcessorFacts(() => parseSysctl(INTEL), []);
  const values = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  assert.equal(values["Threads per core"], 2);
  assert.equal(values["L1d cache"], "32 KiB");
  assert.equal(values["Highest frequency"], 2300);
  assert.equal(values["Virtual machine"], "yes, of a kind that does not name itself");
});

Deno.test("macNetworkFacts() reads the limits, or says that sysctl lists none", () => {
  const read = (text: string): unknown[] =>
    macNetworkFacts(() => parseSysctl(text)).map(({ value }) => value);
  assert.deepEqual(read(APPLE), ["49152–65535", 128]);
  assert.deepEqual(read(INTEL), [{ absent: "sysctl does not list them" }, MISSING]);
});
