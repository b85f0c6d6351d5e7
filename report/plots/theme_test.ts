import assert from "node:assert/strict";
import { contrast } from "./testing.ts";
import { LAYOUTS } from "./parts/layout.ts";
import {
  COLOURS,
  configOf,
  INKS,
  lookOf,
  pageColours,
  serverEncoding,
  serverLines,
} from "./theme.ts";

Deno.test("INKS have text that can be read", () => {
  for (const { background, text, muted } of Object.values(INKS)) {
    assert.ok(contrast(text, background) >= 4.5);
    assert.ok(contrast(muted, background) >= 4.5);
  }
});

Deno.test("configOf() differs between the themes only in colours", () => {
  const plain = (theme: "light" | "dark"): string =>
    JSON.stringify(configOf(theme, LAYOUTS.file)).replaceAll(/"#\w{6}"/g, "");
  assert.equal(plain("light"), plain("dark"));
  assert.notDeepEqual(configOf("light", LAYOUTS.file), configOf("dark", LAYOUTS.file));
});

function servers(...titles: string[]): { id: string; title: string; protocol: string }[] {
  return titles.map((title, index) => ({ id: `s${index}`, title, protocol: "websocket" }));
}

Deno.test("COLOURS stand out from the background by 3:1", () => {
  for (const theme of ["light", "dark"] as const) {
    assert.equal(new Set(COLOURS[theme]).size, 8);
    for (const colour of COLOURS[theme]) {
      assert.ok(contrast(colour, INKS[theme].background) >= 3, `${theme} ${colour}`);
    }
  }
});

Deno.test("serverEncoding() gives a server the same place whichever others are drawn", () => {
  const all = servers("a", "b", "c");
  const { color } = serverEncoding({ servers: all }, all.slice(1)) as {
    color: { scale: unknown; legend: unknown };
  };
  assert.deepEqual(color.scale, { domain: ["a", "b", "c"] });
  assert.deepEqual(color.legend, { values: ["b", "c"], title: null });
  assert.ok("shape" in serverEncoding({ servers: all }, all, true));
});

Deno.test("serverLines() does not make a ninth server look like the first", () => {
  const many = servers(..."abcdefghi");
  const { encoding } = serverLines({ servers: many }, many) as unknown as {
    encoding: { strokeDash: { scale: { range: unknown[] } } };
  };
  const { range } = encoding.strokeDash.scale;
  assert.equal(range.length, 9);
  assert.notDeepEqual(range[8], range[0]);
});

Deno.test("configOf() has custom properties on a page, and pageColours() says what they are", () => {
  const text = JSON.stringify(configOf("page", LAYOUTS.wide));
  const used = new Set(Array.from(text.matchAll(/var\((--[\w-]+)\)/g), ([, name]) => name));
  assert.deepEqual(used, new Set(pageColours().map(({ name }) => name)));
  assert.doesNotMatch(text, /#\w{6}/);
});

Deno.test("lookOf() is how a server looks in plots", () => {
  const { colour, dash, shape, light } = lookOf(9);
  assert.deepEqual([colour, dash, shape, light], [
    "--plot-1",
    "2,2",
    "triangle-up",
    COLOURS.light[1],
  ]);
  assert.equal(lookOf(0).dash, "");
});
