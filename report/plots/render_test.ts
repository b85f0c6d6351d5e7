import assert from "node:assert/strict";
import { plotsOf } from "./mod.ts";
import { compile, renderPng, renderSvg } from "./render.ts";
import { only } from "./testdata.ts";

const [plot] = plotsOf(only("throughput"));

Deno.test("compile() gives a Vega specification with the colours of the theme", async () => {
  const light = await compile(plot!);
  const dark = await compile(plot!, "dark");
  assert.match(String(light.$schema), /schema\/vega\//);
  assert.deepEqual([light.background, dark.background], ["#ffffff", "#16181d"]);
});

Deno.test("compile() has nothing to warn of", async (t) => {
  for (const one of plotsOf(only("scalability"))) {
    await t.step(one.id, async () => {
      const warned: unknown[] = [];
      const { warn } = console;
      console.warn = (...words) => warned.push(words);
      try {
        await compile(one);
      } finally {
        console.warn = warn;
      }
      assert.deepEqual(warned, []);
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
