import assert from "node:assert/strict";
import {
  averageInWords,
  isThinned,
  latencyListPlot,
  latencyOverTime,
  latencyPlots,
  movingAverage,
  outline,
  overTimeDrawing,
  reading,
  windowOf,
} from "./over_time.ts";
import { LAYOUTS } from "./parts/layout.ts";
import { renderSvg } from "./render.ts";
import { changed, dataOf, only, PLOTTED, plotted } from "./testdata.ts";

Deno.test("latencyOverTime() places the slices of the timeline round after round", () => {
  const plot = latencyOverTime(PLOTTED);
  assert.equal(plot.id, "latency-over-time");
  const points = dataOf(plot).filter(({ kind, server }) => kind === "point" && server === "ws");
  assert.equal(points.length, 21);
  assert.deepEqual(points.slice(0, 4).map(({ x }) => x), [0.05, 0.15, 0.25, 1.05]);
  assert.match(JSON.stringify(plot.spec), /point is the mean of 100/);
});

Deno.test("latencyOverTime() takes single messages if they were kept", () => {
  const sampled = changed(PLOTTED, () => (
    { samples: { every: 10, atMs: [10, 20], latencyMs: [3, 5] } }
  ));
  const plot = latencyOverTime(sampled, { window: 2 });
  const own = dataOf(plot).filter(({ server, stretch }) => server === "ws" && stretch === 0);
  assert.deepEqual(own.map(({ kind, x, y }) => [kind, x, y]), [
    ["point", 0.01, 3],
    ["point", 0.02, 5],
    ["average", 0.01, 3],
    ["average", 0.02, 4],
  ]);
  assert.match(plot.alt, /ws: mean of the points 4\.00, moving average 3\.00 to 4\.00\./);
});

