import assert from "node:assert/strict";
import { Report, totalsOf } from "./report.ts";

const one: Report = {
  windowMs: 2000,
  collections: 3,
  pausedMs: 20,
  longestMs: 9,
  cpuShare: { absent: "not told" },
  allocatedBytes: 1000,
  delayMs: 4,
};

Deno.test("totalsOf() adds what processes did, and takes the most of what each suffers alone", () => {
  const other = { ...one, collections: 1, pausedMs: 60, longestMs: 5, allocatedBytes: 500 };
  assert.deepEqual(totalsOf([one, { ...other, delayMs: { absent: "no loop" } }]), {
    "gc.count": 4,
    "gc.pause": 80_000,
    "gc.share": 3,
    "gc.longest": 9,
    "gc.cpu": { absent: "not told" },
    "alloc.bytes": 1500,
    "loop.delay": 4,
  });
});

Deno.test("Report takes no figure that cannot be, and cuts a reason", () => {
  assert.equal(Report.safeParse({ ...one, pausedMs: -1 }).success, false);
  assert.equal(Report.safeParse({ ...one, collections: "3" }).success, false);
  const { delayMs } = Report.parse({ ...one, delayMs: { absent: "a\nb".repeat(1000) } });
  assert(typeof delayMs === "object" && delayMs.absent.length < 1000);
  assert(!delayMs.absent.includes("\n"));
});
