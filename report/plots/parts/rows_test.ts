import assert from "node:assert/strict";
import { LAYOUTS } from "./layout.ts";
import { headingOf, heightOf, orderOf, stackedByCase, stackedByServer } from "./rows.ts";

const { wide, narrow, file } = LAYOUTS;

Deno.test("heightOf() divides the height, but stays readable", () => {
  assert.deepEqual([1, 2, 8].map(heightOf), [260, 130, 44]);
});

Deno.test("headingOf() breaks a heading into lines above the data", () => {
  const long = "64 connections, 64 B, 18,000 messages/s (80 % load)";
  assert.equal(headingOf(long, 800, wide).height, 20);
  const { height, layer } = headingOf(long, 300, narrow, "1|");
  assert.equal(height, 36);
  const { text, y } = layer.encoding as { text: { value: string[] }; y: { value: number } };
  assert.deepEqual([text.value.length, y.value], [2, -36]);
});

Deno.test("orderOf() has the best of many at the top, those without a figure last", () => {
  const figures = (length: number) =>
    Array.from(
      { length },
      (_, index) => ({ server: `${index}`, value: index === 1 ? null : index }),
    );
  assert.deepEqual(orderOf(figures(3), "higher"), ["0", "1", "2"]);
  assert.deepEqual(orderOf(figures(9), "higher").slice(-2), ["0", "1"]);
  assert.deepEqual(orderOf(figures(9), "lower").slice(0, 2), ["0", "2"]);
});

interface Chart {
  readonly width: number;
  readonly data: { readonly values: readonly object[] };
  readonly layer: readonly { readonly encoding: Record<string, { readonly value?: unknown }> }[];
}

function charts(spec: unknown): readonly Chart[] {
  return (spec as { vconcat: readonly Chart[] }).vconcat;
}

const ROWS = ["a", "b"].flatMap((one) =>
  ["ws", "native"].map((server, index) => ({ case: one, server, whose: `${index}|` }))
);

Deno.test("stackedByCase() has the names beside the data, on a phone above them", () => {
  const look = { cases: ["a", "b"], name: -8, step: 20 };
  const made = (layout: typeof wide | typeof narrow): readonly Chart[] =>
    charts(stackedByCase(ROWS, look, layout, () => ({ order: ["ws", "native"], layer: [] })));
  for (const layout of [wide, narrow]) {
    const [first, second, ...others] = made(layout);
    assert.deepEqual(others, []);
    assert.deepEqual([first!.data.values, second!.data.values], [ROWS.slice(0, 2), ROWS.slice(2)]);
    assert.equal(first!.width === layout.width, layout.place === "narrow");
    const name = first!.layer.at(-1)!.encoding.x!.value;
    assert.equal(name, layout.place === "narrow" ? 0 : -8);
  }
});

Deno.test("stackedByServer() has the names of many beside their charts if the page is wide", () => {
  const axes = { x: { title: "x" }, y: { title: "y" } };
  const made = (count: number, layout: typeof wide | typeof file): readonly Chart[] => {
    const rows = Array.from({ length: count }, (_, index) => (
      { heading: "ws", whose: `${index}|`, data: [{ index }] }
    ));
    return charts(stackedByServer(rows, axes, layout, (x, y) => [{ encoding: { x, y } }]));
  };
  const name = ([first]: readonly Chart[]): unknown => first!.layer[0]!.encoding.x!.value;
  assert.equal(name(made(9, wide)), -44);
  assert.equal(name(made(8, wide)), 0);
  assert.equal(name(made(9, file)), 0);
  const titles = made(3, file).map(({ layer }) =>
    Object.values(layer[1]!.encoding).map((axis) => (axis as { title: string | null }).title)
  );
  assert.deepEqual(titles, [[null, null], [null, "y"], ["x", null]]);
});
