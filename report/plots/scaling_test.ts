import assert from "node:assert/strict";
import { scaling } from "./scaling.ts";
import { only, PLOTTED } from "./testdata.ts";

Deno.test("scaling() draws rate, p99 and CPU time against connections, and p99 against the arrival rate", () => {
  assert.deepEqual(scaling(PLOTTED).map(({ id }) => id), [
    "rate-lines",
    "scalability-lines",
    "scalability-p99",
    "scalability-cpu",
  ]);
});

Deno.test("scaling() has nothing for a scenario that varies neither", () => {
  assert.deepEqual(scaling(only("throughput")), []);
});
