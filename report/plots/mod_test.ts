import assert from "node:assert/strict";
import { RESULT } from "../testing/testdata.ts";
import { plotsOf } from "./mod.ts";
import { LAYOUTS } from "./parts/layout.ts";
import { renderForPage, renderSvg } from "./pictures/render.ts";
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
  for (const { id, section, title, alt, caption } of plotsOf(PLOTTED)) {
    const question = PLOTTED.scenarios.find((one) => one.id === section)!.question;
    assert.ok(title !== "" && title !== question, id);
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

Deno.test("plotsOf() draws every kind for a page, with the same marks on a phone as on a wide page", async () => {
  const marks = (svg: string): string[] =>
    [...svg.matchAll(/aria-label="(\d+\|[^"]+)"/g)].map(([, says]) => says!);
  for (const { id, page } of plotsOf(PLOTTED)) {
    const narrow = await renderForPage(page!.narrow, LAYOUTS.narrow);
    const width = Number(/ width="(\d+)"/.exec(narrow)![1]);
    assert.ok(width > 280 && width < 380, `${id}: ${width}`);
    assert.doesNotMatch(narrow, /NaN|undefined|Infinity|#\w{6}/, id);
    assert.ok(marks(narrow).length >= 3, id);
    if (page!.wide === undefined) continue;
    const wide = await renderForPage(page!.wide, LAYOUTS.wide);
    assert.deepEqual(marks(wide), marks(narrow), id);
    assert.doesNotMatch(wide, /NaN|undefined|Infinity|#\w{6}/, id);
  }
});

Deno.test("plotsOf() says whose each mark of a server is, but only on a page", async () => {
  for (const plot of plotsOf(PLOTTED)) {
    const svg = await renderForPage(plot.page!.narrow, LAYOUTS.narrow);
    const own = svg.match(/<(?!g)[^>]*var\(--plot-\d\)[^>]*>/g)!;
    assert.ok(own.every((tag) => /aria-label="\d\|/.test(tag)), plot.id);
    assert.doesNotMatch(await renderSvg(plot), /aria-label|\d\|/, plot.id);
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
