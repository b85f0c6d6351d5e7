import assert from "node:assert/strict";
import { facetByCase, facetByServer, heightOf } from "./rows.ts";
import { PLOTTED } from "./testdata.ts";

Deno.test("heightOf() shares the height, down to what can be read", () => {
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
