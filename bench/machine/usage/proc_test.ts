import assert from "node:assert/strict";
import { fakeSystem } from "../testing.ts";
import { createProcReader, parseSchedstat, parseStat, parseStatusBytes } from "./proc.ts";

/** Text of a `stat` file. */
function statText(pid: number, parent: number, ticks: number[], state = "S"): string {
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = ticks;
  return `${pid} (a b) ) ${state} ${parent} ${pid} ${pid} 0 -1 4194560 14210 0 5 0 ` +
    `${user} ${system} ${childUser} ${childSystem} 20 0 11 0 ${pid}00 1269440512 10169 ` +
    `18446744073709551615 94183 94296 140726 0 0 0 0 4096 17642 0 0 0 17 1 0 0 0 0 0\n`;
}

/** A process of two threads that started another, on a kernel with or without `children` files. */
function familyFiles(listsChildren: boolean): { [path: string]: string } {
  const files: { [path: string]: string } = {
    "/proc/7/stat": statText(7, 1, [10, 5, 2, 1]),
    "/proc/7/status": "Name:\ta b) \nVmHWM:\t    3000 kB\nVmRSS:\t    2000 kB\n",
    "/proc/7/task/7/schedstat": "120000000 5000 12\n",
    "/proc/7/task/8/schedstat": "30000000 7000 12\n",
    "/proc/9/stat": statText(9, 7, [1, 0]),
    "/proc/9/status": "Name:\ta\nVmHWM:\t     400 kB\nVmRSS:\t     300 kB\n",
    "/proc/9/task/9/schedstat": "12000000 0 1\n",
    "/proc/10/stat": statText(10, 1, [99, 99]),
    "/proc/meminfo": "MemTotal: 1 kB\n",
  };
  if (!listsChildren) return files;
  return {
    ...files,
    "/proc/thread-self/children": "",
    "/proc/7/task/7/children": "",
    "/proc/7/task/8/children": "9 ",
    "/proc/9/task/9/children": "",
  };
}

const FAMILY = [{
  id: "7@700",
  ended: false,
  ownNs: 150_000_000,
  reapedNs: 30_000_000,
  threads: {
    "7": { cpuNs: 120_000_000, waitNs: 5000 },
    "8": { cpuNs: 30_000_000, waitNs: 7000 },
  },
  residentBytes: 2_048_000,
  peakBytes: 3_072_000,
}, {
  id: "9@900",
  ended: false,
  ownNs: 10_000_000,
  reapedNs: 0,
  threads: { "9": { cpuNs: 12_000_000, waitNs: 0 } },
  residentBytes: 307_200,
  peakBytes: 409_600,
}];

Deno.test("parseStat() takes the fields after the last parenthesis of the command", () => {
  assert.deepEqual(parseStat(statText(7, 1, [10, 5, 2, 1])), {
    state: "S",
    parent: 1,
    ownTicks: 15,
    reapedTicks: 3,
    startTicks: 700,
  });
});

Deno.test("parseStat() refuses a text that is cut off", () => {
  assert.throws(() => parseStat("7 (deno) S 1 7"), {
    name: "SyntaxError",
    message: 'Cannot parse the status of a process: received "7 (deno) S 1 7"',
  });
});

Deno.test("parseSchedstat() takes the times on a CPU and on a run queue", () => {
  assert.deepEqual(parseSchedstat("85119438 2493667 24\n"), {
    cpuNs: 85_119_438,
    waitNs: 2_493_667,
  });
  for (const text of ["", "85119438\n"]) assert.throws(() => parseSchedstat(text), SyntaxError);
});

Deno.test("parseStatusBytes() turns kB into bytes, and is null without the line", () => {
  const text = "Name:\tVmRSS: 5 kB\nVmHWM:\t    1728 kB\nVmRSS:\t    1024 kB\n";
  assert.equal(parseStatusBytes(text, "VmRSS"), 1_048_576);
  assert.equal(parseStatusBytes(text, "VmHWM"), 1_769_472);
  assert.equal(parseStatusBytes(text, "VmSwap"), null);
});

Deno.test("createProcReader() finds the tree by the kernel's lists of children", () => {
  assert.deepEqual(createProcReader(fakeSystem(familyFiles(true)))(7), FAMILY);
});

Deno.test("createProcReader() finds the tree by parents if the kernel lists no children", () => {
  assert.deepEqual(createProcReader(fakeSystem(familyFiles(false)))(7), FAMILY);
});

Deno.test("createProcReader() is empty for a process that is gone", () => {
  for (const listsChildren of [true, false]) {
    const files = familyFiles(listsChildren);
    assert.deepEqual(createProcReader(fakeSystem(files))(70), []);
    delete files["/proc/7/stat"];
    assert.deepEqual(createProcReader(fakeSystem(files))(7), []);
  }
});

Deno.test("createProcReader() passes over a child that ends while the tree is read", () => {
  const files = familyFiles(true);
  delete files["/proc/9/stat"];
  assert.deepEqual(createProcReader(fakeSystem(files))(7), FAMILY.slice(0, 1));
});

Deno.test("createProcReader() has no threads if the kernel keeps no statistics of them", () => {
  const files = familyFiles(true);
  files["/proc/7/task/7/schedstat"] = files["/proc/7/task/8/schedstat"] = "0 0 0\n";
  delete files["/proc/9/task/9/schedstat"];
  const readings = createProcReader(fakeSystem(files))(7);
  assert.deepEqual(readings.map(({ threads }) => threads), [null, null]);
});

Deno.test("createProcReader() counts no memory for a process that waits to be collected", () => {
  const files = familyFiles(true);
  files["/proc/9/stat"] = statText(9, 7, [1, 0], "Z");
  delete files["/proc/9/status"];
  const child = createProcReader(fakeSystem(files))(7)[1];
  assert.deepEqual([child?.ended, child?.residentBytes, child?.peakBytes], [true, 0, 0]);
});
