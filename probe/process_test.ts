import assert from "node:assert/strict";
import { cpuBetween, createProcessProbe, type ProcessSample } from "./process.ts";
import type { ProcessCpu } from "./process_tree.ts";
import { fakeSystem } from "./testing.ts";

const ENDED = { absent: "the process has ended" };
const MS = 1_000_000;

/** A sample of these processes, of which no more is looked at. */
function sampleOf(...processes: ProcessCpu[]): ProcessSample {
  return { cpuNs: 0, residentBytes: 0, peakBytes: 0, processes };
}

/** CPU time of a process: of its threads, or nothing but ticks. */
function cpuOf(id: string, ownMs: number, threadsMs: number[] | null, reapedMs = 0): ProcessCpu {
  const threads = threadsMs && Object.fromEntries(threadsMs.map((ms, tid) => [tid, ms * MS]));
  return { id, ownNs: ownMs * MS, reapedNs: reapedMs * MS, threads };
}

Deno.test("cpuBetween() takes the threads' time, which is finer than ticks", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, [80, 23]));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 110, [83, 24]))), 4 * MS);
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 120, [80, 23, 5]))), 5 * MS);
});

Deno.test("cpuBetween() takes the ticks where threads have ended with more than they round", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, [80, 20]));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 300, [82]))), 200 * MS);
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 120, [82]))), 2 * MS);
});

Deno.test("cpuBetween() takes the ticks where the kernel tells nothing of threads", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, null));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 110, null))), 10 * MS);
});

Deno.test("cpuBetween() adds processes that began", () => {
  const later = sampleOf(cpuOf("7@1", 100, [100]), cpuOf("8@5", 30, [34]));
  assert.equal(cpuBetween(sampleOf(cpuOf("7@1", 100, [100])), later), 34 * MS);
});

Deno.test("cpuBetween() adds of processes that ended what they used since the first sample", () => {
  const earlier = sampleOf(cpuOf("7@1", 100, [100]), cpuOf("8@5", 30, [30]));
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 100, [100], 50))), 20 * MS);
  // Nobody waited for it, so that its time went nowhere.
  assert.equal(cpuBetween(earlier, sampleOf(cpuOf("7@1", 100, [103]))), 3 * MS);
});

Deno.test("cpuBetween() is absent where a sample is, or the process id was reused", () => {
  const sample = sampleOf(cpuOf("7@1", 100, [100]));
  const absent = createProcessProbe(7, fakeSystem({})).sample();
  assert.deepEqual(cpuBetween(sample, absent), ENDED);
  assert.deepEqual(cpuBetween(absent, sample), ENDED);
  assert.deepEqual(cpuBetween(sample, sampleOf(cpuOf("7@900", 100, [100]))), ENDED);
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
