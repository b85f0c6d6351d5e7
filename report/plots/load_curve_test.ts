import assert from "node:assert/strict";
import { CURVED } from "../testing/curve_testdata.ts";
import { loadCurves } from "./load_curve.ts";
import { dataOf, PLOTTED, plotted } from "./testdata.ts";

Deno.test("loadCurves() has the points of each way, the knee and the limit", () => {
  const [responses, goodput, ...others] = plotted(loadCurves, CURVED);
  assert.deepEqual(others, []);
  const data = dataOf(responses!);
  const count = (all: typeof data, shape: string): number =>
    all.filter((datum) => datum["shape"] === shape).length;
  assert.equal(count(data, "rising"), 18);
  // Without a reply there is no response time.
  assert.equal(count(data, "overload"), 0);
  assert.equal(count(data, "falling"), 6);
  assert.equal(data.filter(({ kind }) => kind === "mark").length, 2);
  assert.equal(data.filter(({ y }) => y === 10).length, 3);
  assert.match(responses!.alt, /Knees\. Deno\.serve: 10,015 messages\/s; ws: 7,515 messages\/s; /);
  assert.match(responses!.alt, /socket\.io: no knee\. Probes without a reply, not drawn: 6\./);
  // The goodput of overload is 0, which is drawn.
  assert.equal(count(dataOf(goodput!), "overload"), 6);
});

Deno.test("loadCurves() has nothing without curves", () => {
  assert.deepEqual(plotted(loadCurves, PLOTTED), []);
});
