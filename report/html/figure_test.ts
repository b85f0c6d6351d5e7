import assert from "node:assert/strict";
import type { Plot, Spec } from "../plots/chart.ts";
import { figureOf, keyMarkup, pageSvg } from "./figure.ts";

const BARS: Spec = {
  data: { values: [{ x: "a", y: 7, says: "1|ws: 7", whose: "1|" }] },
  layer: [
    { mark: "bar", encoding: { description: { field: "says" } } },
    { mark: "text", encoding: { text: { field: "x" }, description: { field: "whose" } } },
  ],
  encoding: { x: { field: "x" }, y: { field: "y", type: "quantitative" } },
};

const PLOT: Plot = {
  id: "throughput rate",
  section: "throughput",
  title: "How <many>",
  alt: `A "bar" of 7.`,
  caption: "One machine",
  spec: BARS,
};

Deno.test("figureOf() draws a plot with its title and what it shows, without its caption", async () => {
  const { markup } = await figureOf(PLOT);
  assert.match(
    markup,
    /^<figure id="plot-throughput-rate">\n<h3>How &lt;many&gt;<\/h3>/,
  );
  assert.match(markup, /<svg class="plot narrow" role="img" aria-label="A &quot;bar&quot; of 7\."/);
  assert.doesNotMatch(markup, /One machine|plot wide/);
  assert.match(markup, /<path class="mark" data-server="1"[^>]*><title>ws: 7<\/title><\/path>/);
  assert.match(markup, /<text data-server="1"[^>]*>a<\/text>/);
});

Deno.test("figureOf() draws twice for a page, with titles once, and a legend", async () => {
  const page = {
    note: "Lower is <better>.",
    legend: [{ server: 1, name: "<ws>" }],
    wide: BARS,
    narrow: BARS,
  };
  const { markup } = await figureOf({ ...PLOT, page });
  assert.match(markup, /class="plot wide"[\s\S]*class="plot narrow"/);
  assert.equal(markup.match(/class="mark"/g)!.length, 2);
  assert.equal(markup.match(/<title>/g)!.length, 1);
  assert.match(markup, /<li data-legend="1"><svg class="key".*<\/svg>&lt;ws&gt;<\/li>/);
  assert.match(markup, /<figcaption>Lower is &lt;better&gt;\.<\/figcaption>/);
});

Deno.test("figureOf() marks a plot that leaves room for another beside it", async () => {
  const page = { note: "", legend: [], wide: undefined, narrow: BARS };
  const { markup } = await figureOf({ ...PLOT, page });
  assert.match(markup, /class="half"/);
  assert.match(markup, /<title>ws: 7<\/title>/);
  assert.doesNotMatch(markup, /<figcaption>|legend/);
});

Deno.test("keyMarkup() has line and point of a server", () => {
  const { markup } = keyMarkup(1);
  assert.match(markup, /stroke="var\(--plot-1\)" stroke-width="2" stroke-dasharray="6,3"/);
  assert.doesNotMatch(keyMarkup(0).markup, /dasharray/);
});

const SHOWING = { shape: "wide", hasTitles: true } as const;
const open = '<svg xmlns="x" class="marks" width="9" height="9">';

Deno.test("pageSvg() renumbers ids, so that drawings do not share them", () => {
  const svg = `${open}<clipPath id="clip7"/><g clip-path="url(#clip7)"></g></svg>`;
  const drawing = pageSvg(svg, "A label", "p", SHOWING);
  assert.match(
    drawing,
    /^<svg class="plot wide" role="img" aria-label="A label" width="9" height="9">/,
  );
  assert.match(drawing, /<clipPath id="p-1"\/><g clip-path="url\(#p-1\)">/);
});

Deno.test("pageSvg() tells rows and points that are not seen apart", () => {
  const svg = `${open}<path aria-label="2|ws: 1" d="M0,0h9v3h-9Z" opacity="0"/>` +
    '<path aria-label="2|ws: 2" d="M2,0A2,2,0,1,1,-2,0" opacity="0"/></svg>';
  const drawing = pageSvg(svg, "A label", "p", { ...SHOWING, hasTitles: false });
  assert.match(drawing, /<path class="mark area" data-server="2" d="M0,0h9v3h-9Z"\/>/);
  assert.match(drawing, /<path class="mark spot" data-server="2" d="M2,0A2,2,0,1,1,-2,0"\/>/);
});

Deno.test("figureOf() keeps text from a server as text", async () => {
  const title = "<img src=x onerror=alert(1)>";
  const { markup } = await figureOf({
    ...PLOT,
    title,
    spec: {
      data: { values: [{ x: 1, y: 2, server: title }] },
      mark: { type: "point", tooltip: true },
      encoding: {
        x: { field: "x", type: "quantitative", title },
        y: { field: "y", type: "quantitative" },
        color: { field: "server", type: "nominal" },
      },
    },
  });
  assert.doesNotMatch(markup, /<img/);
  assert.match(markup, /<title>[^<]*server: &lt;img src=x onerror=alert\(1\)&gt;/);
});
