/**
 * Plots as figures of a page: drawn when the page is made, so that they need no script; for a wide page and for a phone,
 * each for both themes, with unique ids. A mark says whose it is, and its description is its title.
 */

import type { PagePlot, Plot } from "../plots/chart.ts";
import { drawn } from "../drawings/drawn.ts";
import { lookOf } from "../plots/theme.ts";
import { escapeMarkup, oneLine } from "../summary/text.ts";
import { anchor, type Content, type Markup, markup, trusted } from "./markup.ts";

/**
 * A plot with its title, its legend, its drawings and how to read them. With a narrow drawing alone two figures fit side
 * by side: the class `half`.
 */
export async function figureOf(plot: Plot): Promise<Markup> {
  const title = oneLine(plot.title);
  const alt = oneLine(plot.alt);
  const label = alt === "" ? title : alt;
  const id = anchor("plot", plot.id);
  const { page } = plot;
  const { wide, narrow } = await drawn(plot, "page");
  const show = (svg: string, shape: "wide" | "narrow"): Markup =>
    trusted(
      pageSvg(svg, label, `${id}-${shape}`, {
        shape,
        // The narrow drawing has the same marks in the same order: they need no titles of their own.
        hasTitles: shape === "wide" || wide === undefined,
      }),
    );
  const drawings = [wide !== undefined && show(wide, "wide"), show(narrow, "narrow")];
  const isHalf = page !== undefined && page.wide === undefined;
  return markup`<figure id="${id}"${isHalf && trusted(' class="half"')}>
<h3>${title}</h3>
${page !== undefined && page.legend.length > 0 && legendMarkup(page.legend)}
${drawings}
${page !== undefined && page.note !== "" && markup`<figcaption>${page.note}</figcaption>`}
</figure>
`;
}

/** The names of servers with their keys; the script makes each a button that hides the server everywhere. */
function legendMarkup(legend: PagePlot["legend"]): Content {
  return markup`<ul class="legend">${
    legend.map(({ server, name }) =>
      markup`<li data-legend="${server}">${keyMarkup(server)}${name}</li>`
    )
  }</ul>`;
}

/** Line and point of the server at this place in the result, as they are in plots. */
export function keyMarkup(server: number): Markup {
  const { colour, dash, outline } = lookOf(server);
  const dashes = dash !== "" && markup` stroke-dasharray="${dash}"`;
  return markup`<svg class="key" viewBox="0 0 28 12" aria-hidden="true"><path d="M0,6h28" fill="none" stroke="var(${colour})" stroke-width="2"${dashes}/><path d="${outline}" transform="translate(14,6)" fill="var(${colour})"/></svg>`;
}

/** How a drawing is shown. */
interface Showing {
  readonly shape: "wide" | "narrow";
  /** Whether its marks say what they show. */
  readonly hasTitles: boolean;
}

/**
 * Makes a drawing ready for a page.
 *
 * @param svg as `renderForPage()` gives it
 * @param label description for screen readers
 * @param prefix start of all ids in it, because all drawings of a page share one namespace
 */
export function pageSvg(svg: string, label: string, prefix: string, showing: Showing): string {
  const opened = svg.replace(/^[\s\S]*?<svg\b[^>]*>/, (tag) => {
    const size = [...tag.matchAll(/\s(?:width|height|viewBox|font-family|font-size)="[^"]*"/g)]
      .join("");
    return `<svg class="plot ${showing.shape}" role="img" aria-label="${
      escapeMarkup(label)
    }"${size}>`;
  });
  return withOwners(withOwnIds(opened, prefix), showing);
}

/** Renumbers the ids: Vega keeps counting from one picture to the next. */
function withOwnIds(svg: string, prefix: string): string {
  const ids = [...new Set([...svg.matchAll(/<[^>]*\sid="([^"]*)"/g)].map(([, id]) => id!))];
  const renamed = new Map(ids.map((id, index) => [id, `${prefix}-${index + 1}`]));
  return svg
    .replace(/(<[^>]*\sid=")([^"]*)"/g, (_, before, id) => `${before}${renamed.get(id)}"`)
    .replace(
      /="url\(#([^)"]*)\)"/g,
      (whole, id) => renamed.has(id) ? `="url(#${renamed.get(id)})"` : whole,
    );
}

/** A mark that is not seen, and how it is found by the pointer: a row, or a point. */
const AREA = /\sd="M[-\d.,]+h[-\d.]+v[-\d.]+h/;

/** Makes the label of a mark its server and its title. */
function withOwners(svg: string, { hasTitles }: Showing): string {
  return svg.replace(
    /<(path|rect|line|circle|text|g)\b([^>]*?)\saria-label="(?:(\d+)\|)?([^"]*)"([^>]*?)(\/?)>/g,
    (_, tag, before: string, server: string | undefined, says: string, after: string, end) => {
      const attributes = before + after;
      const owner = server === undefined ? "" : ` data-server="${server}"`;
      if (says === "" || end !== "/") return `<${tag}${owner}${attributes}${end}>`;
      const isHidden = /\sopacity="0"/.test(attributes);
      const kind = !isHidden ? "mark" : AREA.test(attributes) ? "mark area" : "mark spot";
      const seen = isHidden ? attributes.replace(/\sopacity="0"/, "") : attributes;
      const opened = `<${tag} class="${kind}"${owner}${seen}`;
      return hasTitles ? `${opened}><title>${says}</title></${tag}>` : `${opened}/>`;
    },
  );
}

/** How figures look; custom properties are those of the page. */
export const FIGURE_STYLE = `
figure { container-type: inline-size; }
.plot { display: block; width: 100%; height: auto; margin-top: .4rem; }
.plot.narrow { max-width: 26rem; }
.plot.wide { display: none; }
@container (min-width: 42rem) {
  .plot.wide { display: block; }
  .plot.wide ~ .plot.narrow { display: none; }
}
@media (min-width: 52rem), print {
  .plots { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .plots > figure:not(.half) { grid-column: 1 / -1; }
}
@media print { .plot.wide { max-width: 62rem; } }
.plot .area, .plot .spot { opacity: 0; }
.plot .mark.shown { stroke: var(--ink); stroke-width: 2; stroke-opacity: 1; opacity: 1; }
.plot .spot.shown { fill: var(--ink); }
.plot .area.shown { fill: var(--ink); stroke: none; opacity: .08; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem .4rem; margin: .4rem 0 0; padding: 0; font-size: .8125rem; }
.legend li, .legend button { display: inline-flex; align-items: center; gap: .35rem; }
.legend button { all: unset; display: inline-flex; align-items: center; gap: .35rem; cursor: pointer; padding: .2rem .35rem; border-radius: .3rem; }
.legend button:hover { background: var(--raised); }
.legend button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.legend button[aria-pressed=false] { color: var(--muted); text-decoration: line-through; }
.legend button[aria-pressed=false] .key { opacity: .3; }
.key { width: 28px; height: 12px; flex: none; overflow: visible; }
`;
