import assert from "node:assert/strict";
import type { Plot } from "../plots/chart.ts";
import { figureOf } from "./figure.ts";

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
