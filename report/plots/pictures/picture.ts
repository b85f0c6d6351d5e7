/** A plot as a stand-alone picture: with its question above and machine, versions and date below. */

import { escapeMarkup, oneLine } from "../../summary/text.ts";
import { wrap } from "../../summary/wrap.ts";
import { renderSvg } from "./render.ts";
import { FONT, INKS } from "../theme.ts";
import type { Plot, Theme } from "../chart.ts";

const HEADING = { size: 14, line: 20 } as const;
const CAPTION = { size: 9, line: 13 } as const;
const MARGIN = 8;
/** Mean width of a letter as a share of its size, with some margin. */
const LETTER = 0.62;

/** A plot as an SVG document with heading and caption; the same plot gives the same text. */
export async function renderPicture(plot: Plot, theme: Theme = "light"): Promise<string> {
  const svg = await renderSvg(plot, theme);
  const width = lengthOf(svg, "width");
  const height = lengthOf(svg, "height");
  const { background, text, muted } = INKS[theme];
  const heading = block(plot.title, HEADING, text, { top: MARGIN, width });
  const top = MARGIN + heading.height;
  const caption = block(plot.caption, CAPTION, muted, { top: top + height, width });
  const total = top + height + caption.height + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img"` +
    ` width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
    `<title>${escapeMarkup(oneLine(plot.title))}</title>`,
    `<desc>${escapeMarkup(oneLine(plot.alt))}</desc>`,
    `<rect width="${width}" height="${total}" fill="${background}"/>`,
    heading.markup,
    svg.replace("<svg ", `<svg y="${top}" `),
    caption.markup,
    "</svg>",
    "",
  ].join("\n");
}

/** Width or height of an SVG document, in its first tag. */
function lengthOf(svg: string, name: string): number {
  return Number(new RegExp(`^<svg[^>]*? ${name}="([0-9.]+)"`).exec(svg)![1]);
}

/** Lines of text below one another. */
function block(
  content: string,
  { size, line }: typeof HEADING | typeof CAPTION,
  colour: string,
  { top, width }: { readonly top: number; readonly width: number },
): { markup: string; height: number } {
  const letters = Math.floor((width - 2 * MARGIN) / (size * LETTER));
  const lines = wrap(oneLine(content), letters);
  const spans = lines.map((words, index) =>
    `<tspan x="${MARGIN}" y="${top + line * index + size}">${escapeMarkup(words)}</tspan>`
  );
  return {
    markup: `<text font-family="${FONT}" font-size="${size}px" fill="${colour}">${
      spans.join("")
    }</text>`,
    height: line * lines.length,
  };
}
