import assert from "node:assert/strict";
import { overTimeDrawing } from "./over_time_drawing.ts";
import { LAYOUTS } from "./layout.ts";
import { isThinned } from "./stretches.ts";
import { dataOf, PLOTTED } from "../testdata.ts";

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
