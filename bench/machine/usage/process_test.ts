import assert from "node:assert/strict";
import {
  cpuBetween,
  createProcessProbe,
  outsideWaitBetween,
  type ProcessSample,
} from "./process.ts";
import type { ProcessCpu } from "./process_tree.ts";
import { fakeSystem } from "../testing.ts";

const ENDED = { absent: "the process has ended" };
const MS = 1_000_000;

/** A sample of these processes; nothing else of it is looked at. */
function sampleOf(...processes: ProcessCpu[]): ProcessSample {
  return { cpuNs: 0, residentBytes: 0, peakBytes: 0, processes };
}

/** CPU time of a process: of its threads, or nothing but ticks. */
function cpuOf(id: string, ownMs: number, threadsMs: number[] | null, reapedMs = 0): ProcessCpu {
  const threads = threadsMs &&
    Object.fromEntries(threadsMs.map((ms, tid) => [tid, { cpuNs: ms * MS, waitNs: 0 }]));
  return { id, ownNs: ownMs * MS, reapedNs: reapedMs * MS, threads };
}

/** A process whose threads, by id, had this CPU time and this wait. */
function waitOf(
  id: string,
  times: { [thread: string]: [cpuMs: number, waitMs: number] },
  ended: { ownMs?: number; reapedMs?: number } = {},
): ProcessCpu {
  const threads = Object.fromEntries(
    Object.entries(times).map(([tid, [cpu, wait]]) => [tid, {
      cpuNs: cpu * MS,
      waitNs: wait * MS,
    }]),
  );
  return { id, ownNs: (ended.ownMs ?? 0) * MS, reapedNs: (ended.reapedMs ?? 0) * MS, threads };
}

Deno.test("cpuBetween() takes the threads' time, which is finer than ticks", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, [80, 23]));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 110, [83, 24]))), 4 * MS);
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 120, [80, 23, 5]))), 5 * MS);
});

Deno.test("cpuBetween() takes the ticks if threads have ended with more than they round", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, [80, 20]));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 300, [82]))), 200 * MS);
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 120, [82]))), 2 * MS);
});

Deno.test("cpuBetween() takes the ticks if the kernel says nothing about threads", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, null));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 110, null))), 10 * MS);
});

Deno.test("cpuBetween() adds processes that began", () => {
  const later = sampleOf(cpuOf("7@1", 100, [100]), cpuOf("8@5", 30, [34]));
  assert.equal(cpuBetween(sampleOf(cpuOf("7@1", 100, [100])), later), 34 * MS);
});

Deno.test("cpuBetween() adds what processes that ended used since the first sample", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, [100]), cpuOf("8@5", 30, [30]));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 100, [100], 50))), 20 * MS);
  // Nobody waited for it, so that its time went nowhere.
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 100, [103]))), 3 * MS);
});

Deno.test("cpuBetween() is absent if a sample is, or the process id was reused", () => {
  const sample = sampleOf(cpuOf("7@1", 100, [100]));
  const absent = createProcessProbe(7, fakeSystem({})).sample();
  assert.deepEqual(cpuBetween(sample, absent), ENDED);
  assert.deepEqual(cpuBetween(absent, sample), ENDED);
  assert.deepEqual(cpuBetween(sample, sampleOf(cpuOf("7@900", 100, [100]))), ENDED);
});

Deno.test("cpuBetween() is absent if a process has had less than before", () => {
  const backwards = { absent: "the system's account of its CPU time ran backwards" };
  const earlier = sampleOf(cpuOf("7@1", 100, [100], 50));
  assert.deepEqual(cpuBetween(earlier, sampleOf(cpuOf("7@1", 60, [200], 50))), backwards);
  assert.deepEqual(cpuBetween(earlier, sampleOf(cpuOf("7@1", 100, [200], 10))), backwards);
  // Each of user and system time is cut to whole ticks.
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 90, [103], 50))), 3 * MS);
});

