import assert from "node:assert/strict";
import { Histogram } from "../../measure/record/histogram.ts";
import { curveOf, mergedOf, percentileCurves } from "./percentiles.ts";
import { dataOf, only, PLOTTED, plotted } from "./testdata.ts";

function histogramOf(count: number): Histogram {
  const histogram = new Histogram();
  for (let ms = 1; ms <= count; ms++) histogram.record(ms * 1e6);
  return histogram;
}

Deno.test("curveOf() reads percentiles in milliseconds from the histogram", () => {
  const curve = curveOf(histogramOf(1000));
  const at = (x: number): number => curve.find((point) => point.x === x)!.y;
  assert.ok(Math.abs(at(1) - 1) < 0.01);
  assert.ok(Math.abs(at(10) - 900) < 1);
});

Deno.test("curveOf() ends where fewer than 10 samples are beyond", () => {
  assert.equal(curveOf(histogramOf(1000)).at(-1)!.x, 100);
  assert.equal(curveOf(histogramOf(250)).at(-1)!.x, 25);
  assert.deepEqual(curveOf(histogramOf(5)), []);
});

Deno.test("curveOf() goes no further than 99.99 %", () => {
  const many = new Histogram();
  many.add([[1e6, 1e7]]);
  assert.equal(curveOf(many).at(-1)!.x, 10_000);
});

Deno.test("mergedOf() adds up the rounds", () => {
  const trials = PLOTTED.trials.filter((trial) =>
    trial.state === "completed" && trial.scenario === "latency" && trial.server === "ws"
  );
  assert.equal(mergedOf(trials as never, "serviceTime").count, 700);
  assert.equal(mergedOf(trials as never, "batchTime").count, 0);
});

Deno.test("percentileCurves() draws sound servers, each as far as its samples go", () => {
  const [plot, ...others] = plotted(percentileCurves, only("throughput"));
  assert.deepEqual(others, []);
  const servers = new Set(dataOf(plot!).map(({ server }) => server));
  assert.deepEqual([...servers], ["Deno.serve", "ws"]);
  assert.match(plot!.alt, /Deno\.serve p50 [\d.]+ ms\. ws p50 [\d.]+ ms\. Not drawn: socket\.io/);
});

Deno.test("percentileCurves() has the percentiles that can be read off, marked at 50 % and the nines", () => {
  const [plot] = plotted(percentileCurves, only("throughput"));
  const own = dataOf(plot!).filter((datum) => datum.server === "ws" && "description" in datum);
  assert.deepEqual(own.map(({ isMarked, x }) => [isMarked, x]), [
    [true, 2],
    [true, 10],
    [false, 4],
    [false, 20],
  ]);
  assert.match(String(own[1]!.description), /^1\|ws: p90 [\d.]+ ms; connections=16,size=64$/);
});

Deno.test("percentileCurves() says p99 only if enough samples are beyond", () => {
  const [plot] = plotted(percentileCurves, only("latency"));
  assert.doesNotMatch(plot!.alt, /p99/);
});

Deno.test("percentileCurves() leaves out searches, and what is drawn against connections", () => {
  assert.deepEqual(plotted(percentileCurves, PLOTTED).map(({ id }) => id), [
    "latency-percentiles",
    "throughput-percentiles",
    "rate-percentiles",
  ]);
});

Deno.test("percentileCurves() leaves out a server with too few samples", () => {
  const few = { ...only("latency"), trials: PLOTTED.trials.filter(({ round }) => round === 1) };
  const [plot] = plotted(percentileCurves, few);
  assert.ok(dataOf(plot!).every(({ x }) => (x as number) <= 10));
});

Deno.test("percentileCurves() ends its axis at the nine after the longest curve", () => {
  const [plot] = plotted(percentileCurves, only("throughput"));
  assert.match(JSON.stringify(plot!.spec), /"domain":\[1,100\]/);
});
