import { equal } from "node:assert/strict";
import { cpuRanges } from "./cpu_ranges.ts";

Deno.test("cpuRanges() writes what follows one another as a range, in ascending order", () => {
  equal(cpuRanges([]), "");
  equal(cpuRanges([3]), "3");
  equal(cpuRanges([0, 1]), "0-1");
  equal(cpuRanges([0, 4, 1, 5, 8, 4]), "0-1,4-5,8");
});
