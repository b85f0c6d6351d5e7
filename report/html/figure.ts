/**
 * Plots as figures of a page: drawn when the page is made, so that they need no script; with one drawing for both themes,
 * unique ids, and the description of each mark as its title.
 */

import { renderSvg } from "../plots/render.ts";
import type { Plot } from "../plots/chart.ts";
import { escapeMarkup, oneLine } from "../summary/text.ts";
import { anchor, type Markup, markup, trusted } from "./markup.ts";
import { scrolled } from "./table.ts";

export interface Figure {
  readonly figure: Markup;
  /** The custom properties that it uses. */
  readonly values: readonly ThemedValue[];
}

export async function figureOf(plot: Plot): Promise<Figure> {
  const [light, dark] = [await renderSvg(plot, "light"), await renderSvg(plot, "dark")];
  const title = oneLine(plot.title);
  const alt = oneLine(plot.alt);
  const label = escapeMarkup(alt === "" ? title : alt);
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

/** A colour or another value that differs between the themes. */
export interface ThemedValue {
  /** Name of its custom property. */
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

/** A picture for a page, or one for each theme if they differ in more than colours, and its custom properties. */
export interface ThemedSvg {
  readonly drawings: { readonly both: string } | { readonly light: string; readonly dark: string };
  readonly values: readonly ThemedValue[];
}

/** Attributes whose values may be custom properties. */
const PAINT = /(\s(?:fill|stroke|opacity|fill-opacity|stroke-opacity)=)"([^"]*)"/g;
const PLAIN_VALUE = /^[\w#(),.% -]+$/;

/**
 * Makes one drawing of a picture in two themes.
 *
 * @param light the picture in the light theme, as SVG of Vega
 * @param dark the same in the dark theme
 * @param label description for screen readers, already escaped
 * @param prefix start of all ids in it, because all pictures of a page share one namespace
 */
export function themedSvg(light: string, dark: string, label: string, prefix: string): ThemedSvg {
  const onLight = prepared(light, label, prefix);
  const onDark = prepared(dark, label, prefix);
  const paints = [...onDark.matchAll(PAINT)].map(([, , value]) => value!);
  const values = new Map<string, ThemedValue>();
  let place = 0;
  let isPlain = true;
  const both = onLight.replace(PAINT, (whole, before: string, ofLight: string) => {
    const ofDark = paints[place++];
    if (ofDark === undefined || ofDark === ofLight) return whole;
    isPlain &&= PLAIN_VALUE.test(ofLight) && PLAIN_VALUE.test(ofDark);
    const name = `--plot-${nameOf(ofLight)}-${nameOf(ofDark)}`;
    values.set(name, { name, light: ofLight, dark: ofDark });
    return `${before}"var(${name})"`;
  });
  const isAlike = onLight.replace(PAINT, "$1") === onDark.replace(PAINT, "$1");
  return isAlike && isPlain
    ? { drawings: { both }, values: [...values.values()] }
    : { drawings: { light: onLight, dark: onDark }, values: [] };
}

function nameOf(value: string): string {
  return value.replace(/\W+/g, "");
}

function prepared(svg: string, label: string, prefix: string): string {
  const opened = svg.replace(/^[\s\S]*?<svg\b[^>]*>/, (tag) => {
    const size = [...tag.matchAll(/\s(?:width|height|viewBox)="[^"]*"/g)].join("");
    return `<svg class="plot" role="img" aria-label="${label}"${size}>`;
  });
  return withTitles(withShortNumbers(withOwnIds(opened, prefix)));
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

/** Rounds to hundredths of a unit: no screen shows less. */
function withShortNumbers(svg: string): string {
  return svg.replace(/\s(?:d|transform|x2?|y2?|width|height)="[^"]*"/g, (attribute) => {
    return attribute.replace(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
  });
}

/** Marks that show several figures at once, of which Vega describes only the first. */
const MANY = /aria-roledescription="(?:line|area|trail) mark"/;
const SPOKEN = /\s(?:role|aria-[\w-]+)="[^"]*"/g;

/** Makes the description of a mark its title, which browsers show; other descriptions are dropped, the label has them. */
function withTitles(svg: string): string {
  return svg.replace(/<(path|rect|line|circle|g)\b([^>]*?)(\/?)>/g, (_, tag, inside, end) => {
    const says = /\saria-label="([^"]*)"/.exec(inside)?.[1];
    const attributes = inside.replace(SPOKEN, "");
    const isMark = says !== undefined && end === "/" && !MANY.test(inside);
    return isMark
      ? `<${tag} class="mark"${attributes}><title>${says}</title></${tag}>`
      : `<${tag}${attributes}${end}>`;
  });
}
