import assert from "node:assert/strict";
import { thisSystem } from "../machine/system.ts";
import { instructionsObserver } from "./instructions.ts";
import type { PerfStat } from "./perf_stat.ts";

const target = { server: undefined as never, pid: 7, folder: "" };
const linux = { ...thisSystem, platform: "linux" };

Deno.test("instructions of the program are there, though those of the kernel are forbidden", async () => {
  const perf: PerfStat = {
    start() {},
    end() {},
    settled: () => Promise.resolve(),
    detach: () => Promise.resolve(),
    read: () => ({ "instructions:u": 5000, "cycles:u": { absent: "not counted" } }),
  };
  const forbidden = { absent: "perf is not permitted here" };
  const observer = instructionsObserver(
    linux,
    (_pid, [first]) => Promise.resolve(first === "instructions:u" ? perf : forbidden),
  );
  const watch = await observer.attach(target);
  watch.windowStarts!();
  watch.windowEnds!();
  await watch.detach!();
  const { totals } = await watch.read({ replies: 10, windowMs: 1000 });
  assert.deepEqual(totals, {
    "instructions.user": 5000,
    "cycles.user": { absent: "not counted" },
    "instructions.kernel": forbidden,
    "cycles.kernel": forbidden,
  });
});

Deno.test("elsewhere it says that perf is of Linux", async () => {
  const watch = await instructionsObserver({ ...thisSystem, platform: "windows" }).attach(target);
  const { totals } = await watch.read({ replies: 10, windowMs: 1000 });
  assert.deepEqual(totals["cycles.user"], { absent: "perf counts them on Linux only" });
});
