import assert from "node:assert/strict";
import { cpuBars, primaryBars } from "./figures.ts";
import { PLOTTED } from "./testdata.ts";

Deno.test("primaryBars() draws what is not drawn as lines", () => {
  assert.deepEqual(primaryBars(PLOTTED).map(({ id }) => id), [
    "latency-bars",
    "throughput-bars",
    "capacity-bars",
  ]);
});

Deno.test("cpuBars() draws the CPU time of every scenario without lines against connections", () => {
  assert.deepEqual(cpuBars(PLOTTED).map(({ id }) => id), [
    "latency-cpu",
    "throughput-cpu",
    "rate-cpu",
    "capacity-cpu",
  ]);
});
