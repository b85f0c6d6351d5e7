import assert from "node:assert/strict";
import { plotsOf } from "../mod.ts";
import { compile, readFont, renderPng, renderSvg } from "./render.ts";
import { LAYOUTS } from "../parts/layout.ts";
import { only, PLOTTED } from "../testdata.ts";
import { configOf } from "../theme.ts";

const [plot] = plotsOf(only("throughput"));

Deno.test("compile() gives a Vega specification with the colours of the theme", async () => {
  const light = await compile(plot!);
  const dark = await compile(plot!, "dark");
  assert.match(String(light.$schema), /schema\/vega\//);
  assert.deepEqual([light.background, dark.background], ["#ffffff", "#16181d"]);
});

Deno.test("compile() causes no warnings", async (t) => {
  const { compile } = await import("vega-lite");
  const all = plotsOf(PLOTTED).flatMap(({ id, spec, page }) =>
    [spec, page!.wide ?? [], page!.narrow].flat().map((one, index) => ({
      id: `${id} ${index + 1}`,
      spec: one,
    }))
  );
  for (const { id, spec } of all) {
    await t.step(id, () => {
      const said: unknown[] = [];
      const say = (...words: unknown[]): unknown => said.push(words);
      const logger = { error: say, warn: say, info: say, debug: say, level: () => 3 };
      compile(spec as never, {
        logger: logger as never,
        config: configOf("light", LAYOUTS.file) as never,
      });
      assert.deepEqual(said, []);
    });
  }
});

Deno.test("renderSvg() writes names of servers as text", async () => {
  const svg = await renderSvg(plot!);
  assert.match(svg, />Deno\.serve</);
  assert.match(svg, />wrong replies</);
});

Deno.test("renderPng() gives a picture of the size of the SVG, times the scale", async () => {
  const svg = await renderSvg(plot!);
  const png = await renderPng(svg, 2);
  const width = Number(/ width="(\d+)"/.exec(svg)![1]);
  assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  assert.equal(new DataView(png.buffer, png.byteOffset).getUint32(16), width * 2);
});

Deno.test("readFont() gives a TrueType font", async () => {
  assert.deepEqual([...(await readFont()).subarray(0, 4)], [0, 1, 0, 0]);
});
