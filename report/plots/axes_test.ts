import assert from "node:assert/strict";
import { facetByCase, facetByServer, heightOf, isWide, logTicks, scaleOf } from "./axes.ts";
import { PLOTTED } from "./testdata.ts";

Deno.test("isWide() needs a factor of 20 and nothing at zero", () => {
  assert.equal(isWide([1, 19]), false);
  assert.equal(isWide([1, 20]), true);
  assert.equal(isWide([0, 20]), false);
});

Deno.test("logTicks() has steps between the powers of ten if those are few", () => {
  assert.deepEqual(logTicks(0.0004, 0.03), [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02]);
  assert.deepEqual(logTicks(0.5, 2000), [1, 10, 100, 1000]);
});

Deno.test("scaleOf() begins at zero if it is linear", () => {
  assert.deepEqual(scaleOf([50, 100]).scale, { domain: [0, 108], nice: false });
  assert.deepEqual(scaleOf([0]).scale, { domain: [0, 1], nice: false });
  assert.equal(scaleOf([1, 100]).scale.type, "log");
});

Deno.test("heightOf() divides the height, but stays readable", () => {
  assert.deepEqual([1, 3, 8].map(heightOf), [300, 100, 60]);
});

Deno.test("facetByCase() has a row for every server in the order of the result", () => {
  const { spec } = facetByCase(PLOTTED, [], ["a"], {}) as {
    spec: { encoding: { y: { sort: string[] } } };
  };
  assert.deepEqual(spec.encoding.y.sort, ["Deno.serve", "ws", "socket.io"]);
});

Deno.test("facetByServer() keeps the order of the rows", () => {
  const { facet, spec } = facetByServer([], ["b", "a"], { layer: [] }) as {
    facet: { row: { sort: string[] } };
    spec: { height: number };
  };
  assert.deepEqual([facet.row.sort, spec.height], [["b", "a"], 150]);
});
