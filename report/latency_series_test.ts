import assert from "node:assert/strict";
import { latencySeries, movingAverage, seriesPlot } from "./latency_series.ts";
import { renderSvg } from "./plots/render.ts";
import { RESULT } from "./testdata.ts";

Deno.test("movingAverage() is the mean of the neighbours, of fewer at the ends", () => {
  assert.deepEqual(movingAverage([1, 2, 3, 4, 10], 3), [1.5, 2, 3, 17 / 3, 7]);
  assert.deepEqual(movingAverage([5, 7], 1), [5, 7]);
  assert.deepEqual(movingAverage([2, 4], 100), [3, 3]);
  assert.deepEqual(movingAverage([], 5), []);
});

Deno.test("latencySeries() takes the latencies that were kept, of all rounds in the order of time", () => {
  assert.equal(latencySeries(RESULT), undefined);
  const [scenario] = RESULT.scenarios;
  const last = scenario!.cases.at(-1)!;
  const trials = RESULT.trials.map((trial) =>
    trial.state === "completed" && trial.scenario === scenario!.id && trial.case === last.id &&
      trial.server === "native"
      ? { ...trial, samples: { every: 2, atMs: [trial.round, 10], latencyMs: [1, 2] } }
      : trial
  );
  const found = latencySeries({ ...RESULT, trials })!;
  assert.equal(found.title, `${scenario!.title}, ${last.title}`);
  assert.deepEqual(found.series.map(({ name }) => name), ["Deno.serve"]);
  const times = found.series[0]!.points.map(({ x }) => x);
  assert.ok(times.length >= 2);
  assert.deepEqual(times, times.toSorted((a, b) => a - b));
  assert.equal(latencySeries({ ...RESULT, trials }, "none"), undefined);
});

Deno.test("seriesPlot() draws any number of points, also of figures that are 0", async () => {
  const points = Array.from({ length: 20_000 }, (_, x) => ({ x, y: x % 7 }));
  const plot = seriesPlot([{ name: "somebody's", points }], {
    title: "Latency",
    window: 50,
    xTitle: "message",
    yTitle: "latency (ms)",
    caption: "",
  });
  const svg = await renderSvg(plot);
  assert.ok(svg.includes("latency (ms)"));
  assert.ok(svg.length < 3_000_000, `${svg.length}`);
});
