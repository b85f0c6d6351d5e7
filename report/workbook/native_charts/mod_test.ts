import assert from "node:assert/strict";
import { plotsOf } from "../../plots/mod.ts";
import { PLOTTED } from "../../plots/testdata.ts";
import { chartsOf, withoutCharts } from "./mod.ts";

Deno.test("chartsOf() has the charts of each scenario in the order of the list", () => {
  assert.deepEqual(chartsOf(PLOTTED).map(({ section, kind }) => `${section} ${kind}`), [
    "latency bars",
    "latency cpu",
    "throughput bars",
    "throughput cpu",
    "rate lines",
    "rate cpu",
    "scalability lines",
    "scalability p99",
    "scalability cpu",
    "capacity bars",
    "capacity cpu",
  ]);
});

Deno.test("withoutCharts() leaves the plots that a spreadsheet cannot draw", () => {
  const left = withoutCharts(plotsOf(PLOTTED), chartsOf(PLOTTED)).map(({ id }) => id);
  assert.ok(left.includes("latency-percentiles") && left.includes("capacity-probes"));
  assert.ok(left.every((id) => !/-(bars|lines|p99|cpu)$/.test(id)));
});
