import assert from "node:assert/strict";
import { RESULT } from "../testing/testdata.ts";
import { render } from "./otlp.ts";
import { textOf } from "./testing/rendered.ts";

Deno.test("render() of otlp writes 64-bit numbers as texts, and no family without points", () => {
  const { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] } = JSON.parse(textOf(render(RESULT)));
  for (const metric of metrics) {
    const { dataPoints } = metric.gauge ?? metric.sum ?? metric.histogram;
    assert.ok(dataPoints.length > 0, metric.name);
    for (const { startTimeUnixNano, timeUnixNano, count = "1" } of dataPoints) {
      assert.equal(startTimeUnixNano, "1769868309000000000");
      assert.equal(timeUnixNano, "1769868369000000000");
      assert.match(count, /^\d+$/);
    }
  }
});

Deno.test("render() of otlp takes the last trial for the end of a run that has none", () => {
  const { endedAt: _, ...killed } = RESULT;
  assert.match(textOf(render(killed)), /"timeUnixNano": "1769868363000000000"/);
});
