import assert from "node:assert/strict";
import { readLog } from "./java.ts";

/** Logs of OpenJDK 17, and of 21 for the generations of ZGC, shortened. */
const G1 = `
[1000ms] GC(5) Pause Young (Normal) (G1 Evacuation Pause) 156M->4M(256M) 9.011ms
[2100ms] GC(6) Pause Young (Normal) (G1 Evacuation Pause)
[2102ms] GC(6) Pause Young (Normal) (G1 Evacuation Pause) 156M->4M(256M) 2.000ms
[2102ms] GC(6)   Evacuate Collection Set: 1.9ms
[2500ms] GC(7) Concurrent Mark Cycle
[2600ms] GC(7) Pause Remark 60M->50M(256M) 0.500ms
[2700ms] GC(7) Concurrent Mark Cycle 200.000ms
[3602ms] GC(8) Pause Young (Normal) (G1 Evacuation Pause) 150M->5M(256M) 3.000ms
[9999ms] GC(9) Pause Full (System.gc()) 150M->5M(256M) 50.000ms
`;

Deno.test("readLog() takes the pauses of the window, and what grew between them", () => {
  const report = readLog(G1, { fromMs: 1600, toMs: 3900 });
  assert.deepEqual(report, {
    windowMs: 2300,
    collections: 3,
    pausedMs: 5.5,
    longestMs: 3,
    cpuShare: { absent: "the log of Java tells only pauses" },
    // (60 - 4) + (150 - 50) MiB from 2102 to 3602 ms.
    allocatedBytes: 156 * 2 ** 20 / 1500 * 2300,
    delayMs: { absent: "Java has no event loop of its own" },
  });
});

Deno.test("readLog() does not guess what was allocated from too few collections", () => {
  const { allocatedBytes, collections } = readLog(G1, { fromMs: 2000, toMs: 3000 });
  assert.equal(collections, 2);
  assert.deepEqual(allocatedBytes, {
    absent: "Java logs it at collections, and those of the window (2) are too few",
  });
  assert.deepEqual(readLog("", { fromMs: 0, toMs: 1 }).longestMs, 0);
});

Deno.test("readLog() knows collectors that work beside the program", () => {
  const report = readLog(
    `
[2590ms] GC(12) Pause Mark End 0.014ms
[2594ms] GC(12) Pause Relocate Start 0.010ms
[2594ms] GC(12) Garbage Collection (Allocation Rate) 82M(32%)->20M(8%)
[2600ms] GC(13) y: Pause Mark Start (Major) 0.016ms
`,
    { fromMs: 2000, toMs: 3000 },
  );
  assert.deepEqual([report.collections, report.longestMs], [2, 0.016]);
  assert.deepEqual(report.allocatedBytes, {
    absent: "this collector frees memory while more is allocated, and does not log how much",
  });
});
