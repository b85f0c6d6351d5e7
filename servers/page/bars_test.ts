import { deepEqual, equal, ok } from "node:assert/strict";
import { Histogram } from "../../measure/record/histogram.ts";
import { barsOf, MOST_BARS, roundStep } from "./bars.ts";

function histogramOf(...ms: number[]): Histogram {
  const histogram = new Histogram();
  for (const one of ms) histogram.record(one * 1e6);
  return histogram;
}

Deno.test("roundStep() gives the next of 1, 2 and 5 times a power of ten", () => {
  const rows = [[1, 1], [1.1, 2], [2, 2], [3, 5], [5, 5], [5.1, 10], [70, 100], [0.003, 0.005]];
  for (const [least, step] of rows) equal(roundStep(least!), step, `${least}`);
});

Deno.test("barsOf() has nothing for an empty histogram", () => {
  equal(barsOf(new Histogram()), undefined);
});

Deno.test("barsOf() puts every value into a bar", () => {
  const rows = [[5], [0], [5, 5.001], [1, 2, 3, 1000], [0.01, 0.02], [60_000], [299.9, 300, 420]];
  for (const values of rows) {
    const bars = barsOf(histogramOf(...values))!;
    equal(bars.counts.reduce((sum, count) => sum + count), values.length, `${values}`);
    ok(bars.counts.length <= MOST_BARS, `${values}: ${bars.counts.length} bars`);
    ok(bars.fromMs <= Math.min(...values) && Math.max(...values) <= bars.toMs * 1.001, `${values}`);
    ok(bars.counts[0]! > 0 && bars.counts.at(-1)! > 0, `${values}: an empty bar at an end`);
  }
});

Deno.test("barsOf() has round edges and few labels inside of them", () => {
  const { fromMs, toMs, widthMs, ticksMs } = barsOf(histogramOf(12, 30, 97))!;
  deepEqual({ fromMs, toMs, widthMs, ticksMs }, {
    fromMs: 10,
    toMs: 100,
    widthMs: 5,
    ticksMs: [20, 40, 60, 80, 100],
  });
});
