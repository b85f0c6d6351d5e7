import assert from "node:assert/strict";
import { RESULT } from "../testing/testdata.ts";
import { plotsOf } from "./mod.ts";
import { renderSvg } from "./render.ts";
import { PLOTTED } from "./testdata.ts";

Deno.test("plotsOf() has an id for each plot, its sections in the order of the run", () => {
  const plots = plotsOf(PLOTTED);
  const ids = plots.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual([...new Set(plots.map(({ section }) => section))], [
    "latency",
    "throughput",
    "rate",
    "scalability",
    "capacity",
  ]);
  assert.equal(plotsOf(PLOTTED), plots);
});

Deno.test("plotsOf() gives every plot a title, a description and a caption", () => {
  for (const { id, title, alt, caption } of plotsOf(PLOTTED)) {
    assert.ok(title.endsWith("?"), id);
    assert.match(alt, /Deno\.serve.* \d/, id);
    assert.match(caption, /Example CPU.*2026-01-31/, id);
  }
});

Deno.test("plotsOf() draws every kind, in both themes alike but for colours, the same each time", async () => {
  for (const plot of plotsOf(PLOTTED)) {
    const light = await renderSvg(plot);
    assert.equal(await renderSvg(plot), light, plot.id);
    const plain = (svg: string): string => svg.replaceAll(/#\w{6}/g, "");
    assert.equal(plain(await renderSvg(plot, "dark")), plain(light), plot.id);
    assert.doesNotMatch(light, /NaN|undefined|Infinity/, plot.id);
  }
});

Deno.test("plotsOf() draws what it can of a run with failures and few rounds", async () => {
  const plots = plotsOf(RESULT);
  assert.ok(plots.length > 0);
  for (const plot of plots) assert.match(await renderSvg(plot), /^<svg /);
});

Deno.test("plotsOf() has nothing for a run without trials", () => {
  assert.deepEqual(plotsOf({ ...PLOTTED, trials: [] }), []);
});
