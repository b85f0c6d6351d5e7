import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { coresOf, sharedCores } from "./siblings.ts";
import { thisSystem } from "./system.ts";
import { fakeSystem } from "./testing.ts";

/** Files that list the siblings of each CPU. */
function topology(
  siblings: readonly string[],
  file = "thread_siblings_list",
): { [path: string]: string } {
  return Object.fromEntries(
    siblings.map((
      list,
      cpu,
    ) => [`/sys/devices/system/cpu/cpu${cpu}/topology/${file}`, `${list}\n`]),
  );
}

/** Two cores of two threads each, numbered as most machines do and as some virtual ones do. */
const FAR = fakeSystem(topology(["0,2", "1,3", "0,2", "1,3"]));
const NEAR = fakeSystem(topology(["0-1", "0-1", "2-3", "2-3"]));

Deno.test("sharedCores() finds the cores of which each side has a thread", () => {
  assert.deepEqual(sharedCores([0, 1], [2, 3], FAR), [[0, 2], [1, 3]]);
  assert.deepEqual(sharedCores([3], [0, 1], FAR), [[1, 3]]);
  assert.deepEqual(sharedCores([0, 1, 2], [3], NEAR), [[2, 3]]);
});

Deno.test("sharedCores() is empty if every core belongs to one side", () => {
  assert.deepEqual(sharedCores([0, 1], [2, 3], NEAR), []);
  assert.deepEqual(sharedCores([0, 2], [1], FAR), []);
  assert.deepEqual(sharedCores([0, 1], [], FAR), []);
  const alone = fakeSystem(topology(["0", "1"]));
  assert.deepEqual(sharedCores([0], [1], alone), []);
});

Deno.test("sharedCores() leaves out a core on which both sides have the same CPU alone", () => {
  assert.deepEqual(sharedCores([0], [0], FAR), []);
  assert.deepEqual(sharedCores([0, 2], [2], FAR), [[0, 2]]);
});

Deno.test("sharedCores() names no CPU that was not asked for", () => {
  const fourfold = fakeSystem(topology(["0-3", "0-3", "0-3", "0-3"]));
  assert.deepEqual(sharedCores([3], [1], fourfold), [[1, 3]]);
});

Deno.test("sharedCores() reads the newer name of the list too", () => {
  const system = fakeSystem(topology(["0-1", "0-1"], "core_cpus_list"));
  assert.deepEqual(sharedCores([0], [1], system), [[0, 1]]);
});

Deno.test("sharedCores() is empty if nothing is known", () => {
  assert.deepEqual(sharedCores([0], [1], fakeSystem({})), []);
  const refuse = (): never => {
    throw new Deno.errors.PermissionDenied("Permission denied");
  };
  assert.deepEqual(sharedCores([0], [1], fakeSystem({}, { read: refuse })), []);
});

Deno.test(needing(["Linux", "lscpu"], {
  name: "sharedCores() agrees with lscpu about this machine",
  fn() {
    const lscpu = thisSystem.run("lscpu", ["--parse=cpu,core,socket"]);
    const rows = [...(lscpu ?? "").matchAll(/^(\d+),(\d+,\d*)$/gm)]
      .map(([, cpu, core]) => ({ cpu: Number(cpu), core }));
    const cpus = rows.map(({ cpu }) => cpu);
    const cores = Map.groupBy(rows, ({ core }) => core).values()
      .map((threads) => threads.map(({ cpu }) => cpu)).filter((threads) => threads.length > 1);
    assert.deepEqual(sharedCores(cpus, cpus), [...cores]);
  },
}));

Deno.test("coresOf() puts the threads of a core together, in the order of the CPUs", () => {
  assert.deepEqual(coresOf([0, 1, 2, 3], FAR), [[0, 2], [1, 3]]);
  assert.deepEqual(coresOf([3, 2, 0], NEAR), [[3, 2], [0]]);
  assert.deepEqual(coresOf([0, 5], fakeSystem({})), [[0], [5]]);
  assert.deepEqual(coresOf([], FAR), []);
});
