import assert from "node:assert/strict";
import { cpuRanges } from "../../measure/text/cpu_ranges.ts";
import { type FakeMachine, fakeSystem, machineFiles } from "../machine/testing.ts";
import type { System } from "../machine/system.ts";
import { choosePinning, splitCores } from "./pinning.ts";

const TASKSET = { run: () => "taskset from util-linux 2.38.1\n" };

/** Linux with taskset on a machine. */
function on(machine: FakeMachine, overrides: Partial<System> = TASKSET): System {
  return fakeSystem(machineFiles(machine), overrides);
}

/** Cores of two threads whose numbers are so far apart. */
function pairs(first: number, count: number, apart: number, step = 1): string[] {
  return Array.from({ length: count }, (_, core) => {
    const cpu = first + core * step;
    return apart === 1 ? `${cpu}-${cpu + 1}` : `${cpu},${cpu + apart}`;
  });
}

function single(count: number): string[] {
  return Array.from({ length: count }, (_, cpu) => String(cpu));
}

/** Two sockets of 16 cores, as Linux numbers Intel's: first threads of both before second ones. */
const XEONS: FakeMachine = {
  nodes: ["0-15,32-47", "16-31,48-63"],
  cores: pairs(0, 32, 32),
};
const EVEN = Array.from({ length: 32 }, (_, cpu) => 2 * cpu).join();
const ODD = Array.from({ length: 32 }, (_, cpu) => 2 * cpu + 1).join();

Deno.test("splitCores() gives the server the larger half", () => {
  assert.deepEqual(splitCores([[0], [1]]), { server: [0], generator: [1] });
  assert.deepEqual(splitCores([[0], [2], [4]]), { server: [0, 2], generator: [4] });
});

Deno.test("splitCores() keeps the threads of a core together", () => {
  assert.deepEqual(splitCores([[0, 4], [1, 5], [2, 6], [3, 7]]), {
    server: [0, 4, 1, 5],
    generator: [2, 6, 3, 7],
  });
});

Deno.test("splitCores() splits a single core, but not a single CPU", () => {
  assert.deepEqual(splitCores([[0, 1]]), { server: [0], generator: [1] });
  assert.deepEqual(splitCores([[3]]), { absent: "there is only 1 CPU to run on" });
});

