import assert from "node:assert/strict";
import { only, PLOTTED } from "../../plots/testdata.ts";
import { chartOf, type ChartRow, figuresOf } from "./chart.ts";

const [throughput] = only("throughput").scenarios;
const [rate] = throughput!.metrics;

const PARTS = {
  kind: "x",
  shape: "lines",
  title: "A\ntitle",
  headings: ["Server", "Connections"],
  x: { title: "Connections", base: 2 },
  metric: rate!,
  leftOut: [],
} as const;

const row = (value: number | null, error?: ChartRow["error"]): ChartRow => (
  { group: "ws", place: 8, value, error, server: 1 }
);

Deno.test("figuresOf() has the distances to the ends of intervals, and why a server has no figure", () => {
  const { figures, leftOut } = figuresOf(PLOTTED, throughput!, throughput!.cases[0]!.id, rate!);
  assert.deepEqual(figures.map(({ title, server }) => [title, server]), [
    ["Deno.serve", 0],
    ["ws", 1],
  ]);
  assert.deepEqual(leftOut, [{ server: "socket.io", reason: "wrong replies: 49 lost" }]);
});

Deno.test("chartOf() has an axis with powers of ten where figures differ much, but not for bars", () => {
  const rows = [row(1), row(500)];
  const [lines] = chartOf(PLOTTED, throughput!, { ...PARTS, rows });
  assert.deepEqual(lines!.y, { title: "Rate (messages/s), log scale", base: 10 });
  const [bars] = chartOf(PLOTTED, throughput!, { ...PARTS, shape: "bars", rows });
  assert.equal(bars!.y.base, undefined);
  const [near] = chartOf(PLOTTED, throughput!, {
    ...PARTS,
    rows: [row(30, { minus: 31, plus: 1 })],
  });
  assert.equal(near!.y.base, undefined, "an interval that reaches 0 has no logarithm");
});

Deno.test("chartOf() describes the figures with their intervals on one line", () => {
  const [chart] = chartOf(PLOTTED, throughput!, {
    ...PARTS,
    rows: [row(500, { minus: 10, plus: 20 }), row(null)],
    leftOut: [{ server: "faye", reason: "it crashed" }],
  });
  assert.equal(chart!.title, "A title");
  assert.equal(
    chart!.alt,
    "Rate (messages/s), 95 % intervals in brackets. ws: 8 500 (490 to 520). Not drawn: faye (it crashed).",
  );
});

Deno.test("chartOf() makes nothing without a figure", () => {
  assert.deepEqual(chartOf(PLOTTED, throughput!, { ...PARTS, rows: [row(null)] }), []);
});
