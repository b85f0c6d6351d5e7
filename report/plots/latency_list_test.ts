import assert from "node:assert/strict";
import { latencyListPlot } from "./latency_list.ts";
import { renderSvg } from "./render.ts";
import { dataOf } from "./testdata.ts";

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
