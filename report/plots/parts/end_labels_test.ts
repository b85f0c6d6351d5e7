import assert from "node:assert/strict";
import { PLOTTED } from "../testdata.ts";
import { endLayers, endRoom, endsOfLines, spread } from "./end_labels.ts";
import { LAYOUTS } from "./layout.ts";

Deno.test("endRoom() is there on a wide page, unless the names are too many", () => {
  const names = (length: number): string[] => Array.from({ length }, () => "ws");
  assert.ok(endRoom(names(3), LAYOUTS.wide) > 20);
  assert.equal(endRoom(names(3), LAYOUTS.narrow), 0);
  assert.equal(endRoom(names(99), LAYOUTS.wide), 0);
});

Deno.test("spread() moves places apart as little as is needed, within the end", () => {
  assert.deepEqual(spread([10, 40], 14, 100), [10, 40]);
  assert.deepEqual(spread([10, 12, 13], 10, 100), [10, 20, 30]);
  assert.deepEqual(spread([80, 95, 99], 10, 100), [80, 90, 100]);
});

Deno.test("endLayers() has the names in the order of the ends of their lines", () => {
  const point = (server: string, x: number, y: number) => ({ server, whose: "0|", x, y });
  const axis = { scale: { domain: [0, 10] } };
  const points = [point("ws", 0, 9), point("ws", 10, 2), point("native", 10, 4)];
  const ends = endsOfLines(points, axis, axis);
  assert.deepEqual(ends.map(({ server, y }) => [server, y]), [["ws", 0.2], ["native", 0.4]]);
  const [{ data }] = endLayers(PLOTTED, ends, { width: 500, height: 100 }) as unknown as [
    { data: { values: { server: string; at: number }[] } },
  ];
  assert.deepEqual(data.values.map(({ server, at }) => [server, at]), [["native", 60], ["ws", 80]]);
});