Deno.test("latencyOverTime() takes the scenario and the case that are asked for", () => {
  const { cases } = only("throughput").scenarios[0]!;
  const plot = latencyOverTime(PLOTTED, { scenario: "throughput", case: cases[1]!.id });
  assert.match(plot.alt, /size=16384.*Not drawn: socket\.io \(7 trials failed/);
});

Deno.test("latencyOverTime() throws for what the run does not have", () => {
  assert.throws(
    () => latencyOverTime(PLOTTED, { scenario: "x" }),
    new RangeError(
      "Cannot find the scenario, the run has latency, throughput, rate, scalability, capacity: received x",
    ),
  );
  assert.throws(() => latencyOverTime(PLOTTED, { case: "x" }), /Cannot find the case/);
  assert.throws(() => latencyOverTime(PLOTTED, { window: 0 }), RangeError);
  assert.throws(() => latencyOverTime({ ...PLOTTED, trials: [] }), /no latency was measured/);
  assert.throws(() => latencyOverTime({ ...PLOTTED, scenarios: [] }), /the run has none/);
});

Deno.test("latencyPlots() draws the scenarios that are about latencies", () => {
  assert.deepEqual(plotted(latencyPlots, PLOTTED).map(({ id }) => id), [
    "latency-over-time",
    "rate-over-time",
  ]);
});

Deno.test("movingAverage() is the mean of the values around each", () => {
  assert.deepEqual(movingAverage([1, 2, 6, 3], 3), [1.5, 3, 11 / 3, 4.5]);
  assert.deepEqual(movingAverage([1, 2, 6], 1), [1, 2, 6]);
  assert.deepEqual(movingAverage([1, 3, 5], 2), [1, 2, 4]);
  assert.deepEqual(movingAverage([1, 2, 6], 99), [3, 3, 3]);
  assert.deepEqual(movingAverage([], 3), []);
});

Deno.test("movingAverage() throws for a window that is not a positive integer", () => {
  for (const window of [0, -1, 1.5, NaN]) {
    assert.throws(() => movingAverage([1], window), RangeError);
  }
});

Deno.test("outline() keeps the smallest and the largest of each part", () => {
  const values = Array.from({ length: 1000 }, (_, index) => index % 10);
  values[500] = 99;
  const kept = outline(values, 100);
  assert.ok(kept.length <= 100);
  assert.ok(kept.includes(500));
  assert.deepEqual(kept, kept.toSorted((a, b) => a - b));
  assert.deepEqual(outline([3, 1, 2], 3), [0, 1, 2]);
});

Deno.test("overTimeDrawing() draws a bounded number of points, and no average across stretches", () => {
  const values = Array.from({ length: 50_000 }, (_, index) => index);
  const stretches = [{ x: values, y: values }, { x: [60_000], y: [1] }];
  assert.equal(isThinned(stretches, 4000), true);
  const one = { name: "Deno.serve", stretches };
  const { spec } = overTimeDrawing(PLOTTED, [one], 3, { x: "Time", y: "Latency" });
  const counts = [LAYOUTS.file, LAYOUTS.narrow].map((layout) => {
    const data = dataOf({ spec: spec(layout) } as never)
      .filter(({ kind }) => kind === "point" || kind === "average");
    assert.ok(data.length <= 2 * layout.points + 4);
    assert.deepEqual(data.filter(({ stretch }) => stretch === 1).map(({ y }) => y), [1, 1]);
    return data.length;
  });
  assert.ok(counts[1]! < counts[0]!);
});

Deno.test("overTimeDrawing() says of each server what its points are in each part", () => {
  const one = { name: "ws", stretches: [{ x: [1, 2, 3], y: [2, 4, 9] }] };
  const parts = [{ name: "round 1", end: 2.5 }, { name: "round 2", end: 5 }];
  const { spec } = overTimeDrawing(PLOTTED, [one], 3, { x: "Time", y: "Latency (ms)" }, parts);
  const spans = dataOf({ spec: spec(LAYOUTS.wide) } as never)
    .filter(({ kind }) => kind === "span");
  assert.deepEqual(spans.map(({ from, to, description }) => [from, to, description]), [
    [0, 2.5, "1|ws, round 1: Latency (ms); mean of 2 points 3.00; lowest 2.00, highest 4.00"],
    [2.5, 5, "1|ws, round 2: Latency (ms); mean of 1 point 9.00; lowest 9.00, highest 9.00"],
  ]);
});

const series = (length: number) => ({
  name: "ws",
  stretches: [{
    x: Array.from({ length }, (_, at) => at),
    y: Array.from({ length }, (_, at) => at),
  }],
});

Deno.test("windowOf() is a tenth of the longest stretch, but at least 5", () => {
  assert.equal(windowOf([series(10)]), 5);
  assert.equal(windowOf([series(10), series(1000)]), 100);
});

Deno.test("reading() says what a point is, and when points are missing", () => {
  assert.deepEqual(reading([series(3)], 5, "a message"), [
    "Each point is a message; lines: mean of 5 points around each.",
  ]);
  assert.equal(reading([series(9999)], 5, "a message").length, 2);
});

Deno.test("averageInWords() has the mean and the range of the average", () => {
  assert.equal(
    averageInWords(series(5), 3),
    "ws: mean of the points 2.00, moving average 0.500 to 3.50.",
  );
});

const WORDS = { heading: "Latency (ms)", source: "a.xlsx" };

Deno.test("latencyListPlot() numbers the messages of each list", async () => {
  const lists = [{ name: "a", values: [3, 5, 4] }, { name: "b", values: [] }];
  const plot = latencyListPlot(lists, WORDS, 1);
  const points = dataOf(plot).filter(({ kind }) => kind === "point");
  assert.deepEqual(points.map(({ server, x, y }) => [server, x, y]), [
    ["a", 1, 3],
    ["a", 2, 5],
    ["a", 3, 4],
  ]);
  assert.equal(plot.caption, "a.xlsx");
  assert.match(await renderSvg(plot), />Latency \(ms\)</);
});

Deno.test("latencyListPlot() throws without a latency", () => {
  assert.throws(() => latencyListPlot([{ name: "a", values: [] }], WORDS), RangeError);
  assert.throws(() => latencyListPlot([{ name: "a", values: [1] }], WORDS, 0), RangeError);
});
