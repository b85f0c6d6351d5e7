import assert from "node:assert/strict";
import { contrast } from "./testing.ts";
import { COLOURS, configOf, INKS, namesOf, serverEncoding, serverLines } from "./theme.ts";

Deno.test("INKS have text that can be read", () => {
  for (const { background, text, muted } of Object.values(INKS)) {
    assert.ok(contrast(text, background) >= 4.5);
    assert.ok(contrast(muted, background) >= 4.5);
  }
});

Deno.test("configOf() differs between the themes only in colours", () => {
  const plain = (theme: "light" | "dark"): string =>
    JSON.stringify(configOf(theme)).replaceAll(/"#\w{6}"/g, "");
  assert.equal(plain("light"), plain("dark"));
  assert.notDeepEqual(configOf("light"), configOf("dark"));
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

Deno.test("namesOf() cuts long names and makes equal ones differ", () => {
  const names = namesOf({
    servers: servers("ws", "A server of a very long name", "A server of a very long nome", "x\ny"),
  });
  assert.deepEqual([...names.values()], [
    "ws",
    "A server of a very lo…",
    "A server of a ver… (2)",
    "x y",
  ]);
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