function statOf(pid: number, startTicks: number): string {
  return `${pid} (a) S 1 0 0 0 0 0 0 0 0 0 10 5 0 0 20 0 1 0 ${startTicks} 0 0\n`;
}

Deno.test("createProcessProbe() does not take a process for the one that had its id before", () => {
  const files: { [path: string]: string } = {
    "/proc/7/stat": statOf(7, 100),
    "/proc/7/status": "VmHWM:\t  20 kB\nVmRSS:\t  10 kB\n",
    "/proc/thread-self/children": "",
  };
  const probe = createProcessProbe(7, fakeSystem(files));
  assert.equal(probe.sample().residentBytes, 10_240);
  files["/proc/7/stat"] = statOf(7, 900);
  const replaced = { absent: "the process has ended, and another one has its id" };
  const sample = probe.sample();
  assert.deepEqual([sample.cpuNs, sample.residentBytes, sample.peakBytes], [
    replaced,
    replaced,
    replaced,
  ]);
});

Deno.test("createProcessProbe() has no memory if the kernel says that a process has none", () => {
  const files = {
    "/proc/7/stat": statOf(7, 100),
    "/proc/7/status": "VmHWM:\t  0 kB\nVmRSS:\t  0 kB\n",
    "/proc/thread-self/children": "",
  };
  const { residentBytes, peakBytes } = createProcessProbe(7, fakeSystem(files)).sample();
  const unreported = { absent: "the operating system does not report it" };
  assert.deepEqual([residentBytes, peakBytes], [unreported, unreported]);
});

Deno.test("outsideWaitBetween() takes the thread that used most CPU time in between", () => {
  const earlier = sampleOf(waitOf("7@1", { 7: [900, 50], 8: [100, 10], 9: [0, 300] }));
  // Thread 7 had used most before, and thread 9 waits longest for next to nothing.
  const later = sampleOf(waitOf("7@1", { 7: [910, 55], 8: [400, 90], 9: [5, 700] }));
  assert.equal(outsideWaitBetween(earlier, later), (80 - 15) * MS);
});

Deno.test("outsideWaitBetween() looks at all processes, and at threads that began", () => {
  const earlier = sampleOf(waitOf("7@1", { 7: [100, 1] }));
  const child = sampleOf(waitOf("7@1", { 7: [110, 2] }), waitOf("8@5", { 8: [20, 14] }));
  assert.equal(outsideWaitBetween(earlier, child), (14 - 10) * MS);
  assert.equal(
    outsideWaitBetween(earlier, sampleOf(waitOf("7@1", { 7: [110, 2], 9: [30, 16] }))),
    (16 - 10) * MS,
  );
});

Deno.test("outsideWaitBetween() is absent if what ended used more than the busiest that lives", () => {
  const earlier = sampleOf(waitOf("7@1", { 7: [100, 1], 8: [50, 1] }, { ownMs: 150 }));
  const later = (ownMs: number, reapedMs = 0): ProcessSample =>
    sampleOf(waitOf("7@1", { 7: [200, 89] }, { ownMs, reapedMs }));
  assert.equal(outsideWaitBetween(earlier, later(330)), (88 - 80) * MS);
  const absent = "threads that ended in between used more CPU time than any that lives";
  assert.deepEqual(outsideWaitBetween(earlier, later(370)), { absent });
  assert.deepEqual(outsideWaitBetween(earlier, later(250, 120)), { absent });
});

Deno.test("outsideWaitBetween() takes off what the other threads and processes used", () => {
  const earlier = sampleOf(
    waitOf("7@1", { 7: [100, 1], 8: [100, 1] }),
    waitOf("9@3", { 9: [3, 1] }),
  );
  const later = (waitMs: number): ProcessSample =>
    sampleOf(waitOf("7@1", { 7: [200, waitMs], 8: [130, 40] }), waitOf("9@3", { 9: [13, 5] }));
  assert.equal(outsideWaitBetween(earlier, later(61)), 20 * MS);
  assert.equal(outsideWaitBetween(earlier, later(31)), 0);
});

