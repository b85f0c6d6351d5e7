import assert from "node:assert/strict";
import type { Plot } from "../plots/chart.ts";
import { renderSvg } from "../plots/render.ts";
import { figureOf, themedSvg } from "./figure.ts";

Deno.test("figureOf() draws a plot with its title, what it shows and its caption", async () => {
  const plot: Plot = {
    id: "throughput rate",
    section: "throughput",
    title: "How <many>?",
    alt: `A "bar" of 7.`,
    caption: "One </figcaption> machine",
    spec: {
      data: { values: [{ x: "a", y: 7 }] },
      mark: "bar",
      encoding: { x: { field: "x" }, y: { field: "y", type: "quantitative" } },
    },
  };
  const { figure: { markup }, values } = await figureOf(plot);
  assert.match(markup, /^<figure id="plot-throughput-rate">\n<h3>How &lt;many&gt;\?<\/h3>/);
  assert.match(markup, /aria-label="A &quot;bar&quot; of 7\."/);
  assert.match(markup, /<figcaption>One &lt;\/figcaption&gt; machine<\/figcaption>/);
  assert.match(markup, /<title>[^<]*y: 7<\/title>/);
  assert.ok(values.some(({ light, dark }) => light !== dark));
});

const open = (width: number): string => `<svg xmlns="x" class="marks" width="${width}" height="9">`;

/** The one drawing of both themes. */
function both(light: string, dark: string): string {
  const { drawings } = themedSvg(light, dark, "A label", "p");
  assert.ok("both" in drawings);
  return drawings.both;
}

Deno.test("themedSvg() puts what differs between the themes into custom properties", () => {
  const svg = (paint: string): string => `${open(9)}<rect fill="${paint}" stroke="red"/></svg>`;
  const { drawings, values } = themedSvg(svg("white"), svg("#16181d"), "A label", "p");
  assert.deepEqual(drawings, {
    both: '<svg class="plot" role="img" aria-label="A label" width="9" height="9">' +
      '<rect fill="var(--plot-white-16181d)" stroke="red"/></svg>',
  });
  assert.deepEqual(values, [{ name: "--plot-white-16181d", light: "white", dark: "#16181d" }]);
});

Deno.test("themedSvg() keeps two drawings if they differ in more than colours", () => {
  const { drawings, values } = themedSvg(`${open(9)}</svg>`, `${open(10)}</svg>`, "A label", "p");
  assert.deepEqual(Object.keys(drawings), ["light", "dark"]);
  assert.deepEqual(values, []);
});

Deno.test("themedSvg() renumbers ids, so that pictures do not share them", () => {
  const svg = (id: string): string =>
    `${open(9)}<clipPath id="${id}"/><g clip-path="url(#${id})"></g></svg>`;
  const drawing = both(svg("clip7"), svg("clip8"));
  assert.match(drawing, /<clipPath id="p-1"\/><g clip-path="url\(#p-1\)">/);
});

Deno.test("themedSvg() turns the description of a mark into its title, but not that of a line, which is about its first point", () => {
  const svg = `${open(9)}<path aria-label="y: 4" role="graphics-symbol" ` +
    'aria-roledescription="point" d="M1.23456,0"/>' +
    '<path aria-label="y: 4" role="graphics-symbol" aria-roledescription="line mark" d="M0,0"/></svg>';
  const drawing = both(svg, svg);
  assert.match(drawing, /<path class="mark" d="M1.23,0"><title>y: 4<\/title><\/path>/);
  assert.match(drawing, /<path d="M0,0"\/>/);
});

Deno.test("themedSvg() keeps text from a server as text in drawings of Vega", async () => {
  const title = "<img src=x onerror=alert(1)>";
  const plot: Plot = {
    id: "hostile",
    section: "summary",
    title: "Title",
    alt: "",
    caption: "",
    spec: {
      data: { values: [{ x: 1, y: 2, server: title }] },
      mark: { type: "point", tooltip: true },
      encoding: {
        x: { field: "x", type: "quantitative", title },
        y: { field: "y", type: "quantitative" },
        color: { field: "server", type: "nominal" },
      },
    },
  };
  const drawing = both(await renderSvg(plot, "light"), await renderSvg(plot, "dark"));
  assert.doesNotMatch(drawing, /<img/);
  assert.match(drawing, /<title>[^<]*server: &lt;img src=x onerror=alert\(1\)&gt;/);
});
