import assert from "node:assert/strict";
import type { MetricDefinition, ScenarioDescription } from "../../../measure/model/result.ts";
import { changed, only, PLOTTED } from "../../plots/testdata.ts";
import { percentileSteps } from "./percentiles.ts";

const [latency] = only("latency").scenarios;
const [p99] = latency!.metrics as [MetricDefinition];
const P50: MetricDefinition = {
  ...p99,
  id: "p50",
  title: "Latency p50",
  pooled: { histogram: "serviceTime", statistic: { percentile: 50 } },
};
const BOTH: ScenarioDescription = { ...latency!, metrics: [p99, P50] };
const RESULT = changed(PLOTTED, ({ metrics, server }) => (
  { metrics: { ...metrics, p50: server === "ws" ? { absent: "too few" } : 1 } }
));

Deno.test("percentileSteps() has every percentile of every server in order, measured or not", () => {
  const [chart] = percentileSteps(RESULT, BOTH);
  assert.equal(chart!.title, "Latency: percentiles");
  assert.deepEqual(chart!.rows.map(({ group, place, value }) => [group, place, value !== null]), [
    ["Deno.serve", "p50", true],
    ["Deno.serve", "p99", true],
    ["ws", "p50", false],
    ["ws", "p99", true],
    ["socket.io", "p50", true],
    ["socket.io", "p99", true],
  ]);
});

Deno.test("percentileSteps() needs two percentiles, and leaves cases of connections to lines", () => {
  assert.deepEqual(percentileSteps(RESULT, latency!), []);
  const [scalability] = only("scalability").scenarios;
  assert.deepEqual(percentileSteps(RESULT, { ...scalability!, metrics: [p99, P50] }), []);
});
