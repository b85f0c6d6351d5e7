/**
 * Plots as figures of a page: drawn when the page is made, so that they show without a script.
 *
 * @module
 */

import { renderSvg } from "../plots/render.ts";
import type { Plot } from "../plots/types.ts";
import { oneLine } from "../summary/text.ts";
import { anchor, escape, type Markup, markup, trusted } from "./markup.ts";
import { scrolled } from "./table.ts";
import { themedSvg, type ThemedValue } from "./svg.ts";

/** A plot in a page. */
export interface Figure {
  /** The figure with its heading and caption. */
  readonly figure: Markup;
  /** The custom properties that its colours come from. */
  readonly values: readonly ThemedValue[];
}

/** A plot in both themes as one figure. */
export async function figureOf(plot: Plot): Promise<Figure> {
  const [light, dark] = [await renderSvg(plot, "light"), await renderSvg(plot, "dark")];
  const title = oneLine(plot.title);
  const alt = oneLine(plot.alt);
  const label = escape(alt === "" ? title : alt);
  const id = anchor("plot", plot.id);
  const { drawings, values } = themedSvg(light, dark, label, id);
  const drawn = "both" in drawings ? trusted(drawings.both) : [
    markup`<div class="on-light">${trusted(drawings.light)}</div>`,
    markup`<div class="on-dark">${trusted(drawings.dark)}</div>`,
  ];
  return {
    figure: markup`<figure id="${id}">
<h3>${title}</h3>
${scrolled(title, drawn)}
<figcaption>${oneLine(plot.caption)}</figcaption>
</figure>
`,
    values,
  };
}
