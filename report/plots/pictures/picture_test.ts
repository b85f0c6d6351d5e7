import assert from "node:assert/strict";
import { plotsOf } from "../mod.ts";
import { renderPicture } from "./picture.ts";
import { renderPng } from "./render.ts";
import { only } from "../testdata.ts";

const [plot] = plotsOf(only("throughput"));

Deno.test("renderPicture() puts the title above and the caption below", async () => {
  const svg = await renderPicture(plot!, "dark");
  assert.match(svg, />Rate \(messages\/s\) by case<\/tspan>/);
  assert.match(svg, />Example CPU/);
  assert.match(svg, /<rect width="\d+" height="\d+" fill="#16181d"\/>/);
  assert.ok((await renderPng(svg, 1)).length > 1000);
});

Deno.test("renderPicture() keeps text from others as text", async () => {
  const hostile = { ...plot!, title: '</text><script>"&', alt: "<b>", caption: "<i>" };
  const svg = await renderPicture(hostile);
  assert.doesNotMatch(svg, /<script|<b>|<i>/);
  assert.match(svg, /&lt;\/text&gt;&lt;script&gt;&quot;&amp;/);
});