Deno.test("outsideWaitBetween() reads samples that went as JSON", () => {
  const files = (schedstat: string): { [path: string]: string } => ({
    "/proc/7/stat": "7 (a) S 1 7 7 0 -1 0 0 0 0 0 10 0 0 0 20 0 2 0 700 0 0\n",
    "/proc/7/task/7/schedstat": schedstat,
  });
  const [earlier, later] = ["100000000 2000000 5\n", "104000000 5000000 9\n"].map((text) =>
    JSON.parse(JSON.stringify(createProcessProbe(7, fakeSystem(files(text))).sample()))
  );
  assert.equal(outsideWaitBetween(earlier, later), 3 * MS);
});

Deno.test("outsideWaitBetween() is absent if the system reports nothing", () => {
  const unreported = { absent: "the operating system does not report it" };
  const sampleOn = (platform: string): ProcessSample =>
    createProcessProbe(7, fakeSystem({}, { platform, run: () => "50\n7 1 S 5 0:01\n" })).sample();
  const unmeasured: [ProcessSample, { absent: string }][] = [
    [sampleOf(cpuOf("7@1", 100, null)), unreported],
    [sampleOf(cpuOf("7@1", 100, [80, 20])), unreported],
    [sampleOn("darwin"), unreported],
    [sampleOn("windows"), { absent: "wsmark cannot read processes on Windows" }],
    [sampleOn("linux"), ENDED],
  ];
  for (const [sample, absent] of unmeasured) {
    assert.deepEqual(outsideWaitBetween(sample, sample), absent);
  }
});

Deno.test("createProcessProbe() sums up the tree that ps shows, without a peak", () => {
  const table = "50\n7 1 S 1000 0:01.50\n8 7 S 200 0:00.25\n9 1 S 5 0:00.00\n";
  const { processes, ...figures } = createProcessProbe(
    7,
    fakeSystem({}, { platform: "darwin", run: () => table }),
  ).sample();
  assert.deepEqual(figures, {
    cpuNs: 1750 * MS,
    residentBytes: 1_228_800,
    peakBytes: { absent: "the operating system does not report it" },
  });
  assert.equal(processes.length, 2);
});

Deno.test("createProcessProbe() gives a reason for every figure that it cannot have", () => {
  const refuse = (): never => {
    throw new Deno.errors.NotCapable("Requires all access");
  };
  const reasons: [Parameters<typeof fakeSystem>[1], string][] = [
    [{ platform: "windows" }, "wsmark cannot read processes on Windows"],
    [{ platform: "darwin" }, "this machine has no ps command"],
    [{ platform: "darwin", run: () => "50\n1 0 S 5 0:00\n" }, "the process has ended"],
    [{ platform: "darwin", run: () => "50\n7 1 Z 0 0:00\n" }, "the process has ended"],
    [{}, "the process has ended"],
    [{ read: refuse }, "wsmark was not allowed to read it: it needs --allow-all"],
  ];
  for (const [overrides, absent] of reasons) {
    assert.deepEqual(createProcessProbe(7, fakeSystem({}, overrides)).sample(), {
      cpuNs: { absent },
      residentBytes: { absent },
      peakBytes: { absent },
      processes: [],
    });
  }
});

Deno.test("createProcessProbe() totals the finer or the fuller of two figures", () => {
  const stat = "7 (a) S 1 7 7 0 -1 0 0 0 0 0 10 0 3 0 20 0 2 0 700 0 0\n";
  const cpu = (schedstat: string): unknown =>
    createProcessProbe(
      7,
      fakeSystem({ "/proc/7/stat": stat, "/proc/7/task/7/schedstat": schedstat }),
    ).sample().cpuNs;
  assert.equal(cpu("104000000 0 1\n"), 134 * MS);
  assert.equal(cpu("2000000 0 1\n"), 130 * MS);
});