for (
  const [name, machine, server, generator, reason] of [
    ["2 CPUs without SMT", { nodes: ["0-1"], cores: ["0", "1"] }, "0", "1"],
    ["2 CPUs of one core", { nodes: ["0-1"], cores: ["0-1"] }, "0", "1"],
    ["4 cores", { nodes: ["0-3"], cores: single(4) }, "0-1", "2-3"],
    ["4 CPUs of two cores, far", { nodes: ["0-3"], cores: pairs(0, 2, 2) }, "0,2", "1,3"],
    ["4 CPUs of two cores, near", { nodes: ["0-3"], cores: pairs(0, 2, 1, 2) }, "0-1", "2-3"],
    [
      "4 CPUs of a machine that could be given 128",
      { nodes: ["0-3"], cores: single(4), allowed: "0-127" },
      "0-1",
      "2-3",
    ],
    [
      "16 CPUs of 8 cores, far",
      { nodes: ["0-15"], cores: pairs(0, 8, 8) },
      "0-3,8-11",
      "4-7,12-15",
    ],
    ["16 CPUs of 8 cores, near", { nodes: ["0-15"], cores: pairs(0, 8, 1, 2) }, "0-7", "8-15"],
    [
      "16 cores without SMT on two nodes",
      { nodes: ["0-7", "8-15"], cores: single(16) },
      "0-7",
      "8-15",
    ],
    ["64 CPUs on two nodes", XEONS, "0-15,32-47", "16-31,48-63"],
    [
      "64 CPUs on two nodes, numbered by turns",
      { nodes: [EVEN, ODD], cores: pairs(0, 32, 32) },
      EVEN,
      ODD,
    ],
    [
      "64 CPUs on four nodes",
      { nodes: ["0-7,32-39", "8-15,40-47", "16-23,48-55", "24-31,56-63"], cores: pairs(0, 32, 32) },
      "0-15,32-47",
      "16-31,48-63",
    ],
    [
      "64 cores on three nodes, the middle one shared",
      { nodes: ["0-19", "20-43", "44-63"], cores: single(64) },
      "0-31",
      "32-63",
    ],
    [
      "64 CPUs, a cpuset with 4 of one node",
      { ...XEONS, allowed: "2-3,34-35" },
      "2,34",
      "3,35",
    ],
    [
      "64 CPUs, a cpuset with one thread of each of 4 cores",
      { ...XEONS, allowed: "0-1,16-17" },
      "0-1",
      "16-17",
    ],
    [
      "64 CPUs, a quota of 8: a thread of each core",
      { ...XEONS, cpuMax: "800000 100000" },
      "0-3",
      "4-7",
      "the control group gives the time of 8 CPUs, and 0-63 may be used",
    ],
    [
      "16 CPUs of 8 cores, a quota of 12: both threads where there are not enough cores",
      { nodes: ["0-15"], cores: pairs(0, 8, 8), cpuMax: "1200000 100000" },
      "0-3,8-11",
      "4-7",
      "the control group gives the time of 12 CPUs, and 0-15 may be used",
    ],
    [
      "4 cores, a quota of 1.5: a CPU each",
      { nodes: ["0-3"], cores: single(4), cpuMax: "150000 100000" },
      "0",
      "1",
      "the control group gives the time of 1.5 CPUs, and 0-3 may be used",
    ],
    [
      "4 cores, a quota that is no limit",
      { nodes: ["0-3"], cores: single(4), cpuMax: "400000 100000" },
      "0-1",
      "2-3",
    ],
    [
      "4 cores, no quota",
      { nodes: ["0-3"], cores: single(4), cpuMax: "max 100000" },
      "0-1",
      "2-3",
    ],
  ] as const satisfies readonly (readonly [string, FakeMachine, string, string, string?])[]
) {
  Deno.test(`choosePinning() plans ${name}`, () => {
    const pinning = choosePinning({}, on(machine));
    assert.ok(!("absent" in pinning));
    const words = (cpus: readonly number[]): string => cpus.length > 0 ? cpuRanges(cpus) : "none";
    assert.deepEqual(
      [words(pinning.server), words(pinning.generator), pinning.reason],
      [server, generator, reason],
    );
    const all = [...pinning.server, ...pinning.generator];
    assert.equal(new Set(all).size, all.length);
  });
}

Deno.test("choosePinning() pins nothing on 1 CPU, by the machine or by the cpuset", () => {
  const absent = "there is only 1 CPU to run on";
  assert.deepEqual(choosePinning({}, on({ nodes: ["0"], cores: ["0"] })), { absent });
  assert.deepEqual(choosePinning({}, on({ ...XEONS, allowed: "5" })), { absent });
});

Deno.test("choosePinning() says what stands against it", () => {
  const two = { nodes: ["0-1"], cores: single(2) };
  for (
    const [system, absent] of [
      [on(two, { ...TASKSET, platform: "darwin" }), "darwin offers no way to do it"],
      [on(two, { run: () => null }), "the program taskset is missing"],
      [fakeSystem({}, TASKSET), "/proc/self/status does not list the CPUs"],
    ] as const
  ) {
    assert.deepEqual(choosePinning({}, system), { absent });
    assert.throws(() => choosePinning({ cpus: { server: "0" } }, system), {
      name: "UsageError",
      message: `Server and generator cannot have CPUs here: ${absent}. Leave --cpus out`,
    });
  }
});

Deno.test("choosePinning() does nothing when it is not wanted", () => {
  assert.deepEqual(choosePinning({ pin: false }), { absent: "--no-pin was given" });
  assert.throws(() => choosePinning({ pin: false, cpus: { server: "0" } }), {
    name: "UsageError",
    message: "Give --cpus or --no-pin, not both",
  });
});
