import assert from "node:assert/strict";
import type { System } from "../machine/system.ts";
import { thisSystem } from "../machine/system.ts";
import { readCounts, schedulerObserver } from "./scheduler.ts";

/** A machine with one process of some threads, each with its switches. */
function machine(threads: Record<string, [voluntary: number, involuntary: number]>): System {
  const files: Record<string, string> = {
    // minflt is field 10, majflt field 12.
    "/proc/7/stat": "7 (a (b) c) S 1 7 7 0 -1 4194560 500 0 3 0 10 5 0 0 20 0 2 0 100 0 0",
    ...Object.fromEntries(
      Object.entries(threads).map(([id, [voluntary, involuntary]]) => [
        `/proc/7/task/${id}/status`,
        `Name:\tx\nvoluntary_ctxt_switches:\t${voluntary}\nnonvoluntary_ctxt_switches:\t${involuntary}\n`,
      ]),
    ),
  };
  return {
    ...thisSystem,
    platform: "linux",
    read: (path) => files[path] ?? null,
    list: (path) =>
      path === "/proc" ? ["7", "self"] : path === "/proc/7/task" ? Object.keys(threads) : null,
  };
}

Deno.test("switches are counted by thread, faults and CPU time by process", () => {
  const counts = readCounts(7, machine({ 7: [10, 2], 8: [5, 1] }));
  assert.equal(counts.get("7")!["faults.minor"], 500);
  assert.equal(counts.get("7")!["faults.major"], 3);
  // Ten ticks and five, of 10 ms each: utime is field 14, stime field 15.
  assert.equal(counts.get("7")!["time.user"], 100_000);
  assert.equal(counts.get("7")!["time.kernel"], 50_000);
  assert.equal(counts.get("7/8")!["switches.voluntary"], 5);
  assert.equal(counts.get("7/7")!["switches.involuntary"], 2);
});

Deno.test("a thread that ended took its counts along: that is said", async () => {
  let system = machine({ 7: [10, 2], 8: [5, 1] });
  const observer = schedulerObserver({
    ...system,
    read: (path) => system.read(path),
    list: (path) => system.list(path),
  });
  const target = { server: undefined as never, pid: 7, folder: "" };
  const watch = await observer.attach(target);
  watch.windowStarts!();
  system = machine({ 7: [110, 3], 8: [15, 1], 9: [4, 0] });
  watch.windowEnds!();
  const window = { replies: 1, windowMs: 1 };
  const { totals } = await watch.read(window);
  // Thread 9 began in the window.
  assert.equal(totals["switches.voluntary"], 100 + 10 + 4);
  assert.equal(totals["switches.involuntary"], 1);
  assert.match(JSON.stringify(totals["time.user"]), /ticks of 10 ms/, "none of it was used");
  system = machine({ 7: [120, 3] });
  watch.windowEnds!();
  const { totals: later } = await watch.read(window);
  assert.equal(typeof later["switches.voluntary"], "object");
});

Deno.test("elsewhere it says that only Linux counts it", async () => {
  const observer = schedulerObserver({ ...thisSystem, platform: "darwin" });
  const watch = await observer.attach({ server: undefined as never, pid: 7, folder: "" });
  const { totals } = await watch.read({ replies: 1, windowMs: 1 });
  assert.deepEqual(totals["faults.minor"], { absent: "only Linux counts it for processes" });
});
