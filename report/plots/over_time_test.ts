import assert from "node:assert/strict";
import { latencyListPlot, latencyOverTime, latencyPlots } from "./over_time.ts";
import { renderSvg } from "./pictures/render.ts";
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
